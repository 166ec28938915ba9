// What could not be read, and where.
import { Link } from "wouter";
import { Answered } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { Page, Panel } from "@/components/panel";
import { itemUrl } from "@/lib/url";
import { count, many, readable } from "@/lib/words";
import { t } from "@/strings";
import { useProblems } from "../api/get-problems";

export default function Problems() {
  return (
    <Page title={t.problems.title} help={t.problems.help}>
      <Answered query={useProblems()}>
        {({ problems }) =>
          problems.length ? (
            <Panel title={many(problems.length, "problem")} bare>
              <div className="scroll">
                <table className="table small">
                  <thead>
                    <tr>
                      <th>{t.problems.exhibit}</th>
                      <th>{t.problems.kind}</th>
                      <th>{t.problems.message}</th>
                      <th>{t.problems.where}</th>
                      <th className="number">{t.problems.times}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {problems.map((one) => (
                      <tr key={one.id}>
                        <td>
                          <Link href={itemUrl(one.exhibit)}>
                            EX-{one.exhibit_number} <EvidenceWords text={one.name} />
                          </Link>
                        </td>
                        <td>
                          <span className="badge warn">{readable(one.kind)}</span>
                        </td>
                        <td className="break">
                          <EvidenceWords text={one.message} />
                        </td>
                        <td className="mono break">{one.locator}</td>
                        <td className="number">{count(one.count)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Panel>
          ) : (
            <p className="panel empty">{t.problems.none}</p>
          )
        }
      </Answered>
    </Page>
  );
}
