// One event in a list: when, what, where, and how far it was checked.
import { Link } from "wouter";
import type { Event } from "@/api/types";
import type { Span } from "@/lib/spans";
import { itemUrl } from "@/lib/url";
import { readable } from "@/lib/words";
import { EvidenceText, EvidenceWords, type Mark } from "./evidence-text";
import { KindMark, ReviewMark, RiskMark } from "./marks";
import { Picture } from "./picture";
import { When } from "./when";

const HASHES = "hashes only"; // of a picture whose bytes the case does not hold

interface Props {
  event: Event;
  excerpt?: string;
  spans?: readonly Span<Mark>[];
}

export function EventRow({ event, excerpt, spans = [] }: Props) {
  const titled = isTitled(event);
  const shown = excerpt ?? (titled ? after(event.text, event.title) : event.text);
  return (
    <div className="event">
      <div className="stack tight">
        <When time={event.time} zone={event.zone} error={event.time_error} />
        <span className="small">
          <KindMark kind={event.kind} />
        </span>
      </div>
      <div className="stack tight">
        {titled && (
          <Link href={itemUrl(event.id)}>
            <EvidenceWords text={event.title} />
          </Link>
        )}
        {!titled && (
          <Link href={itemUrl(event.id)}>
            <EvidenceText text={shown || event.kind} spans={spans} className="excerpt" />
          </Link>
        )}
        {titled && shown && <EvidenceText text={shown} spans={spans} className="excerpt small" />}
        {event.kind === "photograph" && event.details["intake"] !== HASHES && (
          <Picture id={event.id} exhibit={event.exhibit_number} small />
        )}
        <RiskMark risk={event.risk} />
        <Signs event={event} />
      </div>
    </div>
  );
}

function Signs({ event }: { event: Event }) {
  return (
    <span className="row small">
      {event.amount && (
        <strong className="number">
          {event.amount} {event.currency}
        </strong>
      )}
      {event.place && (
        <span>
          <EvidenceWords text={event.place} />
        </span>
      )}
      <span className="soft">EX-{event.exhibit_number}</span>
      <ReviewMark reviewed={event.reviewed} />
      {event.tags.map((tag) => (
        <span key={tag} className="badge warn">
          {readable(tag)}
        </span>
      ))}
    </span>
  );
}

/** Rows and messages have no title of their own: theirs is the beginning of their text. */
const isTitled = (event: Event) =>
  event.title !== "" &&
  event.title !== event.text &&
  !(event.title.length >= 60 && event.text.startsWith(event.title.slice(0, 58)));

const after = (text: string, title: string) =>
  text.startsWith(title) ? text.slice(title.length).trimStart() : text;

export function EventList({ events, empty }: { events: readonly Event[]; empty: string }) {
  if (!events.length) return <p className="empty">{empty}</p>;
  return (
    <ul className="list">
      {events.map((event) => (
        <li key={event.id}>
          <EventRow event={event} />
        </li>
      ))}
    </ul>
  );
}
