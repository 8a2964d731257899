// Protection zones on the map of the results: hatched by kind, as of the day that is chosen beside it.
import type { GeoJSONSource, MapGeoJSONFeature } from "maplibre-gl";
import { type MapLibre, token } from "./base";

const ASK_AFTER = 150; // milliseconds without a movement before the view is asked for
const FROM = 6; // zoom from which zones are asked for; the server says nothing of a wider view
const TILE = 24; // units of a hatching

interface Zones extends GeoJSON.FeatureCollection { more: boolean }

export function addZones(map: MapLibre): void {
  map.addSource("zones", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  paintImages(map);
  map.addLayer({ id: "zones", type: "fill", source: "zones", minzoom: FROM, paint: { "fill-pattern": ["concat", "zone", ["to-string", ["get", "kind"]]] } });
  map.addLayer({ id: "zone-edges", type: "line", source: "zones", minzoom: FROM, paint: { "line-width": 2, "line-dasharray": ["case", ["get", "perhaps"], ["literal", [3, 2]], ["literal", [1, 0]]] } });
}

export function paintZones(map: MapLibre): void {
  paintImages(map);
  map.setPaintProperty("zone-edges", "line-color", token("firuza"));
}

/** The hatchings of the legend as images of the map, in the ink of the theme. */
function paintImages(map: MapLibre): void {
  const ratio = 2;
  for (const pattern of document.querySelectorAll<SVGPatternElement>(".zone-patterns pattern")) {
    const canvas = Object.assign(document.createElement("canvas"), { width: TILE * ratio, height: TILE * ratio });
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.scale(ratio, ratio);
    pen.strokeStyle = token("firuza");
    pen.lineWidth = 1.6;
    for (const path of pattern.querySelectorAll("path")) pen.stroke(new Path2D(path.getAttribute("d") ?? ""));
    const image = pen.getImageData(0, 0, canvas.width, canvas.height);
    if (map.hasImage(pattern.id)) map.updateImage(pattern.id, image);
    else map.addImage(pattern.id, image, { pixelRatio: ratio });
  }
}

/** Fills the map with the zones in view, now, after every movement and for another day; the legend names what is there. */
export function followZones(map: MapLibre, figure: HTMLElement, shown: () => string): void {
  const panel = figure.querySelector<HTMLElement>(".zones-shown");
  const asOf = panel?.querySelector<HTMLInputElement>("input[type=date]");
  if (!panel || !asOf) return;
  let timer = 0;
  let asking = new AbortController();
  const ask = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    if (map.getZoom() < FROM || !asOf.value) return legend(panel, null);
    const address = new URL(figure.dataset.zones ?? "", location.href);
    address.searchParams.set("bbox", shown());
    address.searchParams.set("as_of", asOf.value);
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) return;
    const found = (await answer.json()) as Zones;
    map.getSource<GeoJSONSource>("zones")?.setData({ type: "FeatureCollection", features: found.features });
    legend(panel, found, panel.contains(document.activeElement));
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask().catch(() => undefined), ASK_AFTER);
  };
  map.on("moveend", soon);
  asOf.addEventListener("change", soon);
  soon();
}

/** What stands beside the map is what is on it; it stays while somebody chooses a day, though no zone is left. */
function legend(panel: HTMLElement, found: Zones | null, stays = false): void {
  const kinds = new Set(found?.features.map(({ properties }) => String(properties?.kind)));
  panel.hidden = !kinds.size && !stays;
  for (const row of panel.querySelectorAll<HTMLElement>("[data-zone]")) row.hidden = !kinds.has(row.dataset.zone ?? "");
  const more = panel.querySelector<HTMLElement>("[data-more]");
  if (more) more.hidden = !found?.more;
}

/** The zones at one place, each with its object. */
export function zoneNamed(features: MapGeoJSONFeature[], perhaps: string): HTMLElement {
  const list = document.createElement("ul");
  list.className = "map-names";
  for (const { properties } of new Map(features.map((one) => [`${one.properties.url} ${one.properties.zone} ${one.properties.when}`, one])).values()) {
    const row = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: String(properties.url), lang: String(properties.lang), textContent: String(properties.title) });
    const said = [properties.zone, properties.when, properties.perhaps ? perhaps : ""].filter(Boolean).join(" · ");
    row.append(Object.assign(document.createElement("p"), { textContent: said }), link);
    list.append(row);
  }
  return list;
}
