// How the map is drawn: land and borders of Natural Earth, towns by name, then the case.
import type { FeatureCollection } from "geojson";
import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";
import type { Town } from "@/api/types";
import { colour, KINDS } from "@/lib/colours";

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

export function style(land: string, borders: string, towns: readonly Town[]): StyleSpecification {
  const accent = colour("--accent");
  const surface = colour("--surface");
  const byKind: ExpressionSpecification = [
    "match",
    ["get", "kind"],
    ...KINDS.flatMap((kind) => [kind, colour(`--kind-${kind}`)]),
    colour("--ink-soft"),
  ] as unknown as ExpressionSpecification;
  const size: ExpressionSpecification = ["+", 4.5, ["*", 1.6, ["ln", ["get", "count"]]]];
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: land },
      borders: { type: "geojson", data: borders },
      towns: { type: "geojson", data: named(towns) },
      circles: { type: "geojson", data: EMPTY },
      ways: { type: "geojson", data: EMPTY },
      rings: { type: "geojson", data: EMPTY },
      points: { type: "geojson", data: EMPTY },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--map-sea") } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--map-land") } },
      {
        id: "borders",
        type: "line",
        source: "borders",
        paint: { "line-color": colour("--map-border"), "line-width": 0.9 },
      },
      {
        id: "towns",
        type: "symbol",
        source: "towns",
        layout: {
          "text-field": ["get", "name"],
          "text-font": ["sans-serif"],
          "text-size": ["interpolate", ["linear"], ["get", "weight"], 4.7, 10.5, 7, 14],
          "text-padding": 6,
          "text-anchor": "top", // below the town's own position, where the case's points stand
          "text-offset": [0, 0.55],
          "symbol-sort-key": ["-", ["get", "weight"]],
        },
        filter: [">=", ["get", "weight"], ["-", 7.1, ["*", 0.33, ["zoom"]]]],
        paint: {
          "text-color": colour("--map-label"),
          "text-halo-color": colour("--map-land"),
          "text-halo-width": 1.4,
        },
      },
      {
        id: "circles",
        type: "fill",
        source: "circles",
        paint: { "fill-color": byKind, "fill-opacity": 0.13, "fill-outline-color": byKind },
      },
      {
        id: "ways",
        type: "line",
        source: "ways",
        filter: ["!", ["get", "gap"]],
        paint: { "line-color": accent, "line-width": 2, "line-opacity": 0.7 },
      },
      {
        id: "ways-gap",
        type: "line",
        source: "ways",
        filter: ["get", "gap"],
        paint: {
          "line-color": accent,
          "line-width": 1.6,
          "line-opacity": 0.7,
          "line-dasharray": [2, 3],
        },
      },
      {
        id: "rings",
        type: "circle",
        source: "rings",
        paint: {
          "circle-radius": 12,
          "circle-color": accent,
          "circle-opacity": ["match", ["get", "basis"], "observed", 0.25, 0],
          "circle-stroke-color": accent,
          "circle-stroke-width": 2,
        },
      },
      {
        id: "points",
        type: "circle",
        source: "points",
        paint: {
          "circle-radius": size,
          "circle-color": byKind,
          "circle-opacity": 0.88,
          "circle-stroke-color": ["case", ["get", "picked"], colour("--warn"), surface],
          "circle-stroke-width": ["case", ["get", "picked"], 4, 1.2],
        },
      },
    ],
  };
}

function named(towns: readonly Town[]): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: towns.map((town) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [town.lon, town.lat] },
      properties: { name: town.name, weight: Math.log10(town.people) },
    })),
  };
}
