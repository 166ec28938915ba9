import { describe, expect, it } from "vitest";
import { days, local, resolved, uncertainty } from "./time";

describe("local", () => {
  it.each([
    ["2026-03-02T08:30:00Z", "+05:30", "2026-03-02 14:00", "an offset as written"],
    ["2026-07-02T08:30:00Z", "Europe/London", "2026-07-02 09:30", "summer time"],
    ["2026-07-02T08:30:00Z", "assumed Europe/London", "2026-07-02 09:30", "an assumed zone"],
    ["2026-03-02T23:30:00Z", "+01:00", "2026-03-03 00:30", "the next day"],
    ["2026-03-02T08:30:00Z", "unknown", "2026-03-02 08:30", "unknown is read as UTC"],
    ["2026-03-02T08:30:00Z", null, "2026-03-02 08:30", "none is UTC"],
    ["2026-03-02T08:30:00Z", "-0330", "2026-03-02 05:00", "an offset without its colon"],
    ["2026-03-02T08:30:00Z", "Nowhere/Else", "2026-03-02 08:30", "no such zone: UTC"],
    ["2026-03-02T00:00:00Z", "Z", "2026-03-02 00:00", "Zulu"],
  ])("%s in %s is %s: %s", (time, zone, shown, _why) => {
    expect(local(time, zone)).toBe(shown);
  });
});

describe("uncertainty", () => {
  it.each([
    [0, ""],
    [1, ""],
    [30, "± 30 s"],
    [60, "± 1 min"],
    [50_400, "± 14 h"],
    [86_400, "± 1 day"],
    [200_000, "± 2 days"],
    [null, "± ?"],
  ])("%s seconds are %s", (seconds, shown) => {
    expect(uncertainty(seconds)).toBe(shown);
  });
});

it("counts days between times", () => {
  expect(days("2026-03-01T00:00:00Z", "2026-03-04T00:00:00Z")).toBe(3);
});

it("does not claim a zone that it cannot show", () => {
  expect(resolved("Nowhere/Else")).toBeNull();
  expect(resolved("unknown")).toBeNull();
  expect(resolved("assumed Asia/Bangkok")).toBe("Asia/Bangkok");
});
