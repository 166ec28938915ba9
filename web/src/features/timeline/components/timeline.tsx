// Timeline and map in step: the time brushed below decides what the map and the list show.
import { lazy, Suspense, useMemo } from "react";
import type { Event, Movements } from "@/api/types";
import { Answered, Loading } from "@/components/async";
import { day } from "@/lib/time";
import { useParams } from "@/lib/url";
import { t } from "@/strings";
import { CAP, useMovements, useTimeline } from "../api/get-timeline";
import { extent, type Window, within } from "../lib/window";
import { Bar } from "./bar";
import { Beside } from "./beside";
import { Strip } from "./strip";
import "./timeline.css";

const PlaceMap = lazy(() => import("./place-map"));
const NONE: Movements = { stays: [], contradictions: [], coarsened: false };

export default function Timeline() {
  const [params] = useParams();
  const id = params.get("id") ?? undefined;
  const whole = useTimeline(id, undefined, undefined);
  // What does not fit is read again for the time that is chosen.
  const large = (whole.data?.total ?? 0) > CAP;
  const timeline = useTimeline(
    id,
    (large && params.get("since")) || undefined,
    (large && params.get("until")) || undefined,
  );
  const movements = useMovements(id);
  return (
    <Answered query={timeline}>
      {({ events, total }) => (
        <Linked events={events} total={total} movements={movements.data ?? NONE} id={id} />
      )}
    </Answered>
  );
}

interface Props {
  events: Event[];
  total: number;
  movements: Movements;
  id: string | undefined;
}

function Linked({ events, total, movements, id }: Props) {
  const [params, change] = useParams();
  const off = params.get("off") ?? "";
  const pick = params.get("pick") ?? undefined;
  const window = chosen(params.get("since"), params.get("until"));
  const whole = useMemo(
    () =>
      extent([
        ...events.flatMap((event) => (event.time ? [Date.parse(event.time)] : [])),
        ...movements.stays.flatMap((stay) => [Date.parse(stay.start), Date.parse(stay.end)]),
      ]),
    [events, movements],
  );
  const ofKind = useMemo(() => {
    const hidden = new Set(off.split(",").filter(Boolean));
    return events.filter((event) => !hidden.has(event.kind));
  }, [events, off]);
  const from = window?.from;
  const to = window?.to;
  const shown = useMemo(
    () =>
      ofKind.filter((event) =>
        within(event, from === undefined || to === undefined ? null : { from, to }),
      ),
    [ofKind, from, to],
  );
  const stays = useMemo(
    () =>
      movements.stays.filter(
        (stay) =>
          from === undefined ||
          to === undefined ||
          (Date.parse(stay.start) < to && Date.parse(stay.end) >= from),
      ),
    [movements, from, to],
  );
  const brush = (wanted: Window | null) =>
    change({
      since: wanted ? day(wanted.from) : "",
      until: wanted ? day(wanted.to - 1) : "",
    });
  return (
    <div className="timeline">
      <Bar events={events} total={total} shown={shown.length} id={id} />
      <div className="place">
        <Suspense fallback={<Loading />}>
          <PlaceMap
            events={shown}
            stays={stays}
            pick={pick}
            onPick={(event) => change({ pick: event }, true)}
          />
        </Suspense>
        {movements.coarsened && <p className="notice warn coarse">{t.timeline.coarsened}</p>}
      </div>
      <Beside
        events={shown}
        movements={movements}
        stays={stays}
        pick={pick}
        onPick={(event) => change({ pick: event }, true)}
      />
      {whole ? (
        <Strip events={ofKind} stays={movements.stays} whole={whole} window={window} brush={brush} />
      ) : (
        <p className="empty strip">{t.timeline.noTime}</p>
      )}
    </div>
  );
}

function chosen(since: string | null, until: string | null): Window | null {
  if (!since && !until) return null;
  const from = Date.parse(`${since ?? "0001-01-01"}T00:00:00Z`);
  const to = Date.parse(`${until ?? "9999-12-31"}T23:59:59.999Z`);
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from, to };
}
