// One finding with its reasons and, always beside them, what speaks against it.
import { Link } from "wouter";
import type { Finding } from "@/api/types";
import { day } from "@/lib/time";
import { itemUrl, whyUrl, withParams } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import { EvidenceWords } from "./evidence-text";
import { DecisionMark, RiskMark, Score } from "./marks";

export function FindingCard({ finding }: { finding: Finding }) {
  return (
    <article className="finding stack tight">
      <div className="row apart">
        <h3>
          <Link href={itemUrl(finding.id)}>
            <EvidenceWords text={finding.title} />
          </Link>
        </h3>
        <span className="row">
          <span className="badge">{readable(finding.kind)}</span>
          <Score score={finding.score} />
          <DecisionMark decision={finding.decision} />
        </span>
      </div>
      <RiskMark risk={finding.risk} />
      <p className="break">
        <EvidenceWords text={finding.reason} />
      </p>
      {finding.counter && (
        <p className="counter break">
          <b>{t.overview.counter}: </b>
          <EvidenceWords text={finding.counter} />
        </p>
      )}
      <div className="row apart small">
        <span className="soft">
          {finding.start && finding.end && `${day(finding.start)} – ${day(finding.end)}`}
        </span>
        <span className="row">
          <Link href={whyUrl(finding.id)}>{t.overview.why}</Link>
          {finding.decision === null && (
            <Link href={withParams("/review", { id: finding.id })}>{t.overview.review}</Link>
          )}
        </span>
      </div>
    </article>
  );
}
