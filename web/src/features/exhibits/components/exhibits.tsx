// The sealed exhibits, in order of number.
import { Link } from "wouter";
import { useStatus } from "@/api/get-status";
import { Answered } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { Pager } from "@/components/pager";
import { Page, Panel } from "@/components/panel";
import { Quarantine } from "@/components/quarantine";
import { local } from "@/lib/time";
import { itemUrl, useParams } from "@/lib/url";
import { bytes, count, many } from "@/lib/words";
import { t } from "@/strings";
import { PAGE, useExhibits } from "../api/get-exhibits";

export default function Exhibits() {
  const [params] = useParams();
  const status = useStatus().data;
  const offset = Number(params.get("offset") ?? 0) || 0;
  return (
    <Page title={t.exhibits.title}>
      {status && <Quarantine status={status} />}
      <Answered query={useExhibits(offset)}>
        {({ exhibits, total }) => (
          <Panel
            title={many(total, "exhibit")}
            side={<Pager offset={offset} page={PAGE} total={total} />}
            bare
          >
            <div className="scroll">
              <table className="table small">
                <thead>
                  <tr>
                    <th>{t.exhibits.number}</th>
                    <th>{t.exhibits.name}</th>
                    <th>{t.exhibits.origin}</th>
                    <th className="number">{t.exhibits.size}</th>
                    <th>{t.exhibits.acquired}</th>
                    <th>{t.exhibits.read}</th>
                    <th className="number">{t.exhibits.events}</th>
                    <th className="number">{t.exhibits.problems}</th>
                  </tr>
                </thead>
                <tbody>
                  {exhibits.map((one) => (
                    <tr key={one.id}>
                      <td style={{ whiteSpace: "nowrap" }}>
                        <Link href={itemUrl(one.id)}>EX-{one.number}</Link>
                      </td>
                      <td className="break">
                        <Link href={itemUrl(one.id)}>
                          <EvidenceWords text={one.name} />
                        </Link>
                        {one.parent && <span className="soft"> ({t.item.parent} …)</span>}
                      </td>
                      <td className="break soft">
                        <EvidenceWords text={one.origin} />
                      </td>
                      <td className="number">{bytes(one.size)}</td>
                      <td style={{ whiteSpace: "nowrap" }}>{local(one.acquired, "UTC")}</td>
                      <td>
                        {one.quarantined ? (
                          <span className="badge bad">{t.quarantine.one}</span>
                        ) : (
                          (one.decoder ?? (
                            <span className="badge warn">{t.exhibits.notUnderstood}</span>
                          ))
                        )}
                      </td>
                      <td className="number">{count(one.events)}</td>
                      <td className="number">
                        {one.problems ? <span className="badge warn">{one.problems}</span> : "–"}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Panel>
        )}
      </Answered>
    </Page>
  );
}
