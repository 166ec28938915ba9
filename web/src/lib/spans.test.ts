import { describe, expect, it } from "vitest";
import { common, controls, cut } from "./spans";

const text = (pieces: { text: string }[]) => pieces.map((piece) => piece.text).join("");

describe("cut", () => {
  it("counts code points, not UTF-16 units", () => {
    const pieces = cut("📞📞 call 020", [{ start: 3, end: 7, mark: 1 }]);
    expect(pieces.map((piece) => [piece.text, piece.marks])).toEqual([
      ["📞📞 ", []],
      ["call", [1]],
      [" 020", []],
    ]);
  });

  it("keeps the whole text whatever the spans", () => {
    const written = "سفر 🚌 到 London";
    for (const [start, end] of [
      [0, 99],
      [-3, 2],
      [5, 5],
      [7, 3],
      [40, 50],
    ] as const)
      expect(text(cut(written, [{ start, end, mark: 1 }]))).toBe(written);
  });

  it("gives overlapping spans their common part", () => {
    const pieces = cut("abcdef", [
      { start: 0, end: 4, mark: "a" },
      { start: 2, end: 6, mark: "b" },
    ]);
    expect(pieces.map((piece) => piece.marks.join(""))).toEqual(["a", "ab", "b"]);
  });
});

describe("controls", () => {
  it("names what would reorder the text", () => {
    expect(controls("plate \u202e321")).toEqual([
      { text: "plate ", control: false },
      { text: "RLO", control: true },
      { text: "321", control: false },
    ]);
  });

  it("leaves plain text of every script alone", () => {
    for (const plain of ["เห็นรถบัส", "الحافلة", "白色巴士", "👩‍👩‍👧"])
      expect(controls(plain)).toEqual([{ text: plain, control: false }]);
  });
});

describe("common", () => {
  const words = (a: string, b: string) => {
    const points = Array.from(a);
    return common(a, b).map((span) => points.slice(span.start, span.end).join(""));
  };

  it("finds what stands in both, in the same order", () => {
    expect(words("Rooms in Leeds, call Ana", "Rooms in York, call Ana")).toEqual([
      "Rooms in",
      "call Ana",
    ]);
  });

  it("ignores case, and finds nothing where nothing is common", () => {
    expect(words("ROOMS", "rooms")).toEqual(["ROOMS"]);
    expect(words("rooms", "van")).toEqual([]);
  });

  it("keeps its place behind characters of two units", () => {
    expect(words("🚌🚌 van", "van")).toEqual(["van"]);
  });

  it("is the same from both sides", () => {
    const [a, b] = ["one two three four", "two four one three"];
    const many = (found: string[]) => found.join(" ").split(" ").length;
    expect(many(words(a, b))).toBe(many(words(b, a)));
  });

  it("stays quick on long texts", () => {
    const long = "word and ".repeat(5000);
    const started = performance.now();
    common(long, long);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
