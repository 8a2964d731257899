// Builds src/ortaq/web/static/dist: ortaq.css, ortaq.js and the fonts. Names carry no digest: the server's static storage adds it.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import subsetFont from "subset-font";
import { feature } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";
import { LETTERS } from "./letters.mjs";
import { atlas } from "./map/atlas.mjs";
import { paperFonts } from "./paper.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../src/ortaq/web/static/dist");
const find = createRequire(import.meta.url);
const WEIGHT = { wght: { min: 400, max: 700, default: 400 } };
const FAMILIES = { Inter: "inter", Literata: "literata" };
const TARGET = ["chrome109", "firefox115", "safari16"];

const points = (text) => [...new Set(text)].map((c) => c.codePointAt(0)).sort((a, b) => a - b);

/** "U+20-7E,U+A0" for the letters of `text`. */
function ranges(text) {
  const runs = [];
  for (const point of points(text)) {
    const last = runs.at(-1);
    if (last && point === last[1] + 1) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (n) => n.toString(16).toUpperCase();
  return runs.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(",");
}

const face = (family, file, range) => `@font-face{font-family:${family};font-style:normal;font-weight:400 700;\
font-display:swap;src:url("fonts/${file}") format("woff2");unicode-range:${range}}`;

async function fonts(family, name) {
  const packaged = dirname(find.resolve(`@fontsource-variable/${name}/package.json`));
  const read = (subset) => readFileSync(join(packaged, "files", `${name}-${subset}-wght-normal.woff2`));
  const everything = JSON.parse(readFileSync(join(packaged, "unicode.json"), "utf8"));
  const faces = [];
  // The Open Font License asks that its text travels with the fonts.
  copyFileSync(join(packaged, "LICENSE"), join(out, "fonts", `${name}-LICENSE.txt`));
  await paperFonts(packaged, family, name, out);
  // Browsers ask the face declared last first, so the whole subsets stand before the small ones.
  for (const subset of ["latin-ext", "cyrillic-ext"]) {
    writeFileSync(join(out, "fonts", `${name}-${subset}-whole.woff2`), read(subset));
    faces.push(face(family, `${name}-${subset}-whole.woff2`, everything[subset]));
  }
  for (const [subset, letters] of Object.entries(LETTERS)) {
    const small = await subsetFont(read(subset), letters, { targetFormat: "woff2", variationAxes: WEIGHT });
    writeFileSync(join(out, "fonts", `${name}-${subset}.woff2`), small);
    faces.push(face(family, `${name}-${subset}.woff2`, ranges(letters)));
    console.log(`  ${name}-${subset}.woff2 ${small.length} B`);
  }
  return faces.join("\n");
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
const faces = (await Promise.all(Object.entries(FAMILIES).map(([family, name]) => fonts(family, name)))).join("\n");
const shared = { bundle: true, minify: true, write: false, target: TARGET, legalComments: "none" };
// Not esbuild's own `external`: it would take "../ortaq/*" for every file of a checkout whose folder is called ortaq.
const leaveStatic = { name: "static", setup: (b) => b.onResolve({ filter: /^\.\.\/ortaq\// }, ({ path }) => ({ path, external: true })) };
const css = await esbuild.build({ ...shared, entryPoints: [join(here, "ortaq.css")], plugins: [leaveStatic] });
const script = async (name) => (await esbuild.build({ ...shared, entryPoints: [join(here, name)], format: "iife" })).outputFiles[0].text;
const styles = (await esbuild.transform(faces, { loader: "css", minify: true })).code + css.outputFiles[0].text;
const CORNER = 0.004; // square degrees: a corner of an outline that spans less is left out

/** One file a country, named by its number in ISO 3166-1: its rings in hundredths of a degree, for maps of the server. */
function outlines() {
  const atlas = simplify(presimplify(JSON.parse(readFileSync(find.resolve("world-atlas/countries-50m.json"), "utf8"))), CORNER);
  const hundredths = (ring) => ring.slice(0, -1).map(([lon, lat]) => [Math.round(lon * 100), Math.round(lat * 100)]);
  const rings = ({ type, coordinates }) => (type === "Polygon" ? [coordinates] : coordinates).flat().map(hundredths);
  mkdirSync(join(out, "outlines"));
  for (const { id, geometry } of feature(atlas, atlas.objects.countries).features) {
    if (id) writeFileSync(join(out, "outlines", `${id}.json`), JSON.stringify(rings(geometry).filter((ring) => ring.length > 3)));
  }
}

/** The island of the maps: loaded when somebody opens one, so nothing of it is in the scripts of the pages. */
async function map() {
  const source = (name) => join(here, "map", name);
  const island = { ...shared, format: "esm", outdir: join(out, "map") };
  const entryPoints = [source("draw.ts"), source("results.ts"), source("map.css")];
  const parts = await esbuild.build({ ...island, entryPoints, splitting: true, chunkNames: "shared" });
  const worker = await esbuild.build({ ...island, entryPoints: { worker: find.resolve("maplibre-gl/dist/maplibre-gl-worker.mjs") } });
  mkdirSync(join(out, "map"));
  // The picture of a marker that terra-draw would fetch from elsewhere, in a mode that we do not use.
  for (const { path, text } of [...parts.outputFiles, ...worker.outputFiles]) writeFileSync(path, text.replaceAll(/https:\/\/raw\.githubusercontent\.com[^"'`]*/g, ""));
  writeFileSync(join(out, "map", "atlas.json"), atlas(find.resolve("world-atlas/countries-10m.json")));
  const licences = [["maplibre-gl", "LICENSE.txt"], ["topojson-client", "LICENSE"]].map(([name, file]) => `${name}\n${readFileSync(join(dirname(find.resolve(`${name}/package.json`)), file), "utf8")}`);
  writeFileSync(join(out, "map", "LICENSES.txt"), [readFileSync(source("LICENSES.txt"), "utf8"), ...licences].join("\n"));
  return readdirSync(join(out, "map")).sort().map((name) => [`map/${name}`, readFileSync(join(out, "map", name), "utf8")]);
}

outlines();
const scripts = [["ortaq.js", await script("ortaq.ts")], ["form.js", await script("form.ts")], ["area.js", await script("area.ts")], ["passkeys.js", await script("passkeys.ts")]];
for (const [name, text] of [["ortaq.css", styles], ...scripts, ...(await map())]) {
  writeFileSync(join(out, name), text);
  writeFileSync(join(out, `${name}.gz`), gzipSync(text, { level: 9 })); // the server sends it to whoever takes it
  console.log(`  ${name} ${text.length} B, gzip ${gzipSync(text).length} B`);
}
