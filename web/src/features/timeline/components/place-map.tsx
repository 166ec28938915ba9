// Where things happened: events by kind, stays and the ways between them, and how uncertain it is.
import type { GeoJSONSource, Map as GlMap, MapMouseEvent } from "maplibre-gl";
import { useCallback, useEffect, useMemo, useRef } from "react";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Event, Stay } from "@/api/types";
import { t } from "@/strings";
import { useTowns } from "../api/get-gazetteer";
import { circles, points, rings, type Spot, spots, ways } from "../lib/shapes";
import "./place-map.css";
import { type Ready, useMap } from "./use-map";

interface Props {
  events: readonly Event[];
  stays: readonly Stay[];
  pick: string | undefined;
  onPick: (id: string) => void;
}

export default function PlaceMap({ events, stays, pick, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useMap(box, useTowns().data);
  const found = useMemo(() => spots(events), [events]);
  const fit = useFit(map, found, stays);
  useData(map, found, stays, pick);
  usePick(map, found, pick, onPick);
  return (
    <div className="place-map" data-ready={map !== null && map !== "failed"}>
      <div ref={box} className="canvas" role="region" aria-label={t.timeline.map} />
      {map === "failed" && <p className="notice warn">{t.timeline.mapFailed}</p>}
      <button type="button" className="button fit" onClick={fit}>
        {t.timeline.fit}
      </button>
      <p className="credit">
        {t.timeline.legend} {t.timeline.credit}
      </p>
    </div>
  );
}

function useData(
  map: Ready,
  found: readonly Spot[],
  stays: readonly Stay[],
  pick: string | undefined,
) {
  useEffect(() => {
    if (!map || map === "failed") return;
    const set = (name: string, data: GeoJSON.GeoJSON) =>
      void map.getSource<GeoJSONSource>(name)?.setData(data);
    set("points", points(found, pick));
    set("circles", circles(found));
    set("rings", rings(stays));
    set("ways", ways(stays));
  }, [map, found, stays, pick]);
}

/** Frames the data when a map or another case's data comes, not at every brush stroke. */
function useFit(map: Ready, found: readonly Spot[], stays: readonly Stay[]) {
  const fitted = useRef<GlMap>(null);
  const fit = useCallback(() => {
    if (!map || map === "failed") return;
    const all = [...found, ...stays].flatMap(({ lon, lat }) =>
      lon === null || lat === null ? [] : [{ lon, lat }],
    );
    if (!all.length) return;
    const lons = all.map((one) => one.lon);
    const lats = all.map((one) => one.lat);
    map.fitBounds(
      [
        [Math.min(...lons), Math.min(...lats)],
        [Math.max(...lons), Math.max(...lats)],
      ],
      { padding: 70, maxZoom: 8, animate: false },
    );
  }, [map, found, stays]);
  useEffect(() => {
    if (!map || map === "failed" || fitted.current === map || !found.length) return;
    fitted.current = map;
    fit();
  }, [map, found, fit]);
  return fit;
}

/** A click picks an event; further clicks on a spot walk through the events that share it. */
function usePick(
  map: Ready,
  found: readonly Spot[],
  pick: string | undefined,
  onPick: (id: string) => void,
) {
  useEffect(() => {
    if (!map || map === "failed") return;
    const click = (event: MapMouseEvent) => {
      const { x, y } = event.point;
      const [feature] = map.queryRenderedFeatures(
        [
          [x - 4, y - 4],
          [x + 4, y + 4],
        ],
        { layers: ["points"] },
      );
      const spot = found[Number(feature?.properties["index"])];
      if (!spot) return;
      const next = spot.ids[(spot.ids.indexOf(pick ?? "") + 1) % spot.ids.length];
      if (next) onPick(next);
    };
    const over = () => {
      map.getCanvas().style.cursor = "pointer";
    };
    const out = () => {
      map.getCanvas().style.cursor = "";
    };
    map.on("click", click);
    map.on("mouseenter", "points", over);
    map.on("mouseleave", "points", out);
    return () => {
      map.off("click", click);
      map.off("mouseenter", "points", over);
      map.off("mouseleave", "points", out);
    };
  }, [map, found, pick, onPick]);
}
