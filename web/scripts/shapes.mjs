// Writes the map's land and borders as GeoJSON from Natural Earth's shapes (public domain, 1:50 m).
// The shapes are stitched over the antimeridian, which smears Russia and Fiji across a flat map:
// projecting them to degrees cuts them there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
const folder = new URL("../src/features/timeline/shapes/", import.meta.url);
const flat = () =>
  geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).precision(0).reflectY(true);
const rounded = (_, value) => (typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value);

function write(name, shape) {
  const target = new URL(name, folder);
  const text = JSON.stringify(geoProject(shape, flat()), rounded);
  if (!existsSync(target) || readFileSync(target, "utf8") !== text) writeFileSync(target, text);
}

mkdirSync(folder, { recursive: true });
const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
write("land.geojson", feature(atlas, atlas.objects.land));
write("borders.geojson", mesh(atlas, atlas.objects.countries, (a, b) => a !== b));
