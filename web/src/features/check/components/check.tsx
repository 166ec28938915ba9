// Which of a list's identifiers occur in the case.
import { useMutation } from "@tanstack/react-query";
import { Link } from "wouter";
import { post } from "@/api/client";
import type { Checked } from "@/api/types";
import { Refused } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { itemUrl } from "@/lib/url";
import { count } from "@/lib/words";
import { t } from "@/strings";

export default function Check() {
  const check = useMutation({
    mutationFn: (lines: string[]) => post<Checked>("check", { lines }),
  });
  return (
    <Page title={t.check.title} help={t.check.help}>
      <div className="split">
        <Panel title={t.check.lines}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const text = String(new FormData(event.currentTarget).get("lines"));
              check.mutate(text.split(/\r?\n/).filter((line) => line.trim()));
            }}
          >
            <textarea
              className="input mono"
              name="lines"
              rows={14}
              required
              aria-label={t.check.lines}
              dir="auto"
            />
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
    <div className="stack">
      <Panel title={t.check.found} bare>
        <table className="table">
          <thead>
            <tr>
              <th>{t.check.written}</th>
              <th>{t.item.value}</th>
              <th className="number">{t.check.events}</th>
            </tr>
          </thead>
          <tbody>
            {checked.matches.map((match, i) => (
              <tr key={i}>
                <td>
                  <EvidenceWords text={match.written} />
                </td>
                <td>
                  {match.node && match.events > 0 ? (
                    <Link href={itemUrl(match.node)}>
                      <EvidenceWords text={match.node} />
                    </Link>
                  ) : (
                    <span className="soft">{t.check.no}</span>
                  )}
                </td>
                <td className="number">{count(match.events)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      {checked.not_understood.length > 0 && (
        <Panel title={t.check.notUnderstood}>
          <ul>
            {checked.not_understood.map((line, i) => (
              <li key={i}>
                <EvidenceWords text={line} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}
