// Beside the map: the stays with their gaps and contradictions, then the events in this time.
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Event, Movements, Stay } from "@/api/types";
import { EventRow } from "@/components/event-row";
import { EvidenceWords } from "@/components/evidence-text";
import { RiskMark } from "@/components/marks";
import { day } from "@/lib/time";
import { itemUrl } from "@/lib/url";
import { count, many } from "@/lib/words";
import { t } from "@/strings";
import { gaps } from "../lib/window";

const SHOWN = 300; // rows in the list; the map and the bars show all

interface Props {
  events: Event[];
  movements: Movements;
  stays: Stay[];
  pick: string | undefined;
  onPick: (id: string) => void;
}

export function Beside({ events, movements, stays, pick, onPick }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (pick) list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [pick]);
  const unplaced = events.filter((event) => event.lat === null).length;
  const rows = around(events, pick);
  return (
    <aside className="beside narrow">
      {movements.contradictions.length > 0 && (
        <section>
          <h2>{t.timeline.contradictions}</h2>
          <ul className="stack tight">
            {movements.contradictions.map((one, i) => (
              <li key={i} className="notice bad small">
                <span>
                  <EvidenceWords text={one.reason} />{" "}
                  {one.events.map((id, n) => (
                    <Link key={id} href={itemUrl(id)} className="mono">
                      [{n + 1}]{" "}
                    </Link>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {stays.length > 0 && <Stays stays={stays} onPick={onPick} />}
      <section>
        <h2>
          {t.timeline.list} <span className="soft">{count(events.length)}</span>
        </h2>
        {unplaced > 0 && (
          <p className="soft small">{t.timeline.unplaced(many(unplaced, "event"))}</p>
        )}
        <ul className="list" ref={list}>
          {rows.map((event) => (
            <li
              key={event.id}
              className={event.id === pick ? "held" : undefined}
              aria-current={event.id === pick || undefined}
              onClick={() => onPick(event.id)}
            >
              <EventRow event={event} />
            </li>
          ))}
        </ul>
        {events.length > rows.length && (
          <p className="soft small">{t.of(count(rows.length), count(events.length))}</p>
        )}
      </section>
    </aside>
  );
}

function around(events: Event[], pick: string | undefined): Event[] {
  const at = pick ? events.findIndex((event) => event.id === pick) : 0;
  const first = Math.max(0, at - SHOWN / 2);
  return events.slice(first, first + SHOWN);
}

function Stays({ stays, onPick }: { stays: Stay[]; onPick: (id: string) => void }) {
  const after = new Map(gaps(stays).map((gap) => [gap.from, gap]));
  const ordered = [...stays].sort((a, b) => a.start.localeCompare(b.start));
  return (
    <section>
      <h2>
        {t.timeline.stays} <span className="soft">{count(stays.length)}</span>
      </h2>
      <ol className="stays">
        {ordered.map((stay, i) => {
          const gap = after.get(stay);
          return (
            <li key={i}>
              <button
                type="button"
                className="stay"
                onClick={() => stay.events[0] && onPick(stay.events[0])}
              >
                <span className="mono small">
                  {day(stay.start)}
                  {day(stay.end) !== day(stay.start) && ` – ${day(stay.end)}`}
                </span>
                <b>
                  <EvidenceWords text={stay.place} />
                  <RiskMark risk={stay.risk} />
                </b>
                <span className="soft small">
                  {t.timeline.basis[stay.basis] ?? stay.basis}, {many(stay.events.length, "event")}
                </span>
              </button>
              {gap && (
                <p className="gap small">
                  {t.timeline.gap(gap.days, gap.from.place, gap.to.place)}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
