// A link: the two ends, the reasons, and the decision on it.
import { Link as Go } from "wouter";
import { useShown } from "@/api/get-show";
import type { Claim, Link, Node } from "@/api/types";
import { Answered } from "@/components/async";
import { EvidenceWords } from "@/components/evidence-text";
import { DecisionMark, Score } from "@/components/marks";
import { Panel } from "@/components/panel";
import { Pictures } from "@/components/picture";
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
      {link.kind === "same_picture" && (
        <div className="split">
          <Showing title={t.queue.left} node={link.a} />
          <Showing title={t.queue.right} node={link.b} />
        </div>
      )}
      {claims.length > 0 && <Claims claims={claims} />}
    </>
  );
}

const SHOWN = 12; // of the photographs that show one picture

/** What an end of the link shows: an event's pictures, or the photographs behind a hash. */
function Showing({ title, node }: { title: string; node: Node }) {
  return (
    <Panel title={title}>
      <Answered query={useShown(node.node)}>
        {({ pictures, events }) => {
          const taken = events.filter((event) => event.kind === "photograph").slice(0, SHOWN);
          const all = pictures.length ? pictures : taken;
          return all.length ? <Pictures pictures={all} /> : <p className="soft">{t.none}</p>;
        }}
      </Answered>
    </Panel>
  );
}
