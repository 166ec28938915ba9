// The network as a picture; a click on an identity or a tie picks it.
import Graph from "graphology";
import { useEffect, useMemo, useRef, useState } from "react";
import Sigma from "sigma";
import type { Identity } from "@/api/types";
import { Loading } from "@/components/async";
import { colour } from "@/lib/colours";
import { t } from "@/strings";
import type { Places } from "../lib/layout.worker";
import { mostly, type Tie } from "../lib/ties";
import { sized, useLayout } from "./use-layout";

interface Props {
  identities: readonly Identity[];
  ties: readonly Tie[];
  pick: string | undefined; // an identity's id or a tie's key
  labels: boolean;
  onPick: (key: string | undefined) => void;
}

export function Picture({ identities, ties, pick, labels, onPick }: Props) {
  const places = useLayout(identities, ties);
  const graph = useMemo(
    () => (places ? build(identities, ties, places) : null),
    [identities, ties, places],
  );
  return graph ? (
    <Canvas graph={graph} pick={pick} labels={labels} onPick={onPick} />
  ) : (
    <Loading />
  );
}

function build(identities: readonly Identity[], ties: readonly Tie[], places: Places): Graph {
  const graph = new Graph({ type: "undirected" });
  for (const one of identities) {
    const place = places[one.id] ?? { x: 0, y: 0 };
    graph.addNode(one.id, {
      ...place,
      size: sized(one) / 2.2,
      label: one.label,
      color: colour(`--kind-${mostly(one)}`),
    });
  }
  for (const tie of ties)
    if (tie.a !== tie.b && graph.hasNode(tie.a) && graph.hasNode(tie.b))
      graph.addEdgeWithKey(tie.key, tie.a, tie.b, {
        size: 1 + Math.min(6, Math.log2(1 + tie.count)),
        color: `${colour(`--kind-${tie.kind}`)}99`,
      });
  return graph;
}

type CanvasProps = Omit<Props, "identities" | "ties"> & { graph: Graph };

function Canvas({ graph, pick, labels, onPick }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const sigma = useRef<Sigma>(null);
  const picked = useRef(pick);
  const [failed, setFailed] = useState(false);
  picked.current = pick;
  useEffect(() => {
    if (!box.current) return;
    try {
      sigma.current = draw(graph, box.current, picked);
    } catch {
      setFailed(true);
      return;
    }
    const made = sigma.current;
    made.on("clickNode", ({ node }) => onPick(node));
    made.on("clickEdge", ({ edge }) => onPick(edge));
    made.on("clickStage", () => onPick(undefined));
    return () => made.kill();
  }, [graph, onPick]);
  useEffect(() => {
    sigma.current?.setSetting("renderLabels", labels);
    sigma.current?.refresh();
  }, [pick, labels, graph]);
  if (failed) return <p className="notice warn">{t.network.failed}</p>;
  return <div ref={box} className="canvas" aria-hidden="true" data-ready="true" />;
}

function draw(graph: Graph, box: HTMLElement, picked: { current: string | undefined }): Sigma {
  const faint = colour("--line");
  const strong = colour("--warn");
  return new Sigma(graph, box, {
    enableEdgeEvents: true,
    labelFont: "system-ui, sans-serif",
    labelSize: 12.5,
    labelColor: { color: colour("--ink") },
    labelDensity: 0.6,
    labelGridCellSize: 150,
    labelRenderedSizeThreshold: 5,
    minCameraRatio: 0.05,
    maxCameraRatio: 4,
    stagePadding: 60,
    zIndex: true,
    defaultDrawNodeHover: hover,
    nodeReducer: (node, data) => {
      const pick = picked.current;
      if (!pick) return data;
      const near =
        node === pick ||
        (graph.hasNode(pick) && graph.areNeighbors(node, pick)) ||
        (graph.hasEdge(pick) && graph.extremities(pick).includes(node));
      return near
        ? { ...data, forceLabel: true, zIndex: 1, highlighted: node === pick }
        : { ...data, color: faint, label: null };
    },
    edgeReducer: (edge, data) => {
      const pick = picked.current;
      if (!pick) return data;
      if (edge === pick) return { ...data, color: strong, size: data["size"] + 1, zIndex: 2 };
      if (graph.hasNode(pick) && graph.hasExtremity(edge, pick)) return { ...data, zIndex: 1 };
      return { ...data, color: faint };
    },
  });
}

/** Sigma's own hover is black on white whatever the scheme. */
function hover(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label?: string | null; color: string },
): void {
  const label = data.label ?? "";
  context.font = "600 12.5px system-ui, sans-serif";
  const width = context.measureText(label).width;
  context.fillStyle = colour("--surface");
  context.strokeStyle = colour("--accent");
  context.lineWidth = 2;
  context.beginPath();
  context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2);
  context.stroke();
  if (!label) return;
  context.beginPath();
  context.roundRect(data.x + data.size + 6, data.y - 11, width + 12, 22, 5);
  context.fill();
  context.stroke();
  context.fillStyle = colour("--ink");
  context.fillText(label, data.x + data.size + 12, data.y + 4);
}
