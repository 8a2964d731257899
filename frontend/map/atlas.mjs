// The base of the maps, made when the front end is built: one topology of all countries, fine where the node's users
// live and coarse elsewhere, so that it stays small. The browser draws land, coasts and borders from it.
import { readFileSync } from "node:fs";
import { feature, mergeArcs, quantize } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

const FINE = [25, 33, 96, 57]; // west, south, east, north of where corners are kept: from Anatolia to the Altai
const CORNER = { fine: 0.0003, coarse: 0.03 }; // square degrees: a corner that spans less is left out
const STEPS = 1_000_000; // of the whole width: about 40 m

// Natural Earth draws who holds an area; here it belongs to the state whose territory the United Nations hold it to be.
const JOINED = { 196: ["N. Cyprus", "Cyprus U.N. Buffer Zone"], 398: ["Baikonur"], 706: ["Somaliland"], 804: ["Crimea"] };
const CRIMEA = { within: "643", at: [34.3, 45.2] };

const within = ([lon, lat]) => lon > FINE[0] && lon < FINE[2] && lat > FINE[1] && lat < FINE[3];

/** The topology as JSON; each country has its number of ISO 3166-1 as id, `at` for its name, `size` of its middle. */
export function atlas(file) {
  const whole = presimplify(JSON.parse(readFileSync(file, "utf8")));
  for (const arc of whole.arcs) {
    for (const corner of arc) if (within(corner)) corner[2] *= CORNER.coarse / CORNER.fine;
  }
  const simple = simplify(whole, CORNER.coarse);
  join(simple);
  const named = Object.fromEntries(feature(simple, simple.objects.countries).features.map((land) => [land.id, middle(land.geometry)]));
  for (const land of simple.objects.countries.geometries) land.properties = land.id && named[land.id] ? named[land.id] : {};
  return JSON.stringify(quantize(simple, STEPS));
}

function join(topology) {
  const lands = topology.objects.countries.geometries;
  const holder = lands.find(({ id }) => id === CRIMEA.within);
  const rings = feature(topology, holder).geometry.coordinates;
  const [crimea] = holder.arcs.splice(rings.findIndex(([ring]) => inside(ring, CRIMEA.at)), 1);
  lands.push({ type: "Polygon", arcs: crimea, properties: { name: "Crimea" } });
  for (const [id, names] of Object.entries(JOINED)) {
    const parts = lands.filter((land) => land.id === id || (!land.id && names.includes(land.properties.name)));
    if (parts.length !== names.length + 1) throw new Error(`${names} of ${id} are not in the atlas`);
    const { type, arcs } = mergeArcs(topology, parts);
    lands.push({ type, arcs, id, properties: {} });
    for (const part of parts) lands.splice(lands.indexOf(part), 1);
  }
}

/** The place farthest from every border, found on a grid that is made finer: where the name of a country stands. */
function middle(geometry) {
  const rings = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((polygon) => polygon[0]);
  const ring = rings.sort((a, b) => area(b) - area(a))[0];
  if (!ring || ring.length < 4) return undefined;
  const lons = ring.map(([lon]) => lon);
  const lats = ring.map(([, lat]) => lat);
  let [west, south, east, north] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  let best = { at: [(west + east) / 2, (south + north) / 2], free: -1 };
  for (let round = 0; round < 3; round += 1) {
    const step = [(east - west) / 16, (north - south) / 16];
    for (let x = 0; x <= 16; x += 1) {
      for (let y = 0; y <= 16; y += 1) {
        const at = [west + x * step[0], south + y * step[1]];
        const free = inside(ring, at) ? away(ring, at) : -1;
        if (free > best.free) best = { at, free };
      }
    }
    [west, east] = [best.at[0] - step[0], best.at[0] + step[0]];
    [south, north] = [best.at[1] - step[1], best.at[1] + step[1]];
  }
  return { at: best.at.map((n) => Math.round(n * 100) / 100), size: Math.round(best.free * 100) / 100 };
}

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], n) => sum + x * ring[(n + 1) % ring.length][1] - ring[(n + 1) % ring.length][0] * y, 0));

function inside(ring, [x, y]) {
  let odd = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n, n += 1) {
    const [[ax, ay], [bx, by]] = [ring[n], ring[before]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Degrees to the nearest side; a degree of longitude counts as what it is on the ground. */
function away(ring, [x, y]) {
  const squeeze = Math.cos((y * Math.PI) / 180);
  let least = Infinity;
  for (let n = 1; n < ring.length; n += 1) {
    const [ax, ay] = [(ring[n - 1][0] - x) * squeeze, ring[n - 1][1] - y];
    const [bx, by] = [(ring[n][0] - x) * squeeze, ring[n][1] - y];
    const [dx, dy] = [bx - ax, by - ay];
    const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + t * dx, ay + t * dy));
  }
  return least;
}
