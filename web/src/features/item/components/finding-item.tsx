// A finding: reasons and counter-indications with equal weight, and what it rests on.
import { Link } from "wouter";
import type { Finding } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { DecisionMark, Score } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { day } from "@/lib/time";
import { itemUrl, withParams } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";

const SHOWN = 60;

export function FindingItem({ finding }: { finding: Finding }) {
  const about = finding.identities[0] ?? finding.subjects[0]?.node;
  return (
    <>
      <div className="split">
        <Panel title={t.item.reason} side={<Score score={finding.score} />}>
          <p className="break">
            <EvidenceWords text={finding.reason} />
          </p>
        </Panel>
        <Panel title={t.item.counter} side={<DecisionMark decision={finding.decision} />}>
          <p className="break">
            <EvidenceWords text={finding.counter} />
          </p>
        </Panel>
      </div>
      <Panel
        title={t.item.facts}
        side={
          <span className="row">
            {about && (
              <Link className="button" href={withParams("/timeline", { id: about })}>
                {t.item.timeline}
              </Link>
            )}
            {about && (
              <Link className="button" href={withParams("/network", { id: about })}>
                {t.item.network}
              </Link>
            )}
            <Link className="button" href={withParams("/review", { id: finding.id })}>
              {t.overview.review}
            </Link>
          </span>
        }
      >
        <dl className="facts">
          <dt>{t.search.facets["kind"]}</dt>
          <dd>
            {readable(finding.kind)}{" "}
            <span className="soft">
              ({t.item.stale} {finding.run})
            </span>
          </dd>
          {finding.start && finding.end && (
            <>
              <dt>{t.item.period}</dt>
              <dd>
                {day(finding.start)} – {day(finding.end)}
              </dd>
            </>
          )}
          <dt>{t.item.subjects}</dt>
          <dd className="row">
            {finding.subjects.slice(0, SHOWN).map((node) => (
              <Value key={node.node} node={node} />
            ))}
            {finding.subjects.length > SHOWN && t.of(String(SHOWN), String(finding.subjects.length))}
          </dd>
          {finding.identities.length > 0 && (
            <>
              <dt>{t.item.identities}</dt>
              <dd className="row">
                {finding.identities.map((id) => (
                  <Link key={id} href={itemUrl(id)}>
                    {id}
                  </Link>
                ))}
              </dd>
            </>
          )}
          <dt>{t.item.evidence}</dt>
          <dd className="row">
            {finding.evidence.slice(0, SHOWN).map((id) => (
              <Link key={id} href={itemUrl(id)} className="mono">
                {id.slice(0, 9)}
              </Link>
            ))}
            {finding.evidence.length > SHOWN && t.of(String(SHOWN), String(finding.evidence.length))}
          </dd>
        </dl>
      </Panel>
    </>
  );
}
