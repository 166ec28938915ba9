// What the case holds, findings first.
import { Link } from "wouter";
import { useQueue } from "@/api/get-queue";
import { useStatus } from "@/api/get-status";
import type { Status } from "@/api/types";
import { Answered } from "@/components/async";
import { FindingCard } from "@/components/finding-card";
import { Page, Panel } from "@/components/panel";
import { count, many } from "@/lib/words";
import { t } from "@/strings";
import { Authority } from "./authority";
import { Holds } from "./holds";
import { Standing } from "./standing";
import "./overview.css";

export default function Overview() {
  return (
    <Answered query={useStatus()}>
      {(status) => (
        <Page title={t.overview.title} head={status.case}>
          <Notices status={status} />
          <div className="aside">
            <div className="stack">
              <Findings />
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
