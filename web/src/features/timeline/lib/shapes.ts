// GeoJSON of what a case says about places.
import type { Feature, FeatureCollection, LineString, Point, Polygon } from "geojson";
import type { Event, Stay } from "@/api/types";
import { gaps, steps } from "./window";

const EARTH = 6_371_000; // metres
const LARGEST = 150_000; // metres; a wider circle says no more than the list does

export interface Spot {
  ids: string[];
  kind: string;
  lat: number;
  lon: number;
  error: number;
}

/** Events that share a position, as one spot, coloured by their commonest kind. */
export function spots(events: readonly Event[]): Spot[] {
  const found = new Map<string, { spot: Spot; kinds: Map<string, number> }>();
  for (const event of events) {
    if (event.lat === null || event.lon === null) continue;
    const key = `${event.lat.toFixed(4)} ${event.lon.toFixed(4)}`;
    let here = found.get(key);
    if (!here) {
      const spot = { ids: [], kind: event.kind, lat: event.lat, lon: event.lon, error: 0 };
      here = { spot, kinds: new Map() };
      found.set(key, here);
    }
    here.spot.ids.push(event.id);
    here.spot.error = Math.max(here.spot.error, event.place_error ?? 0);
    here.kinds.set(event.kind, (here.kinds.get(event.kind) ?? 0) + 1);
  }
  return [...found.values()].map(({ spot, kinds }) => ({
    ...spot,
    kind: [...kinds].sort((a, b) => b[1] - a[1])[0]?.[0] ?? spot.kind,
  }));
}

export function points(found: readonly Spot[], pick: string | undefined): FeatureCollection<Point> {
  return collection(
    found.map((spot, index) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [spot.lon, spot.lat] },
      properties: {
        index,
        kind: spot.kind,
        count: spot.ids.length,
        picked: pick !== undefined && spot.ids.includes(pick),
      },
    })),
  );
}

/** Circles of uncertainty, at true size on the ground. */
export function circles(found: readonly Spot[]): FeatureCollection<Polygon> {
  return collection(
    found
      .filter((spot) => spot.error > 0 && spot.error <= LARGEST)
      .map((spot) => ({
        type: "Feature",
        geometry: { type: "Polygon", coordinates: [circle(spot.lon, spot.lat, spot.error)] },
        properties: { kind: spot.kind },
      })),
  );
}

export function circle(lon: number, lat: number, metres: number): [number, number][] {
  const up = (metres / EARTH) * (180 / Math.PI);
  const across = up / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: 49 }, (_, i) => {
    const angle = (i / 48) * 2 * Math.PI;
    return [lon + across * Math.cos(angle), lat + up * Math.sin(angle)];
  });
}

export function rings(stays: readonly Stay[]): FeatureCollection<Point> {
  return collection(
    placed(stays).map((stay) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [stay.lon, stay.lat] },
      properties: { basis: stay.basis, place: stay.place },
    })),
  );
}

/** A line from each stay to the next; one over a gap is marked as such. */
export function ways(stays: readonly Stay[]): FeatureCollection<LineString> {
  const open = new Set(gaps(stays).map((gap) => gap.to));
  return collection(
    steps(placed(stays)).map(([a, b]) => ({
      type: "Feature",
      geometry: {
        type: "LineString",
        coordinates: [
          [a.lon ?? 0, a.lat ?? 0],
          [b.lon ?? 0, b.lat ?? 0],
        ],
      },
      properties: { gap: open.has(b) },
    })),
  );
}

const placed = (stays: readonly Stay[]) =>
  stays
    .filter((stay) => stay.lat !== null && stay.lon !== null)
    .map((stay) => stay as Stay & { lat: number; lon: number });

function collection<G extends Point | Polygon | LineString>(
  features: Feature<G>[],
): FeatureCollection<G> {
  return { type: "FeatureCollection", features };
}
