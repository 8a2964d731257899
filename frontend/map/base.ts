// The base that every map of the node stands on: land, coasts and borders from our own files, names drawn with the
// fonts of the page, colours from the tokens of the style sheet. Nothing is asked of another host.
import { Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl, type ExpressionSpecification, type GeoJSONSource, type StyleSpecification } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import { digits } from "./shapes";
import { addTiles, paintTiles, type Tiles } from "./tiles";

export type { MapLibre };

/** What the server says about the base: names in the reader's language, and which countries are the node's own. */
interface Base {
  atlas: string;
  names: Record<string, string>;
  own: string[];
  boxes: Record<string, Box>;
  tiles: Tiles[];
  cities: [lon: number, lat: number, people: number, name: string][];
}

export type Box = [west: number, south: number, east: number, north: number];

interface Land {
  id?: string | number;
  properties: { at?: [number, number]; size?: number };
  geometry: GeoJSON.Geometry;
}

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const WIDE = 512 / 360; // pixels of a degree of longitude at zoom 0
// How many people a city has at least to be named: at first, then a zoom and how many from there on.
const PEOPLE: [number, ...number[]] = [5_000_000, 3, 1_000_000, 4, 300_000, 5, 100_000, 6, 40_000, 7, 15_000, 8, 5_000, 9, 0];
const GEONAMES = "GeoNames (CC BY 4.0)";
const NAME = 22; // pixels of free ground around its middle that a country needs to be named

setWorkerUrl(new URL("worker.js", import.meta.url).href);

/** The typeface of the interface; what it lacks, the browser takes from elsewhere. */
export const font = (): string => getComputedStyle(document.body).fontFamily.split(",")[0]?.replaceAll('"', "") ?? "sans-serif";

/** A colour of the style sheet as it is now, in the light or the dark theme. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const COLOURS: [layer: string, property: "background-color" | "fill-color" | "line-color" | "text-color" | "text-halo-color" | "circle-color" | "circle-stroke-color", token: string][] = [
  ["sea", "background-color", "map-sea"],
  ["land", "fill-color", "map-land"],
  ["own", "fill-color", "map-own"],
  ["coast", "line-color", "edge"],
  ["border", "line-color", "edge"],
  ["name", "text-color", "ink-soft"],
  ["name", "text-halo-color", "map-land"],
  ["city", "circle-color", "ink-soft"],
  ["city", "circle-stroke-color", "map-own"],
  ["city-name", "text-color", "ink-soft"],
  ["city-name", "text-halo-color", "map-own"],
  ["own-name", "text-color", "ink"],
  ["own-name", "text-halo-color", "map-own"],
];

function paint(map: MapLibre): void {
  for (const [layer, property, name] of COLOURS) map.setPaintProperty(layer, property, token(name));
}

/** Calls `act` at once and whenever the theme of the page changes. */
export function onTheme(act: () => void): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const watcher = new MutationObserver(act);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", act);
  act();
  return () => {
    watcher.disconnect();
    system.removeEventListener("change", act);
  };
}

function style(): StyleSpecification {
  const source = (): { type: "geojson"; data: GeoJSON.FeatureCollection } => ({ type: "geojson", data: NOTHING });
  const text = (size: number) => ({ "text-field": ["get", "name"] as ExpressionSpecification, "text-font": [font()], "text-size": size, "text-max-width": 7, "symbol-sort-key": ["-", 0, ["get", "size"]] as ExpressionSpecification });
  const roomy: ExpressionSpecification = [">", ["get", "size"], ["step", ["zoom"], NAME / WIDE, ...steps()]];
  const known: ExpressionSpecification = [">=", ["get", "people"], ["step", ["zoom"], ...PEOPLE]];
  return {
    version: 8,
    sources: { land: source(), own: source(), coast: source(), border: source(), name: source(), city: source() },
    layers: [
      { id: "sea", type: "background" },
      { id: "land", type: "fill", source: "land" },
      { id: "own", type: "fill", source: "own" },
      { id: "coast", type: "line", source: "coast", paint: { "line-width": 0.75 } },
      { id: "border", type: "line", source: "border", paint: { "line-width": 1, "line-dasharray": [3, 2] } },
      { id: "city", type: "circle", source: "city", filter: known, paint: { "circle-radius": ["step", ["get", "people"], 2, 100_000, 3, 1_000_000, 4], "circle-stroke-width": 1 } },
      { id: "city-name", type: "symbol", source: "city", filter: known, layout: { "text-field": ["get", "name"], "text-font": [font()], "text-size": ["step", ["get", "people"], 11, 100_000, 12, 1_000_000, 14], "text-anchor": "left", "text-offset": [0.5, 0], "symbol-sort-key": ["-", 0, ["get", "people"]] }, paint: { "text-halo-width": 1.25 } },
      { id: "name", type: "symbol", source: "name", filter: ["all", ["!", ["get", "own"]], roomy], layout: text(12), paint: { "text-halo-width": 1.25 } },
      { id: "own-name", type: "symbol", source: "name", filter: ["get", "own"], layout: text(15), paint: { "text-halo-width": 1.5 } },
    ],
  };
}

