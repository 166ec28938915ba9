// Ties between two identities, of every kind together: one line in the picture.
import type { Edge, Identity, Network } from "@/api/types";

export interface Tie {
  key: string;
  a: string;
  b: string;
  edges: Edge[];
  count: number;
  kind: string; // the commonest
}

export function ties(edges: readonly Edge[], hidden: ReadonlySet<string>): Tie[] {
  const found = new Map<string, Tie>();
  for (const edge of edges) {
    if (hidden.has(edge.kind)) continue;
    const [a, b] = edge.a < edge.b ? [edge.a, edge.b] : [edge.b, edge.a];
    const key = `${a} ${b}`;
    const tie = found.get(key) ?? { key, a, b, edges: [], count: 0, kind: edge.kind };
    tie.edges.push(edge);
    tie.count += edge.count;
    found.set(key, tie);
  }
  for (const tie of found.values())
    tie.kind = [...tie.edges].sort((x, y) => y.count - x.count)[0]?.kind ?? tie.kind;
  return [...found.values()];
}

export function kinds(network: Network): string[] {
  return [...new Set(network.edges.map((edge) => edge.kind))].sort();
}

/** Identities to draw: those with a tie, and the rest only where they are wanted. */
export function drawn(
  identities: readonly Identity[],
  found: readonly Tie[],
  alone: boolean,
  focus: string | undefined,
): Identity[] {
  if (alone) return [...identities];
  const tied = new Set(found.flatMap((tie) => [tie.a, tie.b]));
  const some = identities.filter((one) => tied.has(one.id) || one.id === focus);
  return some.length ? some : [...identities];
}

/** The kind of event that an identity is mostly known from. */
export function mostly(identity: Identity): string {
  return Object.entries(identity.kinds).sort((a, b) => b[1] - a[1])[0]?.[0] ?? "page";
}
