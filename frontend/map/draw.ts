// Draws the place of a form on a map. What is drawn is written into the text field that is sent, and what is typed
// there appears on the map; the field stays the way for whoever has no script, no mouse or no map.
import { LngLatBounds, type GeoJSONSource } from "maplibre-gl";
import { TerraDraw, TerraDrawLineStringMode, TerraDrawModeUndoRedo, TerraDrawPointMode, TerraDrawPolygonMode, TerraDrawSelectMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { baseMap, onTheme, token, type MapLibre } from "./base";
import { digits, parts, positions, rounded, type Shape, type Single, whole, written } from "./shapes";

/** What the server understood of a text: `geometry` is absent where it understood none or it is too large to draw. */
export interface Understood {
  geometry?: Shape;
  problem?: string;
}

const MODES: Record<Single["type"], string> = { Point: "point", LineString: "linestring", Polygon: "polygon" };
const CLOSEST = 13; // zoom at which a single point is shown
const DIGITS = 7; // decimals that the server keeps

type Colour = `#${string}`;

function inks() {
  const ink = token("firuza") as Colour;
  const paper = token("surface") as Colour;
  const attention = token("brick") as Colour;
  const handle = { Width: 5, Color: paper, OutlineColor: ink, OutlineWidth: 2 };
  const handles = (name: string) => Object.fromEntries(Object.entries(handle).map(([property, value]) => [`${name}${property}`, value]));
  return {
    point: { pointColor: ink, pointWidth: 7, pointOutlineColor: paper, pointOutlineWidth: 2 },
    linestring: { lineStringColor: ink, lineStringWidth: 3, ...handles("closingPoint") },
    polygon: { fillColor: ink, fillOpacity: 0.18, outlineColor: ink, outlineWidth: 3, ...handles("closingPoint") },
    select: {
      selectedPointColor: attention, selectedPointWidth: 8, selectedPointOutlineColor: paper, selectedPointOutlineWidth: 2,
      selectedLineStringColor: attention, selectedLineStringWidth: 3,
      selectedPolygonColor: attention, selectedPolygonFillOpacity: 0.14, selectedPolygonOutlineColor: attention, selectedPolygonOutlineWidth: 3,
      ...handles("selectionPoint"), selectionPointOutlineColor: attention,
      ...handles("midPoint"), midPointOutlineColor: attention, midPointWidth: 3, midPointOutlineWidth: 1,
    },
  };
}

function drawing(map: MapLibre): TerraDraw {
  const styles = inks();
  const corners = { draggable: true, coordinates: { draggable: true, midpoints: true, deletable: true } };
  return new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [
      new TerraDrawPointMode({ styles: styles.point }),
      new TerraDrawLineStringMode({ styles: styles.linestring }),
      new TerraDrawPolygonMode({ styles: styles.polygon }),
      new TerraDrawSelectMode({ styles: styles.select, flags: { point: { feature: { draggable: true } }, linestring: { feature: corners }, polygon: { feature: corners } } }),
    ],
    undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
  });
}

function restyle(draw: TerraDraw): void {
  const styles = inks();
  draw.updateModeOptions<typeof TerraDrawPointMode>("point", { styles: styles.point });
  draw.updateModeOptions<typeof TerraDrawLineStringMode>("linestring", { styles: styles.linestring });
  draw.updateModeOptions<typeof TerraDrawPolygonMode>("polygon", { styles: styles.polygon });
  draw.updateModeOptions<typeof TerraDrawSelectMode>("select", { styles: styles.select });
}

/** The map of one field; made once, when it is opened for the first time. */
class Picker {
  private shape: Shape | null = null;
  private readonly before: (Shape | null)[] = [];
  private loading = false;
  private readonly draw: TerraDraw;

