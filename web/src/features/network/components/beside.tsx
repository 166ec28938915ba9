// Beside the picture: what is picked and what it rests on, else every identity as a list.
import { useState } from "react";
import type { Identity, Network } from "@/api/types";
import { EvidenceWords } from "@/components/evidence-text";
import { count } from "@/lib/words";
import { t } from "@/strings";
import type { Tie } from "../lib/ties";
import { IdentityPicked } from "./identity-picked";
import { TiePicked } from "./tie-picked";

const SHOWN = 250;

interface Props {
  network: Network;
  ties: Tie[];
  pick: string | undefined;
  onPick: (key: string | undefined) => void;
}

export function Beside({ network, ties, pick, onPick }: Props) {
  const identity = network.identities.find((one) => one.id === pick);
  const tie = ties.find((one) => one.key === pick);
  return (
    <aside className="beside">
      {identity && (
        <IdentityPicked identity={identity} network={network} ties={ties} onPick={onPick} />
      )}
      {tie && <TiePicked tie={tie} identities={network.identities} onPick={onPick} />}
      {!identity && !tie && <List identities={network.identities} onPick={onPick} />}
    </aside>
  );
}

function List({
  identities,
  onPick,
}: {
  identities: Identity[];
  onPick: (key: string) => void;
}) {
  const [words, setWords] = useState("");
  const wanted = words.trim().toLocaleLowerCase();
  const found = identities
    .filter(
      (one) =>
        !wanted ||
        one.label.toLocaleLowerCase().includes(wanted) ||
        one.nodes.some((node) => node.shown.toLocaleLowerCase().includes(wanted)),
    )
    .sort((a, b) => b.events - a.events);
  return (
    <section className="stack">
      <p className="soft small">{t.network.pick}</p>
      <input
        className="input"
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        placeholder={t.network.find}
        aria-label={t.network.find}
        dir="auto"
      />
      <ul>
        {found.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <button type="button" className="choice" onClick={() => onPick(one.id)}>
              <EvidenceWords text={one.label || t.network.unnamed} />
              <span className="soft">{count(one.events)}</span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && (
        <p className="soft small">{t.of(count(SHOWN), count(found.length))}</p>
      )}
    </section>
  );
}
