// An event: its text with the claims marked in it, and what it says of itself.
import { useState } from "react";
import { Link } from "wouter";
import type { Claim, Event, Picture as Pictured } from "@/api/types";
import { AskButton, RiskButton } from "@/components/ask";
import { EvidenceText, EvidenceWords } from "@/components/evidence-text";
import { KindMark, ReviewMark, RiskMark } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Pictures } from "@/components/picture";
import { Value } from "@/components/value";
import { When } from "@/components/when";
import { itemUrl, withParams } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import { Claims } from "./claims";

interface Props {
  event: Event;
  claims: Claim[];
  pictures: Pictured[];
}

export function EventItem({ event, claims, pictures }: Props) {
  const [lit, setLit] = useState<string>();
  const spans = claims.flatMap((claim) =>
    claim.start === null || claim.end === null
      ? []
      : [
          {
            start: claim.start,
            end: claim.end,
            mark: {
              title: `${readable(claim.kind)}: ${claim.value.shown}`,
              lit: claim.id === lit,
              onPick: () => setLit(claim.id),
            },
          },
        ],
  );
  return (
    <div className="aside">
      <div className="stack">
        <RiskMark risk={event.risk} />
        <Panel title={t.item.text} side={<ReviewMark reviewed={event.reviewed} />}>
          {event.text ? (
            <EvidenceText text={event.text} spans={spans} />
          ) : (
            <p className="soft">{t.item.noText}</p>
          )}
        </Panel>
        {pictures.length > 0 && (
          <Panel title={pictures.length > 1 ? t.picture.many : t.picture.one}>
            <Pictures pictures={pictures} />
          </Panel>
        )}
        <Claims claims={claims} lit={lit} />
      </div>
      <div className="stack">
        <Facts event={event} />
        <Details details={event.details} />
      </div>
    </div>
  );
}

function Facts({ event }: { event: Event }) {
  return (
    <Panel title={t.item.facts}>
      <div className="stack">
        <dl className="facts">
          <dt>{t.search.facets["kind"]}</dt>
          <dd>
            <KindMark kind={event.kind} />
          </dd>
          <dt>{t.item.time}</dt>
          <dd>
            <When time={event.time} zone={event.zone} error={event.time_error} />
          </dd>
          {event.place && (
            <>
              <dt>{t.item.place}</dt>
              <dd>
                <EvidenceWords text={event.place} />
              </dd>
            </>
          )}
          {event.lat !== null && event.lon !== null && (
            <>
              <dt>{t.item.position}</dt>
              <dd>
                {event.lat.toFixed(4)}, {event.lon.toFixed(4)}
                {event.place_error !== null && ` ± ${Math.round(event.place_error)} m`}
              </dd>
            </>
          )}
          {event.amount && (
            <>
              <dt>{t.item.amount}</dt>
              <dd>
                {event.amount} {event.currency}
              </dd>
            </>
          )}
          {event.parties.map((party, i) => (
            <div key={i} style={{ display: "contents" }}>
              <dt>{readable(party.role)}</dt>
              <dd>
                <Value node={party.value} />
              </dd>
            </div>
          ))}
          <dt>{t.item.exhibit}</dt>
          <dd>
            <Link href={itemUrl(event.exhibit)}>EX-{event.exhibit_number}</Link>
          </dd>
          <dt>{t.item.locator}</dt>
          <dd className="mono">{event.locator}</dd>
          {event.within && (
            <>
              <dt>{t.item.within}</dt>
              <dd>
                <Link href={itemUrl(event.within)} className="mono">
                  {event.within.slice(0, 12)}…
                </Link>
              </dd>
            </>
          )}
          {event.identities.length > 0 && (
            <>
              <dt>{t.item.identities}</dt>
              <dd className="row">
                {event.identities.map((id) => (
                  <Link key={id} href={itemUrl(id)} className="mono">
                    {id.length > 14 ? `${id.slice(0, 12)}…` : id}
                  </Link>
                ))}
              </dd>
            </>
          )}
          {event.tags.length > 0 && (
            <>
              <dt>{t.item.tags}</dt>
              <dd className="row">
                {event.tags.map((tag) => (
                  <span key={tag} className="badge warn">
                    {readable(tag)}
                  </span>
                ))}
              </dd>
            </>
          )}
        </dl>
        <div className="row">
          <AskButton
            label={t.item.exculpatory}
            title={t.item.exculpatory}
            help={t.item.exculpatoryWhy}
            act={t.queue.decide}
            decide={{ act: "exculpatory", a: event.id }}
          />
          <AskButton
            label={t.queue.shelter}
            title={t.queue.shelter}
            help={t.queue.shelterHelp}
            act={t.queue.decide}
            decide={{ act: "shelter", a: event.id }}
          />
          <RiskButton id={event.id} risk={event.risk} />
          {event.time && (
            <Link href={withParams("/timeline", { pick: event.id })} className="button">
              {t.item.timeline}
            </Link>
          )}
        </div>
      </div>
    </Panel>
  );
}

function Details({ details }: { details: Record<string, string> }) {
  const rows = Object.entries(details);
  if (!rows.length) return null;
  return (
    <Panel title={t.item.details}>
      <dl className="facts small">
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{readable(name)}</dt>
            <dd>
              <EvidenceWords text={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
