// What has to be seen before a decision: the two sides of a link, or what a finding rests on.
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "wouter";
import { RefusedError } from "@/api/client";
import { useShown } from "@/api/get-show";
import type { Event, Link as LinkAnswer, Node, Shown } from "@/api/types";
import { Answered } from "@/components/async";
import { EventList } from "@/components/event-row";
import { EvidenceText, EvidenceWords } from "@/components/evidence-text";
import { FindingCard } from "@/components/finding-card";
import { KindMark, RiskMark, Score } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Pictures } from "@/components/picture";
import { Value } from "@/components/value";
import { When } from "@/components/when";
import { common } from "@/lib/spans";
import { itemUrl, whyUrl } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import type { Waiting } from "../lib/waiting";

export function Evidence({ one }: { one: Waiting }) {
  if (one.what === "event") return <Told event={one.event} />;
  if (one.what === "link") return <Sides link={one.link} />;
  if (one.what === "finding") return <Rests id={one.id} one={one} />;
  return (
    <Panel title={t.item.kinds["person"]}>
      <p>
        <Link href={itemUrl(one.id)}>
          <EvidenceWords text={one.person.label} />
        </Link>{" "}
        {t.item.setRoleWhy}
      </p>
      <RiskMark risk={one.person.risk} />
    </Panel>
  );
}

function Told({ event }: { event: Event }) {
  return (
    <Panel title={t.queue.evidence} side={<Link href={whyUrl(event.id)}>{t.overview.why}</Link>}>
      <div className="stack">
        <RiskMark risk={event.risk} />
        <EventHead event={event} />
        <EvidenceText text={event.text || t.item.noText} />
      </div>
    </Panel>
  );
}

function Rests({ id, one }: { id: string; one: Waiting & { what: "finding" } }) {
  const shown = useShown(id);
  return (
    <>
      <div className="panel">
        <FindingCard finding={one.finding} />
      </div>
      <Panel title={t.queue.evidence} bare>
        <div className="scroll evidence-box">
          <Answered query={shown}>
            {({ events }) => <EventList events={events} empty={t.none} />}
          </Answered>
        </div>
      </Panel>
    </>
  );
}

function Sides({ link }: { link: LinkAnswer }) {
  const left = useShown(link.a.node);
  const right = useShown(link.b.node);
  const a = left.data && textOf(left.data);
  const b = right.data && textOf(right.data);
  return (
    <>
      <Panel
        title={readable(link.kind)}
        side={
          <span className="row">
            <Score score={link.score} />
            <Link href={whyUrl(link.id)}>{t.overview.why}</Link>
          </span>
        }
      >
        <RiskMark risk={link.risk} />
        <p className="break">
          <EvidenceWords text={link.reason} />
        </p>
        {a && b && (
          <p className="soft small">
            <span className="evidence">
              <span className="same">{t.queue.same}</span>
            </span>{" "}
            {t.queue.sameHelp}
          </p>
        )}
      </Panel>
      <div className="split">
        <Panel title={t.queue.left} bare>
          <Seen query={left} node={link.a} other={b} />
        </Panel>
        <Panel title={t.queue.right} bare>
          <Seen query={right} node={link.b} other={a} />
        </Panel>
      </div>
    </>
  );
}

interface SeenProps {
  query: UseQueryResult<Shown>;
  node: Node;
  other: string | undefined;
}

/** A hub that only links make, such as a posting, cannot be shown by itself: it is named. */
function Seen({ query, node, other }: SeenProps) {
  if (query.error instanceof RefusedError && query.error.status === 404)
    return (
      <p className="side-of break">
        <span className="soft small">{readable(node.kind)}</span> <EvidenceWords text={node.shown} />
      </p>
    );
  return (
    <Answered query={query}>
      {(shown) => <Side node={node} shown={shown} other={other} />}
    </Answered>
  );
}

const textOf = (shown: Shown) => shown.event?.text || undefined;

function Side({ node, shown, other }: { node: Node; shown: Shown; other: string | undefined }) {
  if (shown.event)
    return (
      <div className="side-of stack">
        <EventHead event={shown.event} />
        <Pictures pictures={shown.pictures} />
        <EvidenceText
          text={shown.event.text || t.item.noText}
          spans={
            other
              ? common(shown.event.text, other).map((span) => ({
                  ...span,
                  mark: { className: "same" },
                }))
              : []
          }
        />
      </div>
    );
  return (
    <div className="scroll evidence-box narrow">
      <p className="side-of">
        <Value node={node} />
      </p>
      <EventList events={shown.events.slice(0, 20)} empty={t.none} />
    </div>
  );
}

function EventHead({ event }: { event: Event }) {
  return (
    <>
      <div className="row apart">
        <Link href={itemUrl(event.id)}>
          <EvidenceWords text={event.title || event.id} />
        </Link>
        <KindMark kind={event.kind} />
      </div>
      <div className="row apart small">
        <When time={event.time} zone={event.zone} error={event.time_error} />
        <span className="soft">
          {event.place && <EvidenceWords text={event.place} />} EX-{event.exhibit_number}
        </span>
      </div>
      {event.parties.length > 0 && (
        <div className="row small">
          {event.parties.map((party, i) => (
            <span key={i}>
              <span className="soft">{readable(party.role)}</span>{" "}
              <Value node={party.value} plain />
            </span>
          ))}
        </div>
      )}
    </>
  );
}
