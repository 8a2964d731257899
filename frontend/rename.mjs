// A TrueType font under another name. The subsets of a family all have its name, and typst takes only one font of a name.

const WINDOWS = [3, 1, 0x409]; // platform, encoding, language of the records
const REGULAR = "Regular";

function tables(font) {
  const found = new Map();
  for (let i = 0, at = 12; i < font.readUInt16BE(4); i++, at += 16) {
    const start = font.readUInt32BE(at + 8);
    found.set(font.toString("latin1", at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return found;
}

/** A table `name` that says only what a font is called: family, style, full name, PostScript name. */
function names(family) {
  const said = [[1, family], [2, REGULAR], [4, family], [6, family.replaceAll(" ", "")]];
  const texts = said.map(([, text]) => Buffer.from(text, "utf16le").swap16());
  const head = Buffer.alloc(6 + 12 * said.length);
  head.writeUInt16BE(said.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  said.forEach(([id], i) => {
    [...WINDOWS, id, texts[i].length, offset].forEach((n, j) => head.writeUInt16BE(n, 6 + 12 * i + 2 * j));
    offset += texts[i].length;
  });
  return Buffer.concat([head, ...texts]);
}

function sum(table) {
  let total = 0;
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0;
  return total;
}

const padded = (table) => Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);

export function renamed(font, family) {
  const parts = [...tables(font).set("name", names(family))].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = Buffer.from(font.subarray(0, 12 + 16 * parts.length));
  head.writeUInt16BE(parts.length, 4);
  let start = head.length;
  parts.forEach(([tag, table], i) => {
    const at = 12 + 16 * i;
    head.write(tag, at, "latin1");
    [sum(padded(table)), start, table.length].forEach((n, j) => head.writeUInt32BE(n, at + 4 + 4 * j));
    start += padded(table).length;
  });
  return Buffer.concat([head, ...parts.map(([, table]) => padded(table))]);
}
