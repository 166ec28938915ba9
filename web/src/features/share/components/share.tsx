// A package for a named recipient: what stays out is said before and after.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useQueue } from "@/api/get-queue";
import type { Preview, Shared } from "@/api/types";
import { Answered, Refused } from "@/components/async";
import { Page, Panel } from "@/components/panel";
import { count, readable } from "@/lib/words";
import { t } from "@/strings";
import { type Asked, useFormats, usePreview, useShare } from "../api/share";

export default function Share() {
  const share = useShare();
  const preview = usePreview();
  return (
    <Page title={t.share.title} help={t.share.help}>
      <div className="split">
        <Panel title={t.share.act}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const submitter = (event.nativeEvent as SubmitEvent).submitter;
              const looks = submitter?.getAttribute("name") === "preview";
              share.reset();
              preview.reset();
              (looks ? preview : share).mutate(asked(event.currentTarget));
            }}
            // What was shown holds for what was asked then, and for nothing else.
            onChange={() => preview.reset()}
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
            {preview.error && <Refused error={preview.error} />}
            <span className="row">
              <button type="submit" name="preview" className="button" disabled={preview.isPending}>
                {preview.isPending ? t.share.previewing : t.share.preview}
              </button>
              <button type="submit" className="button main-act" disabled={share.isPending}>
                {share.isPending ? t.share.writing : t.share.act}
              </button>
            </span>
          </form>
        </Panel>
        {share.data ? (
          <Written shared={share.data} />
        ) : preview.data ? (
          <WouldLeave preview={preview.data} />
        ) : (
          <Before />
        )}
      </div>
    </Page>
  );
}

function asked(form: HTMLFormElement): Asked {
  const given = new FormData(form);
  const [format, to, purpose] = ["format", "to", "purpose"].map((n) => String(given.get(n)));
  return { format: format ?? "", to: to ?? "", purpose: purpose ?? "" };
}

function Formats() {
  return (
    <Answered query={useFormats()}>
      {(formats) => (
        <fieldset className="formats">
          <legend>{t.share.format}</legend>
          {formats.length === 0 && <p className="soft">{t.share.noFormats}</p>}
          {formats.map((format) => (
            <label key={format.name} className="row">
              <input
                type="radio"
                name="format"
                value={format.name}
                required
                defaultChecked={format.name === preselected(formats)}
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

// The report is what most recipients can read.
function preselected(formats: { name: string }[]): string | undefined {
  return (formats.find((format) => format.name === "report") ?? formats[0])?.name;
}

function WouldLeave({ preview }: { preview: Preview }) {
  const exhibits = Object.fromEntries(
    preview.exhibits.map((exhibit) => [`${exhibit.number} ${exhibit.name}`, exhibit.events]),
  );
  const parts: [string, Record<string, number>][] = [
    [t.share.rows, preview.rows],
    [t.share.eventKinds, preview.events],
    [t.share.linkKinds, preview.links],
    [t.share.findingKinds, preview.findings],
    [t.share.personRoles, preview.persons],
    [t.share.disclosed, preview.disclosure],
    [t.share.withheld, preview.withheld],
  ];
  return (
    <Panel title={t.share.previewed}>
      <div className="stack">
        <p className="soft">{t.share.previewHelp}</p>
        {preview.refusals.map((no, i) => (
          <p key={i} className="notice warn" role="alert">
            <b>{t.share.refused}:</b> {no.why}. {no.next}
          </p>
        ))}
        <dl className="facts">
          {parts.map(([title, counts]) => (
            <Part key={title} title={title}>
              <Counts counts={counts} />
            </Part>
          ))}
          <Part title={t.share.exhibits}>
            <ul>
              {Object.entries(exhibits).map(([name, n]) => (
                <li key={name}>
                  <bdi>{name}</bdi>: {count(n)}
                </li>
              ))}
            </ul>
          </Part>
        </dl>
      </div>
    </Panel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
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
