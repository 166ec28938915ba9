// A picked identity: its values, its ties, and the reasons why its values are held together.
import { Link } from "wouter";
import type { Identity, Network } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { DecisionMark, KindMark, RiskMark, Score } from "@/components/marks";
import { Value } from "@/components/value";
import { day } from "@/lib/time";
import { itemUrl, useParams, whyUrl, withParams } from "@/lib/url";
import { count, readable } from "@/lib/words";
import { t } from "@/strings";
import type { Tie } from "../lib/ties";

const SHOWN = 30;

interface Props {
  identity: Identity;
  network: Network;
  ties: Tie[];
  onPick: (key: string | undefined) => void;
}

export function IdentityPicked({ identity, network, ties, onPick }: Props) {
  const [, change] = useParams();
  const own = new Set(identity.nodes.map((node) => node.node));
  const links = network.links.filter((link) => own.has(link.a.node) || own.has(link.b.node));
  const tied = ties.filter((tie) => tie.a === identity.id || tie.b === identity.id);
  const named = new Map(network.identities.map((one) => [one.id, one.label]));
  return (
    <section className="stack">
      <div className="row apart">
        <h2>
          <EvidenceWords text={identity.label || t.network.unnamed} />
        </h2>
        <button type="button" className="button quiet" onClick={() => onPick(undefined)}>
          {t.network.list}
        </button>
      </div>
      <RiskMark risk={identity.risk} />
      <p className="row small">
        {Object.entries(identity.kinds).map(([kind, n]) => (
          <span key={kind} className="row" style={{ gap: 4 }}>
            <KindMark kind={kind} /> {count(n)}
          </span>
        ))}
      </p>
      {identity.start && identity.end && (
        <p className="small soft">
          {day(identity.start)} – {day(identity.end)}
          {identity.places.length > 0 && ` · ${identity.places.slice(0, 6).join(", ")}`}
        </p>
      )}
      <div className="row">
        <Link className="button" href={itemUrl(identity.id)}>
          {t.open}
        </Link>
        <button
          type="button"
          className="button"
          onClick={() => change({ id: identity.id, pick: identity.id })}
        >
          {t.network.expand}
        </button>
        <Link className="button" href={withParams("/timeline", { id: identity.id })}>
          {t.item.timeline}
        </Link>
      </div>
      <h3>{t.item.nodes}</h3>
      <ul className="stack tight">
        {identity.nodes.slice(0, SHOWN).map((node) => (
          <li key={node.node}>
            <Value node={node} plain />
          </li>
        ))}
        {identity.nodes.length > SHOWN && (
          <li className="soft small">{t.of(count(SHOWN), count(identity.nodes.length))}</li>
        )}
      </ul>
      {tied.length > 0 && <h3>{t.network.ties}</h3>}
      <ul>
        {tied.slice(0, SHOWN).map((tie) => (
          <li key={tie.key}>
            <button type="button" className="choice" onClick={() => onPick(tie.key)}>
              <EvidenceWords
                text={named.get(tie.a === identity.id ? tie.b : tie.a) || t.network.unnamed}
              />
              <span className="soft">
                {readable(tie.kind)} {count(tie.count)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{t.network.links}</h3>
      {links.length === 0 && <p className="soft small">{t.network.noLinks}</p>}
      <ul className="stack">
        {links.slice(0, SHOWN).map((link) => (
          <li key={link.id} className="reason small">
            <div className="row">
              <b>{readable(link.kind)}</b>
              <Score score={link.score} />
              <DecisionMark decision={link.decision} />
            </div>
            <EvidenceWords text={link.reason} />
            <div className="row">
              <Link href={whyUrl(link.id)}>{t.overview.why}</Link>
              <Link href={withParams("/review", { id: link.id })}>{t.overview.review}</Link>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
