// Fonts for documents: typst reads no WOFF2 and PDF/A wants every letter embedded, so the subsets of the packages
// are written as TrueType, whole, at the weights that papers use, each subset as a family of its own.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subsetFont from "subset-font";
import { renamed } from "./rename.mjs";

const SUBSETS = { latin: "", "latin-ext": " B", cyrillic: " C", "cyrillic-ext": " D" }; // and what follows the family's name
const WEIGHTS = [400, 600];

/** Every code point that the package says its subset `name` has; `ranges` as in its unicode.json. */
function letters(ranges) {
  const runs = ranges.split(",").map((run) => run.replace("U+", "").split("-").map((hex) => parseInt(hex, 16)));
  return runs.flatMap(([from, to = from]) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))).join("");
}

/** `family` is what the first subset is called; the others have a letter behind it. */
export async function paperFonts(packaged, family, name, out) {
  const everything = JSON.parse(readFileSync(join(packaged, "unicode.json"), "utf8"));
  mkdirSync(join(out, "paper"), { recursive: true });
  for (const [subset, behind] of Object.entries(SUBSETS)) {
    const whole = readFileSync(join(packaged, "files", `${name}-${subset}-wght-normal.woff2`));
    for (const wght of WEIGHTS) {
      const still = await subsetFont(whole, letters(everything[subset]), { targetFormat: "truetype", variationAxes: { wght } });
      writeFileSync(join(out, "paper", `${name}-${subset}-${wght}.ttf`), renamed(still, family + behind));
    }
  }
  copyFileSync(join(packaged, "LICENSE"), join(out, "paper", `${name}-LICENSE.txt`));
}
