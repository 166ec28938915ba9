// The life of one MapLibre map in one element.
import * as maplibre from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { useEffect, useState } from "react";
import type { Town } from "@/api/types";
import bordersUrl from "../shapes/borders.geojson?url";
import landUrl from "../shapes/land.geojson?url";
import { style } from "../lib/style";

maplibre.setWorkerUrl(workerUrl);

export type Ready = maplibre.Map | "failed" | null;

/** The map once it is drawn; "failed" where there is no WebGL. */
export function useMap(box: React.RefObject<HTMLElement | null>, towns?: readonly Town[]): Ready {
  const [map, setMap] = useState<Ready>(null);
  const [scheme, setScheme] = useState(0);
  useEffect(() => {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const change = () => setScheme((n) => n + 1);
    dark.addEventListener("change", change);
    return () => dark.removeEventListener("change", change);
  }, []);
  useEffect(() => {
    if (!box.current || !towns) return;
    let made: maplibre.Map;
    try {
      made = new maplibre.Map({
        container: box.current,
        style: style(absolute(landUrl), absolute(bordersUrl), towns),
        center: [5, 30],
        zoom: 1.4,
        maxZoom: 12,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        fadeDuration: 0,
      });
    } catch {
      setMap("failed");
      return;
    }
    made.touchZoomRotate.disableRotation();
    made.addControl(new maplibre.NavigationControl({ showCompass: false }), "bottom-right");
    made.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-left");
    made.once("load", () => setMap(made));
    return () => {
      setMap(null);
      made.remove();
    };
  }, [box, towns, scheme]);
  return map;
}

// The worker resolves addresses against itself, which is not where the page is.
const absolute = (url: string) => new URL(url, window.location.href).href;
