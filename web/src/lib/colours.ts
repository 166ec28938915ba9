// The colours of the style sheet, as values that WebGL takes.

/** Resolve a custom property such as "--kind-advert" to "#rrggbb" in the scheme in force. */
export function colour(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  const parts = shown.match(/[\d.]+/g)?.map(Number) ?? [];
  const [r = 0, g = 0, b = 0] = parts;
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

export const KINDS =
  "advert page message call payment balance position photograph tip note".split(" ");
