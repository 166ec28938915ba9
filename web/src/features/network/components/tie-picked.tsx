// A picked tie: what passed between two identities, when, how often, how much.
import type { Identity } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { KindMark } from "@/components/marks";
import { day } from "@/lib/time";
import { count } from "@/lib/words";
import { t } from "@/strings";
import type { Tie } from "../lib/ties";

interface Props {
  tie: Tie;
  identities: Identity[];
  onPick: (key: string | undefined) => void;
}

export function TiePicked({ tie, identities, onPick }: Props) {
  const named = (id: string) => identities.find((one) => one.id === id)?.label || id;
  return (
    <section className="stack">
      <div className="row apart">
        <h2>{t.item.kinds["link"]}</h2>
        <button type="button" className="button quiet" onClick={() => onPick(undefined)}>
          {t.network.list}
        </button>
      </div>
      <ul>
        {[tie.a, tie.b].map((id) => (
          <li key={id}>
            <button type="button" className="choice" onClick={() => onPick(id)}>
              <EvidenceWords text={named(id)} />
            </button>
          </li>
        ))}
      </ul>
      <ul className="stack">
        {tie.edges.map((edge, i) => (
          <li key={i} className="reason small stack tight">
            <span className="row apart">
              <KindMark kind={edge.kind} />
              <b>
                {count(edge.count)} {t.network.times}
              </b>
            </span>
            <span>
              <EvidenceWords text={named(edge.a)} /> → <EvidenceWords text={named(edge.b)} />
            </span>
            {edge.start && edge.end && (
              <span className="soft">
                {day(edge.start)} – {day(edge.end)}
              </span>
            )}
            {Object.entries(edge.amounts).map(([currency, amount]) => (
              <b key={currency}>
                {amount} {currency}
              </b>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
