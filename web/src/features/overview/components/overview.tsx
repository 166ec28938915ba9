// What the case holds, findings first.
import { Link } from "wouter";
import { useQueue } from "@/api/get-queue";
import { useStatus } from "@/api/get-status";
import type { Status } from "@/api/types";
import { Answered } from "@/components/async";
import { EventList } from "@/components/event-row";
import { EvidenceWords } from "@/components/evidence-text";
import { FindingCard } from "@/components/finding-card";
import { RiskMark, Score } from "@/components/marks";
import { Page, Panel } from "@/components/panel";
import { Quarantine } from "@/components/quarantine";
import { withParams } from "@/lib/url";
import { count, many, readable } from "@/lib/words";
import { t } from "@/strings";
import { Authority } from "./authority";
import { Holds } from "./holds";
import { Standing } from "./standing";
import "./overview.css";

const STRONGEST = 8; // events and links on the overview; all are in the review

export default function Overview() {
  return (
    <Answered query={useStatus()}>
      {(status) => (
        <Page title={t.overview.title} head={status.case}>
          <Notices status={status} />
          <div className="aside">
            <div className="stack">
              <AtRisk />
              <Findings />
              <Links />
            </div>
            <div className="stack">
              <Holds status={status} />
              <Authority status={status} />
              <Standing status={status} />
            </div>
          </div>
        </Page>
      )}
    </Answered>
  );
}

function Notices({ status }: { status: Status }) {
  const expired = new Date(status.until) < new Date(new Date().toISOString().slice(0, 10));
  return (
    <>
      <Quarantine status={status} />
      {status.at_risk > 0 && (
        <p className="notice bad" role="alert">
          <strong>
            <Link href="/review">{t.risk.waiting(count(status.at_risk))}</Link>
          </strong>
        </p>
      )}
      {status.alerts > 0 && (
        <p className="notice warn" role="status">
          <Link href="/alerts">
            <strong>{t.alerts.waiting(many(status.alerts, "new sighting"))}</strong>
          </Link>
        </p>
      )}
      {expired && <p className="notice bad">{t.overview.expired}</p>}
      {status.stale && (
        <p className="notice warn">
          <span>
            {t.overview.stale}{" "}
            {status.pending > 0 && t.overview.pending(many(status.pending, "exhibit"))}{" "}
            {t.overview.staleNext}
          </span>
        </p>
      )}
      {status.problems > 0 && (
        <p className="notice">
          <span>
            {t.overview.unread(many(status.problems, "problem"))}.{" "}
            <Link href="/problems">{t.overview.seeProblems}</Link>
          </span>
        </p>
      )}
    </>
  );
}

function AtRisk() {
  const events = useQueue().data?.events ?? [];
  if (!events.length) return null;
  return (
    <Panel title={t.risk.events} side={<Link href="/review">{t.overview.review}</Link>} bare>
      <EventList events={events.slice(0, STRONGEST)} empty={t.none} />
    </Panel>
  );
}

function Findings() {
  const queue = useQueue();
  return (
    <Panel
      title={t.overview.findings}
      side={<Link href="/review">{queue.data && t.queue.waiting(count(queue.data.total))}</Link>}
      bare
    >
      <Answered query={queue}>
        {({ findings }) =>
          findings.length ? (
            <ul className="list">
              {findings.map((finding) => (
                <li key={finding.id}>
                  <FindingCard finding={finding} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="empty">{t.overview.noFindings}</p>
          )
        }
      </Answered>
    </Panel>
  );
}

function Links() {
  const links = useQueue().data?.links ?? [];
  if (!links.length) return null;
  return (
    <Panel title={t.overview.strongest} side={<Link href="/review">{t.overview.review}</Link>} bare>
      <ul className="list">
        {links.slice(0, STRONGEST).map((link) => (
          <li key={link.id} className="link-row">
            <Link href={withParams("/review", { id: link.id })}>
              <EvidenceWords text={link.a.shown} /> — <EvidenceWords text={link.b.shown} />
            </Link>
            <RiskMark risk={link.risk} />
            <span className="row small">
              <span className="soft">{readable(link.kind)}</span>
              <Score score={link.score} />
            </span>
            <span className="small soft">
              <EvidenceWords text={link.reason} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
