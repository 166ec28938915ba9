// A package for a named recipient: what stays out is said before and after.
import { Link } from "wouter";
import { useQueue } from "@/api/get-queue";
import type { Shared } from "@/api/types";
import { Answered, Refused } from "@/components/async";
import { Page, Panel } from "@/components/panel";
import { count, readable } from "@/lib/words";
import { t } from "@/strings";
import { useFormats, useShare } from "../api/share";

export default function Share() {
  const share = useShare();
  return (
    <Page title={t.share.title} help={t.share.help}>
      <div className="split">
        <Panel title={t.share.act}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const form = new FormData(event.currentTarget);
              share.mutate({
                format: String(form.get("format")),
                to: String(form.get("to")),
                purpose: String(form.get("purpose")),
              });
            }}
          >
            <Formats />
            <label className="field">
              <span>{t.share.to}</span>
              <input className="input" name="to" required maxLength={400} dir="auto" />
              <small>{t.share.toHelp}</small>
            </label>
            <label className="field">
              <span>{t.share.purpose}</span>
              <textarea className="input" name="purpose" required maxLength={4000} dir="auto" />
              <small>{t.share.purposeHelp}</small>
            </label>
            {share.error && <Refused error={share.error} />}
            <span>
              <button type="submit" className="button main-act" disabled={share.isPending}>
                {share.isPending ? t.share.writing : t.share.act}
              </button>
            </span>
          </form>
        </Panel>
        {share.data ? <Written shared={share.data} /> : <Before />}
      </div>
    </Page>
  );
}

function Formats() {
  return (
    <Answered query={useFormats()}>
      {(formats) => (
        <fieldset className="formats">
          <legend>{t.share.format}</legend>
          {formats.length === 0 && <p className="soft">{t.share.noFormats}</p>}
          {formats.map((format, i) => (
            <label key={format.name} className="row">
              <input
                type="radio"
                name="format"
                value={format.name}
                required
                defaultChecked={i === 0}
              />
              <span>
                <b>{readable(format.name)}</b> <span className="soft">{format.writes}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </Answered>
  );
}

function Before() {
  const queue = useQueue().data;
  return (
    <Panel title={t.share.before}>
      <div className="stack">
        <p className="soft">{t.share.beforeHelp}</p>
        <ul className="stack tight">
          {queue && (
            <li className="notice warn">
              <span>
                <b>{count(queue.total)}</b> {t.share.unreviewed}.{" "}
                <Link href="/review">{t.share.reviewFirst}</Link>
              </span>
            </li>
          )}
          <li className="notice">{t.share.masked}</li>
          <li className="notice">{t.share.victims}</li>
          <li className="notice">{t.share.disclosure}</li>
        </ul>
      </div>
    </Panel>
  );
}

function Written({ shared }: { shared: Shared }) {
  return (
    <Panel title={t.share.done}>
      <dl className="facts">
        <dt>{t.share.folder}</dt>
        <dd className="mono">{shared.folder}</dd>
        <dt>{t.share.files}</dt>
        <dd>
          <ul>
            {shared.files.map((file) => (
              <li key={file} className="mono">
                {file}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{t.share.rows}</dt>
        <dd>
          <Counts counts={shared.rows} />
        </dd>
        <dt>{t.share.withheld}</dt>
        <dd>
          <Counts counts={shared.withheld} />
        </dd>
      </dl>
    </Panel>
  );
}

function Counts({ counts }: { counts: Record<string, number> }) {
  const rows = Object.entries(counts);
  if (!rows.length) return t.share.nothing;
  return (
    <ul>
      {rows.map(([name, n]) => (
        <li key={name}>
          {count(n)} {readable(name)}
        </li>
      ))}
    </ul>
  );
}
