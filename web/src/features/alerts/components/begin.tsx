// The form that begins a watch.
import { Refused } from "@/components/async";
import { Panel } from "@/components/panel";
import { t } from "@/strings";
import { useAct } from "../api/alerts";

interface Asked {
  value: string;
  reason: string;
  until: string | null;
}

export function Begin() {
  const begin = useAct<Asked>("watch");
  return (
    <Panel title={t.alerts.begin}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const said = (name: string) => String(new FormData(form).get(name) ?? "").trim();
          begin.mutate(
            { value: said("value"), reason: said("reason"), until: said("until") || null },
            { onSuccess: () => form.reset() },
          );
        }}
      >
        <div className="split">
          <label className="field">
            <span>{t.alerts.value}</span>
            <input className="input" name="value" required maxLength={400} dir="auto" />
            <small>{t.alerts.valueHint}</small>
          </label>
          <label className="field">
            <span>{t.alerts.until}</span>
            <input className="input" name="until" type="date" />
            <small>{t.alerts.untilHint}</small>
          </label>
        </div>
        <label className="field">
          <span>{t.alerts.reason}</span>
          <textarea className="input" name="reason" required maxLength={4000} dir="auto" />
          <small>{t.alerts.reasonHint}</small>
        </label>
        {begin.error && <Refused error={begin.error} />}
        {begin.data && (
          <p className="notice good" role="status">
            {t.alerts.done}
          </p>
        )}
        <span>
          <button type="submit" className="button main-act" disabled={begin.isPending}>
            {t.alerts.begin}
          </button>
        </span>
      </form>
    </Panel>
  );
}
