// What waits for a decision, as one list: what is at risk, then findings, then links, then persons.
import type { Event, Finding, Link, Person, Queue, Risk } from "@/api/types";

export type Waiting =
  | { what: "event"; id: string; event: Event }
  | { what: "finding"; id: string; finding: Finding }
  | { what: "link"; id: string; link: Link }
  | { what: "person"; id: string; person: Person };

export function waiting(queue: Queue): Waiting[] {
  const all: Waiting[] = [
    ...queue.events.map((event) => ({ what: "event" as const, id: event.id, event })),
    ...queue.findings.map((finding) => ({ what: "finding" as const, id: finding.id, finding })),
    ...queue.links.map((link) => ({ what: "link" as const, id: link.id, link })),
    ...queue.persons.map((person) => ({
      what: "person" as const,
      id: `person:${person.number}`,
      person,
    })),
  ];
  return [...all.filter(riskOf), ...all.filter((one) => !riskOf(one))];
}

export function riskOf(one: Waiting): Risk | null | undefined {
  switch (one.what) {
    case "event":
      return one.event.risk;
    case "finding":
      return one.finding.risk;
    case "link":
      return one.link.risk;
    case "person":
      return one.person.risk;
  }
}

/** The value that both ends of a link share, where one end is a value and no event. */
export function shared(link: Link): string | undefined {
  return [link.a, link.b].map((end) => end.node).find((node) => /^[a-z_]+[:~]/.test(node));
}
