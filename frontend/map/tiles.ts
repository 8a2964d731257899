// Vector tiles of the node's own, between the land and the names: areas, lines and what they are called, whatever the
// scheme of the file is. They come from the node itself.
import type { ExpressionSpecification, Map as MapLibre } from "maplibre-gl";

export interface Tiles {
  name: string;
  url: string;
  zooms: [number, number];
  box: [number, number, number, number];
  layers: string[];
  attribution: string;
}

const WATER = /water|ocean|sea|lake|river/i;
const BEFORE = "coast"; // the layer of the base above the tiles

const shaped = (sort: string): ExpressionSpecification => ["in", ["geometry-type"], ["literal", [sort, `Multi${sort}`]]];

const parts = (tiles: Tiles): [id: string, layer: string][] => tiles.layers.map((layer, n) => [`tiles-${tiles.name}-${n}`, layer]);

export function addTiles(map: MapLibre, every: Tiles[], typeface: string): void {
  const { lang } = document.documentElement;
  const called: ExpressionSpecification = ["coalesce", ["get", `name:${lang}`], ["get", `name_${lang}`], ["get", "name"], ""];
  for (const tiles of every) {
    const source = `tiles-${tiles.name}`;
    map.addSource(source, { type: "vector", tiles: [location.origin + tiles.url], minzoom: tiles.zooms[0], maxzoom: tiles.zooms[1], bounds: tiles.box });
    for (const [id, layer] of parts(tiles)) map.addLayer({ id: `${id}-area`, type: "fill", source, "source-layer": layer, filter: shaped("Polygon"), paint: { "fill-opacity": WATER.test(layer) ? 1 : 0.08 } }, BEFORE);
    for (const [id, layer] of parts(tiles)) map.addLayer({ id: `${id}-line`, type: "line", source, "source-layer": layer, filter: shaped("LineString"), paint: { "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.4, 16, 2] } }, BEFORE);
    for (const [id, layer] of parts(tiles)) map.addLayer({ id: `${id}-name`, type: "symbol", source, "source-layer": layer, filter: shaped("Point"), layout: { "text-field": called, "text-font": [typeface], "text-size": 12 }, paint: { "text-halo-width": 1.25 } });
  }
}

/** Colours of the theme, as `token` names them. */
export function paintTiles(map: MapLibre, every: Tiles[], token: (name: string) => string): void {
  for (const [id, layer] of every.flatMap(parts)) {
    map.setPaintProperty(`${id}-area`, "fill-color", token(WATER.test(layer) ? "map-sea" : "ink-soft"));
    map.setPaintProperty(`${id}-line`, "line-color", token(WATER.test(layer) ? "firuza" : "edge"));
    map.setPaintProperty(`${id}-name`, "text-color", token("ink-soft"));
    map.setPaintProperty(`${id}-name`, "text-halo-color", token("map-land"));
  }
}
