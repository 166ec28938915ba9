// The decisions made, newest first; none is ever erased.
import { Answered } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { Panel } from "@/components/panel";
import { local } from "@/lib/time";
import { title } from "@/lib/words";
import { t } from "@/strings";
import { useDecisions } from "../api/decide";

export function Log() {
  return (
    <Answered query={useDecisions(true)}>
      {({ decisions }) => (
        <Panel title={t.queue.log} bare>
          {decisions.length === 0 && <p className="empty">{t.none}</p>}
          {decisions.length > 0 && (
            <div className="scroll">
              <table className="table small">
                <thead>
                  <tr>
                    <th className="number">{t.custody.number}</th>
                    <th>{t.custody.at}</th>
                    <th>{t.custody.actor}</th>
                    <th>{t.custody.act}</th>
                    <th>{t.queue.left}</th>
                    <th>{t.queue.right}</th>
                    <th>{t.reason.field}</th>
                  </tr>
                </thead>
                <tbody>
                  {[...decisions].reverse().map((one) => (
                    <tr key={one.number}>
                      <td className="number">{one.number}</td>
                      <td style={{ whiteSpace: "nowrap" }}>{local(one.at, "UTC")}</td>
                      <td>
                        {one.claimed_by && (
                          <span className="soft" title={one.own ? undefined : t.queue.unvouched}>
                            <EvidenceWords
                              text={t.queue.claimed(
                                one.claimed_by,
                                one.claimed_at ? local(one.claimed_at, "UTC") : "",
                              )}
                            />{" "}
                          </span>
                        )}
                        <EvidenceWords text={one.actor} />
                      </td>
                      <td>{title(one.act)}</td>
                      <td className="break">
                        <EvidenceWords text={short(one.a)} />
                      </td>
                      <td className="break">
                        <EvidenceWords text={short(one.b ?? "")} />
                      </td>
                      <td>
                        <EvidenceWords text={one.reason} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Panel>
      )}
    </Answered>
  );
}

const short = (id: string) => (/^[a-z][0-9a-f]{32}$/.test(id) ? `${id.slice(0, 10)}…` : id);
