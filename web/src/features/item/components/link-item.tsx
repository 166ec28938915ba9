// A link: the two ends, the reasons, and the decision on it.
import { Link as Go } from "wouter";
import type { Claim, Link } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { DecisionMark, Score } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Value } from "@/components/value";
import { withParams } from "@/lib/url";
import { readable } from "@/lib/words";
import { t } from "@/strings";
import { Claims } from "./claims";

export function LinkItem({ link, claims }: { link: Link; claims: Claim[] }) {
  return (
    <>
      <Panel
        title={readable(link.kind)}
        side={
          <span className="row">
            <Score score={link.score} />
            <DecisionMark decision={link.decision} />
          </span>
        }
      >
        <div className="stack">
          <dl className="facts">
            <dt>{t.queue.left}</dt>
            <dd>
              <Value node={link.a} />
            </dd>
            <dt>{t.queue.right}</dt>
            <dd>
              <Value node={link.b} />
            </dd>
            <dt>{t.item.reason}</dt>
            <dd>
              <EvidenceWords text={link.reason} />
            </dd>
          </dl>
          <span>
            <Go href={withParams("/review", { id: link.id })} className="button">
              {t.overview.review}
            </Go>
          </span>
        </div>
      </Panel>
      {claims.length > 0 && <Claims claims={claims} />}
    </>
  );
}
