// Which of a list's identifiers occur in the case: every line gets an answer.
import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, useRef } from "react";
import { Link } from "wouter";
import { post } from "@/api/client";
import type { Checked, Looked } from "@/api/types";
import { Refused } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { decode } from "@/lib/list";
import { itemUrl } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";

export default function Check() {
  const list = useRef<HTMLTextAreaElement>(null);
  const check = useMutation({
    mutationFn: (lines: string[]) => post<Checked>("check", { lines }),
  });
  async function open(event: ChangeEvent<HTMLInputElement>) {
    const file = event.currentTarget.files?.[0];
    if (file && list.current) list.current.value = decode(await file.arrayBuffer());
  }
  return (
    <Page title={t.check.title} help={t.check.help}>
      <div className="split">
        <Panel title={t.check.lines}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get("lines"));
              check.mutate(text.split(/\r\n|\r|\n/));
            }}
          >
            <textarea
              ref={list}
              className="input mono"
              name="lines"
              rows={14}
              required
              aria-label={t.check.lines}
              dir="auto"
            />
            <label className="field">
              <span>{t.check.file}</span>
              <input className="input" type="file" accept=".txt,.csv,.tsv,text/*" onChange={open} />
              <small>{t.check.fileHelp}</small>
            </label>
            {check.error && <Refused error={check.error} />}
            <span>
              <button type="submit" className="button main-act" disabled={check.isPending}>
                {t.check.act}
              </button>
            </span>
          </form>
        </Panel>
        {check.data && <Result checked={check.data} />}
      </div>
    </Page>
  );
}

function Result({ checked }: { checked: Checked }) {
  return (
    <Panel title={t.check.found} bare>
      <p className="inset" role="status">
        <b>{count(checked.found)}</b> {t.check.answers.found}, <b>{count(checked.absent)}</b>{" "}
        {t.check.answers.absent}, <b>{count(checked.not_understood)}</b>{" "}
        {t.check.answers["not understood"]}
      </p>
      {checked.unread > 0 && (
        <p className="notice warn">
          {count(checked.unread)} {t.check.unread}
        </p>
      )}
      <table className="table">
        <thead>
          <tr>
            <th className="number">{t.check.line}</th>
            <th>{t.check.written}</th>
            <th>{t.check.answer}</th>
            <th className="number">{t.check.events}</th>
          </tr>
        </thead>
        <tbody>
          {checked.lines.map((looked, i) => (
            <Line key={i} looked={looked} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Line({ looked }: { looked: Looked }) {
  return (
    <tr>
      <td className="number">{looked.line}</td>
      <td>
        <EvidenceWords text={looked.written} />
        {looked.column && <small className="soft"> {looked.column}</small>}
      </td>
      <td>
        {looked.matches.length ? (
          <ul className="stack tight">
            {looked.matches.map((match, i) => (
              <li key={i}>
                <Found match={match} />
              </li>
            ))}
          </ul>
        ) : (
          <b>{t.check.answers[looked.answer]}</b>
        )}
        {(!looked.matches.length || looked.why.includes("wrong")) && (
          <small className="soft"> {looked.why}</small>
        )}
      </td>
      <td className="number">
        {looked.matches.map((match) => count(match.events)).join(", ")}
      </td>
    </tr>
  );
}

function Found({ match }: { match: Looked["matches"][number] }) {
  const to = match.node ?? match.ids[0];
  return (
    <>
      {to && (
        <Link href={itemUrl(to)}>
          <EvidenceWords text={match.node ?? t.check.there} />
        </Link>
      )}{" "}
      <small className="soft">
        {match.reading}; {t.check.exhibits} {match.exhibits.join(", ")}
      </small>
    </>
  );
}
