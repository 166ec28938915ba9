// One watch, and the form that ends it.
import { useState } from "react";
import type { Watch as Watched } from "@/api/types";
import { Reason } from "@/components/ask";
import { Value } from "@/components/value";
import { day } from "@/lib/time";
import { many } from "@/lib/words";
import { t } from "@/strings";
import { useAct } from "../api/alerts";

export function Watch({ watch }: { watch: Watched }) {
  const [asked, setAsked] = useState(false);
  const end = useAct<{ number: number; reason: string }>("watch/end");
  return (
    <article aria-label={t.alerts.watch(watch.number)}>
      <div className="row apart">
        <h3 className="row">
          {watch.number}. <Value node={watch.value} plain={!watch.events} />
          <span className={watch.over ? "badge warn" : "badge good"}>
            {watch.over ? t.alerts.over : t.alerts.runs}
          </span>
        </h3>
        {!watch.over && (
          <button type="button" className="button" onClick={() => setAsked(true)}>
            {t.alerts.end}
          </button>
        )}
      </div>
      <dl className="facts">
        <dt>{t.alerts.reason}</dt>
        <dd dir="auto">{watch.reason}</dd>
        <dt>{t.alerts.since}</dt>
        <dd dir="auto">
          {day(watch.at)}, {watch.actor} · {watch.how}
        </dd>
        <dt>{t.alerts.until}</dt>
        <dd dir="auto">{watch.over ?? (watch.until ? day(watch.until) : t.alerts.authority)}</dd>
        <dt>{t.alerts.met}</dt>
        <dd>{watch.events ? many(watch.events, "event") : t.alerts.nowhere}</dd>
      </dl>
      {asked && (
        <Reason
          title={t.alerts.ending(watch.number)}
          help={t.alerts.endHelp}
          act={t.alerts.end}
          busy={end.isPending}
          error={end.error}
          submit={(reason) =>
            end.mutate({ number: watch.number, reason }, { onSuccess: () => setAsked(false) })
          }
          close={() => setAsked(false)}
        />
      )}
    </article>
  );
}
