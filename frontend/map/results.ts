// The results of a search on a map. It asks for what lies in view, under the same rights and filters as the list;
// the list stands beside it and can be narrowed to what the map shows.
import { type ExpressionSpecification, type GeoJSONSource, type MapGeoJSONFeature, Popup } from "maplibre-gl";
import { baseMap, type Box, coordinates, font, type MapLibre, onTheme, token } from "./base";
import { addZones, followZones, paintZones, zoneNamed } from "./zones";

const ASK_AFTER = 150; // milliseconds without a movement before the view is asked for
const PLACES = 5; // decimals of the coordinates of a record: a metre
const CLOSER = 15; // zoom from which nothing is gathered into one any more
const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

function layers(map: MapLibre): void {
  addZones(map);
  map.addSource("shapes", { type: "geojson", data: NOTHING });
  map.addSource("points", { type: "geojson", data: NOTHING, cluster: true, clusterRadius: 50, clusterMaxZoom: CLOSER, clusterProperties: { all: ["+", ["get", "count"]] } });
  const all: ExpressionSpecification = ["coalesce", ["get", "all"], ["get", "count"], 1];
  const many: ExpressionSpecification = [">", all, 1];
  map.addLayer({ id: "shapes", type: "fill", source: "shapes", minzoom: 6, paint: { "fill-opacity": 0.16 } });
  map.addLayer({ id: "outlines", type: "line", source: "shapes", minzoom: 6, paint: { "line-width": 1.5, "line-dasharray": ["case", ["get", "near"], ["literal", [2, 2]], ["literal", [1, 0]]] } });
  map.addLayer({ id: "clusters", type: "circle", source: "points", filter: many, paint: { "circle-radius": ["step", all, 14, 10, 18, 100, 23, 1000, 28], "circle-stroke-width": 2 } });
  map.addLayer({ id: "numbers", type: "symbol", source: "points", filter: many, layout: { "text-field": ["to-string", all], "text-font": [font()], "text-size": 13, "text-allow-overlap": true } });
  map.addLayer({ id: "records", type: "circle", source: "points", filter: ["!", many], paint: { "circle-radius": 7, "circle-stroke-width": ["case", ["==", ["get", "near"], true], 3, 2] } });
}

function paint(map: MapLibre): void {
  const [ink, paper, on] = ["firuza", "surface", "on-firuza"].map(token) as [string, string, string];
  const ring: ExpressionSpecification = ["==", ["get", "near"], true];
  map.setPaintProperty("shapes", "fill-color", ink);
  map.setPaintProperty("outlines", "line-color", ink);
  map.setPaintProperty("clusters", "circle-color", ink);
  map.setPaintProperty("clusters", "circle-stroke-color", paper);
  map.setPaintProperty("numbers", "text-color", on);
  map.setPaintProperty("records", "circle-color", ["case", ring, paper, ink]);
  map.setPaintProperty("records", "circle-stroke-color", ["case", ring, ink, paper]);
}

const shown = (map: MapLibre): string => {
  const bounds = map.getBounds();
  const kept = (n: number, most: number): string => Math.max(-most, Math.min(most, n)).toFixed(5);
  return [kept(bounds.getWest(), 180), kept(bounds.getSouth(), 85), kept(bounds.getEast(), 180), kept(bounds.getNorth(), 85)].join(",");
};

/** Fills the map with what lies in view, now and after every movement. */
function follow(map: MapLibre, figure: HTMLElement): void {
  let timer = 0;
  let asking = new AbortController();
  const ask = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const address = new URL(figure.dataset.points ?? "", location.href);
    address.searchParams.set("bbox", shown(map));
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const { features } = (await answer.json()) as GeoJSON.FeatureCollection;
    const place = (id: string, kept: GeoJSON.Feature[]): void => void map.getSource<GeoJSONSource>(id)?.setData({ type: "FeatureCollection", features: kept });
    place("points", features.filter(({ geometry }) => geometry.type === "Point"));
    place("shapes", features.filter(({ geometry }) => geometry.type !== "Point"));
    map.once("idle", () => figure.removeAttribute("aria-busy"));
  };
  const quietly = (): void => {
    figure.setAttribute("aria-busy", "true");
    void ask().catch(({ name }: Error) => {
      if (name !== "AbortError") figure.removeAttribute("aria-busy");
    });
  };
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = window.setTimeout(quietly, ASK_AFTER);
  });
  quietly();
}