/** Zoom after zoom, the least free ground in degrees around the middle of a country that is named there. */
function steps(): number[] {
  return Array.from({ length: 10 }, (_, n) => [n + 1, NAME / (WIDE * 2 ** (n + 1))]).flat();
}

type Nested = number[] | Nested[];

/** Lines that step over 180° go on beyond it, instead of back around the whole earth. */
function unbroken(coordinates: Nested): Nested {
  if (typeof (coordinates as Nested[])[0]?.[0] !== "number") return (coordinates as Nested[]).map(unbroken);
  let turns = 0;
  return (coordinates as number[][]).map(([lon = 0, lat = 0], n, line) => {
    const step = lon - (line[n - 1]?.[0] ?? lon);
    if (Math.abs(step) > 180) turns -= Math.sign(step);
    return [lon + turns * 360, lat];
  });
}

function whole(drawn: GeoJSON.Feature | GeoJSON.FeatureCollection | GeoJSON.Geometry): GeoJSON.GeoJSON {
  if (drawn.type === "FeatureCollection") return { ...drawn, features: drawn.features.map((one) => whole(one) as GeoJSON.Feature) };
  if (drawn.type === "Feature") return { ...drawn, geometry: whole(drawn.geometry) as GeoJSON.Geometry };
  return "coordinates" in drawn ? ({ ...drawn, coordinates: unbroken(drawn.coordinates as Nested) } as GeoJSON.Geometry) : drawn;
}

async function fill(map: MapLibre, base: Base): Promise<void> {
  const topology = await (await fetch(base.atlas)).json();
  const own = new Set(base.own);
  const countries = topology.objects.countries;
  const lands = (feature(topology, countries) as unknown as { features: Land[] }).features;
  const names = lands.flatMap(({ id, properties }) => {
    const name = base.names[String(id)];
    return name && properties.at ? [{ type: "Feature" as const, geometry: { type: "Point" as const, coordinates: properties.at }, properties: { name, size: properties.size ?? 0, own: own.has(String(id)) } }] : [];
  });
  const set = (id: string, data: GeoJSON.GeoJSON): void => {
    map.getSource<GeoJSONSource>(id)?.setData(data);
  };
  set("land", whole(feature(topology, topology.objects.land)));
  set("own", { type: "FeatureCollection", features: lands.filter(({ id }) => own.has(String(id))) as GeoJSON.Feature[] });
  set("coast", whole(mesh(topology, countries, (a, b) => a === b)));
  set("border", whole(mesh(topology, countries, (a, b) => a !== b)));
  const cities = base.cities.map(([lon, lat, people, name]) => ({ type: "Feature" as const, geometry: { type: "Point" as const, coordinates: [lon, lat] }, properties: { people, name } }));
  set("city", { type: "FeatureCollection", features: cities });
  set("name", { type: "FeatureCollection", features: names });
}

