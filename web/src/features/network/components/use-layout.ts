// Positions from the worker; null until they come.
import { useEffect, useState } from "react";
import type { Identity } from "@/api/types";
import type { Places, Wanted } from "../lib/layout.worker";
import type { Tie } from "../lib/ties";

export const sized = (identity: Identity) => 5 + 3 * Math.log2(1 + identity.events);

export function useLayout(identities: readonly Identity[], ties: readonly Tie[]): Places | null {
  const [places, setPlaces] = useState<Places | null>(null);
  useEffect(() => {
    setPlaces(null);
    const worker = new Worker(new URL("../lib/layout.worker.ts", import.meta.url), {
      type: "module",
    });
    worker.onmessage = ({ data }: MessageEvent<Places>) => setPlaces(data);
    const wanted: Wanted = {
      nodes: identities.map((one) => ({ id: one.id, size: sized(one) })),
      ties: ties.map((tie) => ({ a: tie.a, b: tie.b, weight: 1 + Math.log2(tie.count) })),
    };
    worker.postMessage(wanted);
    return () => worker.terminate();
  }, [identities, ties]);
  return places;
}