function named(features: MapGeoJSONFeature[], near: string, at: (feature: MapGeoJSONFeature) => string): HTMLElement {
  const list = document.createElement("ul");
  list.className = "map-names";
  for (const feature of features) {
    const { properties } = feature;
    const link = Object.assign(document.createElement("a"), { href: String(properties.url), lang: String(properties.lang), textContent: String(properties.title) });
    const row = document.createElement("li");
    row.append(link);
    row.append(Object.assign(document.createElement("p"), { className: "soft small", textContent: properties.near ? near : at(feature) }));
    list.append(row);
  }
  return list;
}

function open(map: MapLibre, figure: HTMLElement, frame: HTMLElement): void {
  map.on("click", "records", ({ features = [], lngLat }) => {
    const records = [...new Map(features.filter(({ properties }) => properties.url).map((f) => [f.properties.url, f])).values()];
    if (!records.length) return void map.easeTo({ center: lngLat, zoom: map.getZoom() + 2 });
    const at = ({ properties }: MapGeoJSONFeature): string => coordinates(frame, Number(properties.lon), Number(properties.lat), PLACES);
    new Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(lngLat).setDOMContent(named(records, figure.dataset.near ?? "", at)).addTo(map);
  });
  map.on("click", "zones", ({ features = [], lngLat, point }) => {
    if (map.queryRenderedFeatures(point, { layers: ["records", "clusters"] }).length) return;
    new Popup({ maxWidth: "20rem", focusAfterOpen: true }).setLngLat(lngLat).setDOMContent(zoneNamed(features, figure.dataset.perhaps ?? "")).addTo(map);
  });
  map.on("click", "clusters", async ({ features = [], lngLat }) => {
    const id: unknown = features[0]?.properties.cluster_id;
    const source = map.getSource<GeoJSONSource>("points");
    const zoom = typeof id === "number" && source ? await source.getClusterExpansionZoom(id) : 0;
    map.easeTo({ center: lngLat, zoom: Math.max(zoom, map.getZoom() + 1) });
  });
  for (const layer of ["records", "clusters", "zones"]) {
    map.on("mouseenter", layer, () => void (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => void (map.getCanvas().style.cursor = ""));
  }
}

/** The same search as a list that is sorted by the distance from a place. */
function from(near: string): string {
  const address = new URL(location.href);
  for (const name of ["page", "sort", "view"]) address.searchParams.delete(name);
  address.searchParams.set("near", near);
  return address.href;
}

/** "List what the map shows": the same page, narrowed to the box in view. */
function startListing(map: MapLibre, figure: HTMLElement): void {
  const link = figure.querySelector<HTMLAnchorElement>("[data-here]");
  const nearest = figure.querySelector<HTMLAnchorElement>("[data-middle]");
  if (!link || !nearest) return;
  const aim = (): void => {
    const { lat, lng } = map.getCenter().wrap();
    nearest.href = from(`${lat.toFixed(4)},${lng.toFixed(4)}`);
    nearest.hidden = false;
    const address = new URL(location.href);
    address.searchParams.set("bbox", shown(map));
    address.searchParams.delete("page");
    link.href = address.href;
    link.hidden = false;
  };
  map.on("moveend", aim);
  aim();
}

async function start(figure: HTMLElement): Promise<void> {
  const live = figure.querySelector<HTMLElement>(".map-live");
  const frame = figure.querySelector<HTMLElement>(".map-frame");
  const picture = figure.querySelector<SVGElement>("svg");
  if (!live || !frame || !picture) return;
  live.hidden = false;
  picture.setAttribute("hidden", "");
  try {
    const map = await baseMap(frame, figure.dataset.box?.split(",").map(Number) as Box);
    layers(map);
    map.once("remove", onTheme(() => {
      paint(map);
      paintZones(map);
    }));
    follow(map, figure);
    followZones(map, figure, () => shown(map));
    open(map, figure, frame);
    startListing(map, figure);
  } catch {
    live.hidden = true;
    picture.removeAttribute("hidden");
  }
}

for (const figure of document.querySelectorAll<HTMLElement>(".results-map")) void start(figure);
