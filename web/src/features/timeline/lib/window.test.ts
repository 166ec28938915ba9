import { describe, expect, it } from "vitest";
import type { Event, Stay } from "@/api/types";
import { bins, extent, gaps, steps } from "./window";

const stay = (identity: string, start: string, end: string): Stay => ({
  identity,
  place: "Leeds",
  lat: 53.8,
  lon: -1.5,
  start: `${start}T00:00:00Z`,
  end: `${end}T00:00:00Z`,
  basis: "observed",
  events: [],
});
const event = (time: string | null, kind = "advert") => ({ time, kind }) as Event;

describe("bins", () => {
  it("loses no dated event", () => {
    const events = ["2026-03-01T00:00:00Z", "2026-03-09T23:59:59Z", "2026-03-05T12:00:00Z"].map(
      (time) => event(time),
    );
    const window = extent(events.map((one) => Date.parse(one.time ?? "")));
    expect(window).not.toBeNull();
    if (!window) return;
    for (const most of [1, 3, 9, 100])
      expect(bins(events, window, most).reduce((sum, bin) => sum + bin.total, 0)).toBe(3);
  });

  it("leaves out what has no time", () => {
    expect(bins([event(null)], { from: 0, to: 86_400_000 }, 10)[0]?.total).toBe(0);
  });
});

it("has no extent where nothing has a time", () => {
  expect(extent([])).toBeNull();
});

describe("gaps", () => {
  it("are between stays of one identity only, two days or longer", () => {
    const found = gaps([
      stay("b", "2026-03-04", "2026-03-05"),
      stay("a", "2026-03-10", "2026-03-11"),
      stay("a", "2026-03-01", "2026-03-03"),
      stay("b", "2026-03-06", "2026-03-07"),
    ]);
    expect(found.map((gap) => [gap.from.identity, gap.days])).toEqual([["a", 7]]);
  });

  it("pair each stay with the next in time", () => {
    const found = steps([
      stay("a", "2026-03-10", "2026-03-11"),
      stay("a", "2026-03-01", "2026-03-03"),
    ]);
    expect(found[0]?.[0].start).toContain("2026-03-01");
  });
});
