// What waits for a decision, as one list: findings, then links, then persons.
import type { Finding, Link, Person, Queue } from "@/api/types";

export type Waiting =
  | { what: "finding"; id: string; finding: Finding }
  | { what: "link"; id: string; link: Link }
  | { what: "person"; id: string; person: Person };

export function waiting(queue: Queue): Waiting[] {
  return [
    ...queue.findings.map((finding) => ({ what: "finding" as const, id: finding.id, finding })),
    ...queue.links.map((link) => ({ what: "link" as const, id: link.id, link })),
    ...queue.persons.map((person) => ({
      what: "person" as const,
      id: `person:${person.number}`,
      person,
    })),
  ];
}

/** The value that both ends of a link share, where one end is a value and no event. */
export function shared(link: Link): string | undefined {
  return [link.a, link.b].map((end) => end.node).find((node) => /^[a-z_]+[:~]/.test(node));
}
