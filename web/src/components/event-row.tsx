// One event in a list: when, what, where, and how far it was checked.
import { Link } from "wouter";
import type { Event } from "@/api/types";
import type { Span } from "@/lib/spans";
import { itemUrl } from "@/lib/url";
import { EvidenceText, EvidenceWords, type Mark } from "./evidence-text";
import { KindMark, ReviewMark } from "./marks";
import { When } from "./when";

interface Props {
  event: Event;
  excerpt?: string;
  spans?: readonly Span<Mark>[];
}

export function EventRow({ event, excerpt, spans }: Props) {
  return (
    <div className="event">
      <div className="stack tight">
        <When time={event.time} zone={event.zone} error={event.time_error} />
        <span className="small">
          <KindMark kind={event.kind} />
        </span>
      </div>
      <div className="stack tight">
        <div className="row apart">
          <Link href={itemUrl(event.id)}>
            <EvidenceWords text={event.title || event.text.slice(0, 80) || event.kind} />
          </Link>
          <span className="row small">
            {event.amount && (
              <strong className="number">
                {event.amount} {event.currency}
              </strong>
            )}
            {event.place && (
              <span className="soft">
                <EvidenceWords text={event.place} />
              </span>
            )}
            <span className="soft">EX-{event.exhibit_number}</span>
            <ReviewMark reviewed={event.reviewed} />
          </span>
        </div>
        {excerpt && <EvidenceText text={excerpt} spans={spans ?? []} className="excerpt small" />}
      </div>
    </div>
  );
}

export function EventList({ events, empty }: { events: readonly Event[]; empty: string }) {
  if (!events.length) return <p className="empty">{empty}</p>;
  return (
    <ul className="list">
      {events.map((event) => (
        <li key={event.id}>
          <EventRow event={event} excerpt={event.title === event.text ? "" : event.text} />
        </li>
      ))}
    </ul>
  );
}
