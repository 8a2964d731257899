// Between what stands in a text field and what is drawn: single shapes on the map, one geometry in the text.
import type { Map as MapLibre } from "maplibre-gl";

export type Single = GeoJSON.Point | GeoJSON.LineString | GeoJSON.Polygon;
export type Shape = Single | GeoJSON.MultiPoint | GeoJSON.MultiLineString | GeoJSON.MultiPolygon;

const FEWEST_DIGITS = 2;
const MOST_DIGITS = 6; // a tenth of a metre

/** The single points, lines or areas of a geometry. */
export function parts(shape: Shape): Single[] {
  if (!shape.type.startsWith("Multi")) return [shape as Single];
  return shape.coordinates.map((coordinates) => ({ type: shape.type.slice(5), coordinates }) as Single);
}

/** One geometry of shapes of one type; null of none. */
export function whole(shapes: Single[]): Shape | null {
  const [first] = shapes;
  if (!first) return null;
  if (shapes.length === 1) return first;
  return { type: `Multi${first.type}`, coordinates: shapes.map(({ coordinates }) => coordinates) } as Shape;
}

/** A point as people write it, latitude first; GeoJSON of all else. */
export function written(shape: Shape | null): string {
  if (!shape) return "";
  if (shape.type === "Point") return `${shape.coordinates[1]}, ${shape.coordinates[0]}`;
  return JSON.stringify({ type: shape.type, coordinates: shape.coordinates });
}

type Nested = number[] | Nested[];

const corners = (coordinates: Nested): number[][] => (typeof coordinates[0] === "number" ? [coordinates as number[]] : (coordinates as Nested[]).flatMap(corners));

export const positions = (shape: Shape): number[][] => corners(shape.coordinates as Nested);

/** How many decimals of a degree a pixel of the map tells apart: a hand cannot point finer than it sees. */
export function digits(map: MapLibre): number {
  const pixel = 360 / (512 * 2 ** map.getZoom());
  return Math.max(FEWEST_DIGITS, Math.min(MOST_DIGITS, Math.ceil(-Math.log10(pixel))));
}

/** `shapes` with the corners that were just drawn rounded to `places`; those that `kept` already had stay as they are. */
export function rounded(shapes: Single[], kept: Shape | null, places: number): Single[] {
  const known = new Set(kept ? positions(kept).map(String) : []);
  const round = (n: number): number => Number(n.toFixed(places));
  const change = (nested: Nested): Nested =>
    typeof nested[0] === "number" ? (known.has(String(nested)) ? nested : (nested as number[]).map(round)) : (nested as Nested[]).map(change);
  return shapes.map((shape) => ({ ...shape, coordinates: change(shape.coordinates as Nested) }) as Single);
}
