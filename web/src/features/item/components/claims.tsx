// Claims: as written and as understood, with the method that read them.
import { Link } from "wouter";
import type { Claim } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { whyUrl } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";

export function Claims({ claims, lit }: { claims: Claim[]; lit?: string | undefined }) {
  return (
    <Panel title={t.item.claims} bare>
      {claims.length === 0 && <p className="empty">{t.item.noClaims}</p>}
      {claims.length > 0 && (
        <div className="scroll" id="claims">
          <table className="table claims small">
            <thead>
              <tr>
                <th>{t.item.written}</th>
                <th>{t.item.value}</th>
                <th>{t.item.role}</th>
                <th>{t.item.reason}</th>
                <th>{t.item.method}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {claims.map((claim) => (
                <tr key={claim.id} className={claim.id === lit ? "lit" : undefined}>
                  <td>
                    <EvidenceWords text={claim.written} />
                  </td>
                  <td>
                    <Value node={claim.value} />{" "}
                    {claim.details["name"] && <EvidenceWords text={claim.details["name"]} />}
                  </td>
                  <td>{readable(claim.role)}</td>
                  <td>
                    <EvidenceWords text={claim.reason} />{" "}
                    <span className="soft">({claim.confidence.toFixed(2)})</span>
                  </td>
                  <td className="soft">
                    {readable(claim.method)} {claim.version}
                  </td>
                  <td>
                    <Link href={whyUrl(claim.id)}>{t.overview.why}</Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