/** Words for the controls, from the attributes of `frame`, which the server wrote in the reader's language. */
function words(frame: HTMLElement): Record<string, string> {
  const { title = "", zoomIn = "", zoomOut = "", metres = "m", kilometres = "km" } = frame.dataset;
  return {
    "Map.Title": title,
    "NavigationControl.ZoomIn": zoomIn,
    "NavigationControl.ZoomOut": zoomOut,
    "ScaleControl.Meters": metres,
    "ScaleControl.Kilometers": kilometres,
  };
}

/** MapLibre's own styles and ours, asked for with the first map. */
function styled(): Promise<void> {
  const href = new URL("map.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  return new Promise((done, failed) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => failed(new Error(href)));
    document.head.append(link);
  });
}

/** `43°17′50.6″N, 68°16′15.6″E` and the decimals of it, as the server writes them in the reader's language. */
export function coordinates(frame: HTMLElement, lon: number, lat: number, places: number): string {
  const [mark = ".", north = "", south = "", east = "", west = ""] = JSON.parse(frame.dataset.compass ?? "[]") as string[];
  const angle = (degrees: number, positive: string, negative: string): string => {
    const tenths = Math.round(Math.abs(degrees) * 36_000);
    const two = (n: number): string => String(n).padStart(2, "0");
    const [hours, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, Math.floor(tenths / 10) % 60];
    return `${hours}°${two(minutes)}′${two(seconds)}${mark}${tenths % 10}″${degrees < 0 && tenths ? negative : positive}`;
  };
  return `${angle(lat, north, south)}, ${angle(lon, east, west)} (${lat.toFixed(places)}, ${lon.toFixed(places)})`;
}

/** Names those whose data are on the map, in the line below it. */
function credit(frame: HTMLElement, names: string[]): void {
  const line = frame.parentElement?.querySelector<HTMLElement>(".map-source");
  for (const name of new Set(names.filter(Boolean))) line?.append(" ", Object.assign(document.createElement("span"), { textContent: name, translate: false }));
}

/** Tells where the pointer is, and where the middle is as long as it is elsewhere. */
function tellPlace(map: MapLibre, frame: HTMLElement): void {
  const said = frame.parentElement?.querySelector<HTMLElement>(".map-at");
  if (!said) return;
  const tell = ({ lng, lat }: { lng: number; lat: number }): void => {
    said.textContent = coordinates(frame, lng, lat, digits(map));
  };
  said.hidden = false;
  map.on("mousemove", ({ lngLat }) => tell(lngLat));
  for (const event of ["mouseout", "move"] as const) map.on(event, () => tell(map.getCenter()));
  tell(map.getCenter());
}

/** The smallest box around some boxes. */
export function around(boxes: Box[]): Box {
  const side = (n: 0 | 1 | 2 | 3, choose: (...of: number[]) => number): number => choose(...boxes.map((box) => box[n]));
  return boxes.length ? [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)] : [-180, -60, 180, 80];
}

/**
 * A map in `frame`, whose `data-base` is where the server describes the base; it shows `box`, or a country of the node
 * by its letters, or all of the node's countries. It does not turn; arrows move it, + and - zoom.
 */
export async function baseMap(frame: HTMLElement, shown: string | Box): Promise<MapLibre> {
  const [answer] = await Promise.all([fetch(frame.dataset.base ?? ""), styled()]);
  const base = (await answer.json()) as Base;
  const country = typeof shown === "string" ? base.boxes[shown] : shown;
  const map = new MapLibre({
    container: frame,
    style: style(),
    bounds: country ?? around(Object.values(base.boxes)),
    fitBoundsOptions: { padding: 16, animate: false },
    maxZoom: 19,
    attributionControl: false,
    maplibreLogo: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    renderWorldCopies: false,
    locale: words(frame),
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  await new Promise<void>((ready, failed) => {
    map.once("load", () => ready());
    map.once("error", ({ error }) => failed(error));
  });
  addTiles(map, base.tiles, font());
  credit(frame, [base.cities.length ? GEONAMES : "", ...base.tiles.map(({ attribution }) => attribution)]);
  map.once("remove", onTheme(() => {
    paint(map);
    paintTiles(map, base.tiles, token);
  }));
  tellPlace(map, frame);
  await fill(map, base);
  return map;
}
