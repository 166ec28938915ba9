// What is new of watched values since one last looked, the watches, and a form for a new one.
import { Link } from "wouter";
import type { Alert } from "@/api/types";
import { Answered, Refused } from "@/components/async";
import { EventRow } from "@/components/event-row";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { whyUrl } from "@/lib/url";
import { count, many } from "@/lib/words";
import { t } from "@/strings";
import { useAct, useAlerts, useWatches } from "../api/alerts";
import { Begin } from "./begin";
import { Watch } from "./watch";
import "./alerts.css";

export default function Alerts() {
  return (
    <Page title={t.alerts.title} help={t.alerts.help}>
      <Answered query={useAlerts()}>
        {({ alerts, waiting, through }) => (
          <Panel title={t.alerts.fresh(count(waiting))} side={<Seen through={through} />} bare>
            {alerts.length ? (
              <ul className="list">
                {alerts.map((alert) => (
                  <li key={alert.number}>
                    <One alert={alert} />
                  </li>
                ))}
              </ul>
            ) : (
              <p className="empty">{t.alerts.none}</p>
            )}
          </Panel>
        )}
      </Answered>
      <Answered query={useWatches()}>
        {({ watches }) =>
          watches.length ? (
            <Panel title={many(watches.length, "watch", "watches")}>
              <div className="stack">
                {watches.map((one) => (
                  <Watch key={one.number} watch={one} />
                ))}
              </div>
            </Panel>
          ) : (
            <p className="panel empty">{t.alerts.noWatches}</p>
          )
        }
      </Answered>
      <Begin />
    </Page>
  );
}

function Seen({ through }: { through: number }) {
  const seen = useAct<{ through: number }>("alerts/seen");
  if (!through) return null;
  return (
    <span className="row">
      {seen.error && <Refused error={seen.error} />}
      <button
        type="button"
        className="button"
        disabled={seen.isPending}
        onClick={() => seen.mutate({ through })}
      >
        {t.alerts.seen}
      </button>
    </span>
  );
}

function One({ alert }: { alert: Alert }) {
  return (
    <article className="stack tight alert" aria-label={t.alerts.one(alert.number)}>
      <span className="row apart">
        <span className="row">
          <Value node={alert.value} />
          {alert.claim && (
            <span className="small">
              <EvidenceWords text={t.alerts.written(alert.claim.written, alert.claim.role)} />
            </span>
          )}
        </span>
        <Link className="button" href={whyUrl(alert.why)}>
          {t.overview.why}
        </Link>
      </span>
      <span className="small soft">
        <EvidenceWords text={t.alerts.watched(alert.watch, alert.reason)} />
      </span>
      <EventRow event={alert.event} />
    </article>
  );
}