  constructor(
    private readonly sheet: HTMLElement,
    private readonly field: HTMLTextAreaElement,
    private readonly map: MapLibre,
  ) {
    this.addFixed();
    this.draw = drawing(map);
    this.draw.start();
    onTheme(() => {
      restyle(this.draw);
      for (const [layer, property] of [["fixed", "fill-color"], ["fixed-line", "line-color"]] as const) map.setPaintProperty(layer, property, token("firuza"));
    });
    this.draw.on("finish", (id, { action }) => this.finished(id, action === "draw"));
    this.draw.on("change", (_ids, type, context) => {
      const ours = context && "origin" in context && context.origin === "api";
      if (type === "delete" && !ours && this.draw.getMode() === "select") this.keep();
    });
    this.draw.on("history", () => this.say());
    sheet.addEventListener("click", (event) => this.pressed((event.target as HTMLElement).closest("button")));
    map.getCanvas().addEventListener("keydown", (event) => this.typed(event));
    field.addEventListener("understood", (event) => this.understood((event as CustomEvent<Understood>).detail));
  }

  /** What terra-draw cannot hold, such as an area with a hole, is shown as it is. */
  private addFixed(): void {
    this.map.addSource("fixed", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    this.map.addLayer({ id: "fixed", type: "fill", source: "fixed", paint: { "fill-opacity": 0.18 } });
    this.map.addLayer({ id: "fixed-line", type: "line", source: "fixed", paint: { "line-width": 3 } });
  }

  begin({ geometry }: Understood): void {
    this.show(geometry ?? null);
    this.look();
  }

  /** Takes over what the server read in the text; null empties the map. */
  understood(answer: Understood): void {
    const shape = answer.geometry ?? null;
    if (answer.problem || written(shape) === written(this.shape)) return;
    this.before.push(this.shape);
    this.show(shape);
    this.look();
  }

  private show(shape: Shape | null): void {
    this.loading = true;
    this.shape = shape;
    this.draw.setMode("select");
    this.draw.clear();
    const fitting = shape ? this.draw.addFeatures(parts(shape).map((geometry) => ({ type: "Feature", geometry, properties: { mode: MODES[geometry.type] } }))) : [];
    const whole = fitting.every(({ valid }) => valid);
    if (!whole) this.draw.clear();
    this.map.getSource<GeoJSONSource>("fixed")?.setData(shape && !whole ? { type: "Feature", geometry: shape, properties: {} } : { type: "FeatureCollection", features: [] });
    this.sheet.classList.toggle("is-fixed", !whole);
    this.loading = false;
    this.choose(shape ? "select" : (this.sheet.querySelector<HTMLElement>("[data-tool]")?.dataset.tool ?? "point"));
  }

  private look(): void {
    if (!this.shape) return;
    const bounds = new LngLatBounds();
    for (const [lon = 0, lat = 0] of positions(this.shape)) bounds.extend([lon, lat]);
    this.map.fitBounds(bounds, { padding: 48, maxZoom: CLOSEST, animate: false });
  }

  /** The shapes as they stand, without what helps to draw them. */
  private drawn(): { id: string | number; geometry: Single }[] {
    return this.draw.getSnapshot().flatMap(({ id, geometry, properties }) => {
      const helps = properties.selectionPoint || properties.midPoint || properties.closingPoint || properties.currentlyDrawing;
      return id === undefined || helps || properties.mode === "select" ? [] : [{ id, geometry: geometry as Single }];
    });
  }

  private finished(id: string | number, fresh: boolean): void {
    if (this.loading) return;
    if (fresh) this.alone(id);
    this.keep();
    if (fresh && this.draw.getMode() !== "point") {
      this.choose("select");
      this.draw.selectFeature(id);
    }
  }

  /** A place is of one type, and a point is one: what was there before gives way to the new shape. */
  private alone(id: string | number): void {
    const all = this.drawn();
    const type = all.find((shape) => shape.id === id)?.geometry.type;
    const others = all.filter((shape) => shape.id !== id && (type === "Point" || shape.geometry.type !== type));
    this.draw.removeFeatures(others.map((shape) => shape.id));
    this.map.getSource<GeoJSONSource>("fixed")?.setData({ type: "FeatureCollection", features: [] });
    this.sheet.classList.remove("is-fixed");
  }

  private keep(): void {
    const shapes = this.drawn().map(({ geometry }) => geometry);
    const next = whole(rounded(shapes, this.shape, digits(this.map)));
    this.before.push(this.shape);
    this.write(next);
  }

  private write(shape: Shape | null): void {
    this.shape = shape;
    this.field.value = written(shape);
    const system = this.field.form?.elements.namedItem(this.field.name.replace(/\.text$/, ".crs"));
    if (system instanceof HTMLInputElement) system.value = "EPSG:4326";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.say();
  }

  private undo(): void {
    if (this.draw.getModeState() === "drawing" && this.draw.canUndo()) this.draw.undo();
    else if (this.before.length) {
      const shape = this.before.pop() ?? null;
      this.show(shape);
      this.write(shape);
    }
    this.say();
  }

  /** Sets a corner where the cross is: for keys, and for fingers that hide what they point at. */
  private middle(): void {
    const canvas = this.map.getCanvas();
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const at = { bubbles: true, isPrimary: true, pointerId: 1, button: 0, clientX: left + width / 2, clientY: top + height / 2 };
    for (const name of ["pointermove", "pointerdown", "pointerup"]) canvas.dispatchEvent(new PointerEvent(name, at));
    this.say();
  }

  private finish(): void {
    const canvas = this.map.getCanvas();
    for (const name of ["keydown", "keyup"]) canvas.dispatchEvent(new KeyboardEvent(name, { key: "Enter" }));
  }

  private clear(): void {
    this.before.push(this.shape);
    this.show(null);
    this.write(null);
  }

  private pressed(button: HTMLButtonElement | null): void {
    const acts: Record<string, () => void> = { undo: () => this.undo(), clear: () => this.clear(), middle: () => this.middle(), finish: () => this.finish() };
    if (button?.dataset.tool) this.choose(button.dataset.tool);
    else acts[button?.dataset.do ?? ""]?.();
  }

  private typed(event: KeyboardEvent): void {
    const undone = event.key === "z" && (event.ctrlKey || event.metaKey);
    if (event.key === " " && this.draw.getMode() !== "select") this.middle();
    else if (undone) this.undo();
    else return;
    event.preventDefault();
  }

  private choose(tool: string): void {
    this.draw.setMode(tool);
    const shapes = this.drawn();
    if (tool === "select" && shapes.length === 1 && shapes[0]) this.draw.selectFeature(shapes[0].id);
    this.say();
  }

  /** The tools show what can be done now, and a line says how. */
  private say(): void {
    const mode = this.draw.getMode();
    const drawing = this.draw.getModeState() === "drawing";
    this.sheet.dataset.mode = mode;
    for (const button of this.sheet.querySelectorAll<HTMLButtonElement>("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === mode));
      if (button.dataset.tool === "select") button.disabled = !this.drawn().length;
    }
    const can: Record<string, boolean> = { undo: drawing || this.before.length > 0, clear: this.shape !== null, middle: mode !== "select", finish: drawing };
    for (const button of this.sheet.querySelectorAll<HTMLButtonElement>("[data-do]")) button.disabled = !can[button.dataset.do ?? ""];
    const hint = this.sheet.querySelector<HTMLElement>(".picker-hint");
    if (hint) hint.textContent = hint.dataset[this.sheet.classList.contains("is-fixed") ? "fixed" : mode] ?? "";
  }
}

/** Opens the map in `sheet` for `field`; `ask` tells what the server understands of the text. */
export async function open(sheet: HTMLElement, field: HTMLTextAreaElement, country: string, ask: () => Promise<Understood>): Promise<void> {
  const frame = sheet.querySelector<HTMLElement>(".map-frame");
  if (!frame) return;
  const map = await baseMap(frame, country);
  new Picker(sheet, field, map).begin(await ask());
}
