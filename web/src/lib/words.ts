// Words for numbers, and numbers for people.

/** Scores are strength, never a probability; the word comes first. */
export function strength(score: number): string {
  if (score >= 0.9) return "very strong";
  if (score >= 0.7) return "strong";
  if (score >= 0.5) return "moderate";
  if (score >= 0.3) return "weak";
  return "very weak";
}

export function readable(name: string): string {
  return name.replaceAll("_", " ");
}

const INITIALS = new Set(["iban", "url"]);

export function title(name: string): string {
  const words = readable(name);
  if (INITIALS.has(words)) return words.toUpperCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let power = 0;
  let left = count;
  while (left >= 1000 && power < units.length - 1) {
    left /= 1000;
    power++;
  }
  return `${power && left < 10 ? left.toFixed(1) : Math.round(left)} ${units[power]}`;
}

export function count(n: number): string {
  return n.toLocaleString("en-GB");
}

export function many(n: number, one: string, more = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : more}`;
}

export function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}
