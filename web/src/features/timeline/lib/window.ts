// What the timeline and the map share: the time chosen, bins of it, and gaps between stays.
import type { Event, Stay } from "@/api/types";

export const DAY = 86_400_000;

export interface Window {
  from: number;
  to: number;
}

export interface Bin extends Window {
  counts: Map<string, number>;
  total: number;
}

export function extent(times: number[]): Window | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < from) from = time;
    if (time > to) to = time;
  }
  if (from > to) return null;
  return { from: Math.floor(from / DAY) * DAY, to: (Math.floor(to / DAY) + 1) * DAY };
}

/** At most `most` bins of whole days over `window`. */
export function bins(events: readonly Event[], window: Window, most: number): Bin[] {
  const width = Math.max(1, Math.ceil((window.to - window.from) / DAY / most)) * DAY;
  const made: Bin[] = [];
  for (let from = window.from; from < window.to; from += width)
    made.push({ from, to: from + width, counts: new Map(), total: 0 });
  for (const event of events) {
    if (!event.time) continue;
    const bin = made[Math.floor((Date.parse(event.time) - window.from) / width)];
    if (!bin) continue;
    bin.counts.set(event.kind, (bin.counts.get(event.kind) ?? 0) + 1);
    bin.total++;
  }
  return made;
}

export interface Gap {
  from: Stay;
  to: Stay;
  days: number;
}

/** Times between two stays of one identity of which nothing is known, two days or longer. */
export function gaps(stays: readonly Stay[]): Gap[] {
  const found: Gap[] = [];
  for (const [a, b] of steps(stays)) {
    const days = Math.floor((Date.parse(b.start) - Date.parse(a.end)) / DAY);
    if (days >= 2) found.push({ from: a, to: b, days });
  }
  return found;
}

/** Each stay with the next of the same identity, in order of time. */
export function steps(stays: readonly Stay[]): [Stay, Stay][] {
  const last = new Map<string, Stay>();
  const pairs: [Stay, Stay][] = [];
  for (const stay of [...stays].sort((a, b) => Date.parse(a.start) - Date.parse(b.start))) {
    const before = last.get(stay.identity);
    if (before) pairs.push([before, stay]);
    last.set(stay.identity, stay);
  }
  return pairs;
}

export function within(event: Event, window: Window | null): boolean {
  if (!window) return true;
  if (!event.time) return false;
  const time = Date.parse(event.time);
  return time >= window.from && time < window.to;
}
