// Identities and what ties them; every line can say why it is there.
import { useCallback, useMemo } from "react";
import type { Network as Answer } from "@/api/types";
import { Answered } from "@/components/async";
import { Page } from "@/components/panel";
import { useParams } from "@/lib/url";
import { count, readable } from "@/lib/words";
import { t } from "@/strings";
import { useNetwork } from "../api/get-network";
import { drawn, kinds, ties } from "../lib/ties";
import { Beside } from "./beside";
import { Picture } from "./picture";
import "./network.css";

export default function Network() {
  const [params] = useParams();
  const id = params.get("id") ?? undefined;
  const depth = Math.min(4, Math.max(1, Number(params.get("depth") ?? 1) || 1));
  const network = useNetwork(id, depth);
  if (!network.data)
    return (
      <Page title={t.network.title}>
        <Answered query={network}>{() => null}</Answered>
      </Page>
    );
  return <Drawn network={network.data} id={id} depth={depth} />;
}

interface Props {
  network: Answer;
  id: string | undefined;
  depth: number;
}

function Drawn({ network, id, depth }: Props) {
  const [params, change] = useParams();
  const off = params.get("off") ?? "";
  const pick = params.get("pick") ?? undefined;
  const alone = params.get("alone") === "1";
  const found = useMemo(
    () => ties(network.edges, new Set(off.split(",").filter(Boolean))),
    [network, off],
  );
  const identities = useMemo(
    () => drawn(network.identities, found, alone, id),
    [network, found, alone, id],
  );
  const onPick = useCallback(
    (key: string | undefined) => change({ pick: key ?? "" }, true),
    [change],
  );
  return (
    <div className="network">
      <Bar network={network} shown={identities.length} id={id} depth={depth} />
      <div className="picture">
        <Picture
          identities={identities}
          ties={found}
          pick={pick}
          labels={params.get("labels") !== "0"}
          onPick={onPick}
        />
        {network.total > network.identities.length && (
          <p className="notice warn cap">{t.network.cap}</p>
        )}
      </div>
      <Beside network={network} ties={found} pick={pick} onPick={onPick} />
    </div>
  );
}

function Bar({ network, shown, id, depth }: Props & { shown: number }) {
  const [params, change] = useParams();
  const hidden = new Set((params.get("off") ?? "").split(",").filter(Boolean));
  const toggle = (kind: string) => {
    if (!hidden.delete(kind)) hidden.add(kind);
    change({ off: [...hidden].join(",") }, true);
  };
  const labels = params.get("labels") !== "0";
  const alone = params.get("alone") === "1";
  const focus = network.identities.find((one) => one.id === id);
  return (
    <header className="bar row">
      <h1>{t.network.title}</h1>
      {id && (
        <span className="badge">
          {t.network.around} <bdi>{focus?.label ?? id}</bdi>
          <button
            type="button"
            className="button quiet small"
            aria-label={t.network.whole}
            onClick={() => change({ id: "", depth: "", pick: "" })}
          >
            ✕
          </button>
        </span>
      )}
      <span className="row" role="group" aria-label={t.network.kinds}>
        {kinds(network).map((kind) => (
          <button
            type="button"
            key={kind}
            className="button small"
            aria-pressed={!hidden.has(kind)}
            onClick={() => toggle(kind)}
          >
            <span className="dot" style={{ background: `var(--kind-${kind}, var(--ink-soft))` }} />
            {readable(kind)}
          </button>
        ))}
      </span>
      <span className="row small" style={{ marginInlineStart: "auto" }}>
        <span className="soft" role="status">
          {t.network.shown(count(shown), count(network.total))}
        </span>
        {id && (
          <label className="row" style={{ gap: 4 }}>
            {t.network.steps}
            <select
              className="input"
              style={{ width: 60 }}
              value={depth}
              onChange={(event) => change({ depth: event.target.value })}
            >
              {[1, 2, 3, 4].map((steps) => (
                <option key={steps}>{steps}</option>
              ))}
            </select>
          </label>
        )}
        <button
          type="button"
          className="button"
          aria-pressed={labels}
          onClick={() => change({ labels: labels ? "0" : "" }, true)}
        >
          {t.network.labels}
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={alone}
          onClick={() => change({ alone: alone ? "" : "1" }, true)}
        >
          {t.network.alone}
        </button>
      </span>
    </header>
  );
}
