// A slider with two ends over the centuries that have records. It writes into the two fields, which say all by themselves.
import { filled } from "./words";

function range(of: HTMLInputElement, most: number, value: string | undefined): HTMLInputElement {
  const thumb = document.createElement("input");
  Object.assign(thumb, { type: "range", min: "0", max: String(most), step: "1", value: value ?? "0" });
  thumb.setAttribute("aria-label", (of.labels?.[0]?.textContent ?? "").trim());
  return thumb;
}

function slide(period: HTMLElement): void {
  const scale = JSON.parse(period.dataset.scale ?? "[]") as [number, number][];
  const [from, to] = period.querySelectorAll<HTMLInputElement>(".ends input");
  if (scale.length < 2 || !from || !to) return;
  const last = scale.length - 1;
  const low = range(from, last, period.dataset.low);
  const high = range(to, last, period.dataset.high);
  const bars = period.querySelectorAll(".centuries rect");
  const year = (n: number): string => (n < 0 ? filled(period.dataset.before ?? "", { n: String(-n) }) : String(n));
  const say = (thumb: HTMLInputElement, end: 0 | 1, open: number): string => {
    const at = Number(thumb.value);
    const text = at === open ? "" : year(scale[at]?.[end] ?? 0);
    thumb.setAttribute("aria-valuetext", text || (period.dataset.anything ?? ""));
    return text;
  };
  const show = (): void => bars.forEach((bar, n) => bar.classList.toggle("out", n < Number(low.value) || n > Number(high.value)));
  // One end takes the other along: two that lie upon each other could not be parted by a mouse otherwise.
  const move = (by: HTMLInputElement, along: HTMLInputElement): void => {
    const both = Number(low.value) > Number(high.value);
    if (both) along.value = by.value;
    if (both || by === low) from.value = say(low, 0, 0);
    if (both || by === high) to.value = say(high, 1, last);
    show();
  };
  low.addEventListener("input", () => move(low, high));
  high.addEventListener("input", () => move(high, low));
  say(low, 0, 0);
  say(high, 1, last);
  const slider = document.createElement("div");
  slider.className = "slider";
  slider.append(low, high);
  period.querySelector(".ends")?.before(slider);
}

export function startPeriod(): void {
  document.querySelectorAll<HTMLElement>(".period[data-scale]").forEach(slide);
}

// Where somebody is, only when he asks for it himself, and no finer than a hundred metres.
export function startLocating(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-locate]")) {
    const field = button.form?.elements.namedItem("near");
    const hint = document.getElementById("near-hint");
    if (!("geolocation" in navigator) || !(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const found = ({ coords }: GeolocationPosition): void => {
        field.value = `${coords.latitude.toFixed(3)}, ${coords.longitude.toFixed(3)}`;
        button.form?.requestSubmit();
      };
      const refused = (): void => {
        if (hint) hint.textContent = button.dataset.refused ?? "";
      };
      navigator.geolocation.getCurrentPosition(found, refused, { timeout: 10_000 });
    });
  }
}
