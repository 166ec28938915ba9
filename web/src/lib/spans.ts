// Cuts text by spans that count Unicode code points, as the service counts them; a JavaScript
// string counts UTF-16 units, of which an emoji has two.

export interface Piece<T> {
  text: string;
  start: number;
  marks: T[];
}

export interface Span<T> {
  start: number;
  end: number;
  mark: T;
}

/** Cut `text` at every border of `spans`; overlapping spans give pieces with several marks. */
export function cut<T>(text: string, spans: readonly Span<T>[]): Piece<T>[] {
  const points = Array.from(text);
  const inside = spans.filter((s) => s.start >= 0 && s.end > s.start && s.start < points.length);
  const borders = new Set([0, points.length]);
  for (const span of inside) {
    borders.add(span.start);
    borders.add(Math.min(span.end, points.length));
  }
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => {
    const end = sorted[i + 1] ?? start;
    const marks = inside.filter((s) => s.start <= start && s.end >= end).map((s) => s.mark);
    return { text: points.slice(start, end).join(""), start, marks };
  });
}

const CONTROLS = /([\u202a-\u202e\u2066-\u2069])/;
const NAMES: Record<string, string> = {
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
};

/** Split off the controls that reorder what follows: they are named, so that they cannot deceive. */
export function controls(text: string): { text: string; control: boolean }[] {
  return text
    .split(CONTROLS)
    .filter(Boolean)
    .map((part) => {
      const name = NAMES[part];
      return name ? { text: name, control: true } : { text: part, control: false };
    });
}

/** The spans of `a` whose words also stand in `b`, in the same order (longest common run of words). */
export function common(a: string, b: string): Span<"same">[] {
  const left = words(a);
  const right = words(b);
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      at(table, i)[j] =
        left[i]?.key === right[j]?.key
          ? (at(table, i + 1)[j + 1] ?? 0) + 1
          : Math.max(at(table, i + 1)[j] ?? 0, at(table, i)[j + 1] ?? 0);
  const spans: Span<"same">[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const word = left[i];
    if (word && word.key === right[j]?.key) {
      const last = spans.at(-1);
      if (last && i > 0 && left[i - 1]?.end === last.end && j > 0) last.end = word.end;
      else spans.push({ start: word.start, end: word.end, mark: "same" });
      i++;
      j++;
    } else if ((at(table, i + 1)[j] ?? 0) >= (at(table, i)[j + 1] ?? 0)) i++;
    else j++;
  }
  return spans;
}

const MOST = 1500; // words compared; the table of two such texts is a few megabytes

function words(text: string): { key: string; start: number; end: number }[] {
  const found = [];
  let place = 0;
  const segments = new Intl.Segmenter(undefined, { granularity: "word" }).segment(text);
  for (const { segment, isWordLike } of segments) {
    const start = place;
    place += Array.from(segment).length;
    if (isWordLike) found.push({ key: segment.toLocaleLowerCase(), start, end: place });
    if (found.length >= MOST) break;
  }
  return found;
}

function at(table: Uint16Array[], row: number): Uint16Array {
  const found = table[row];
  if (!found) throw new RangeError(`row ${row}`);
  return found;
}
