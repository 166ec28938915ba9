// Lays a network out away from the page, so that it stays answerable. Deterministic: the same
// network has the same picture every time.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

export interface Wanted {
  nodes: { id: string; size: number }[];
  ties: { a: string; b: string; weight: number }[];
}
export type Places = Record<string, { x: number; y: number }>;

self.onmessage = ({ data }: MessageEvent<Wanted>) => {
  const graph = new Graph({ type: "undirected" });
  const golden = Math.PI * (3 - Math.sqrt(5));
  data.nodes.forEach(({ id, size }, i) => {
    const radius = Math.sqrt(i + 1);
    graph.addNode(id, { x: radius * Math.cos(i * golden), y: radius * Math.sin(i * golden), size });
  });
  for (const { a, b, weight } of data.ties)
    if (a !== b && graph.hasNode(a) && graph.hasNode(b)) graph.mergeEdge(a, b, { weight });
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    linLogMode: true, // draws groups apart
    adjustSizes: false,
    gravity: 0.6,
    scalingRatio: 6,
    slowDown: 6,
  };
  const iterations = graph.order > 600 ? 250 : 500;
  const places = forceAtlas2(graph, { iterations, settings });
  self.postMessage(places satisfies Places);
};
