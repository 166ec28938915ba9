// Entries of the custody log.
import type { Entry } from "@/api/types";
import { local } from "@/lib/time";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import { EvidenceWords } from "./evidence-text";

export function EntriesTable({ entries }: { entries: readonly Entry[] }) {
  if (!entries.length) return <p className="empty">{t.none}</p>;
  const subjects = entries.some((entry) => entry.subject);
  return (
    <div className="scroll">
      <table className="table small">
        <thead>
          <tr>
            <th className="number">{t.custody.number}</th>
            <th>{t.custody.at}</th>
            <th>{t.custody.act}</th>
            <th>{t.custody.actor}</th>
            <th>{t.custody.purpose}</th>
            {subjects && <th>{t.custody.subject}</th>}
            <th>{t.custody.entry}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.number}>
              <td className="number">{entry.number}</td>
              <td style={{ whiteSpace: "nowrap" }}>{local(entry.at, "UTC")}</td>
              <td>{readable(entry.act)}</td>
              <td>
                <EvidenceWords text={entry.actor} />
              </td>
              <td>
                <EvidenceWords text={entry.purpose} />
              </td>
              {subjects && (
                <td className="break">
                  <EvidenceWords text={entry.subject} />
                </td>
              )}
              <td className="mono soft" title={entry.entry}>
                {entry.entry.slice(0, 12)}…
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
