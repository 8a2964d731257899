// Helps while somebody writes: what was understood, whom a link means, which language is written, what is kept.
// Every form works without it.
import { listbox, said } from "./listbox";
import type { Understood } from "./map/draw";
import { startPickers } from "./picker";
import { startNarrowing, startPicking } from "./terms";
import { filled } from "./words";

interface Answer extends Understood { understood?: string; written?: string; others?: string }
interface Offer { key: string; title: string; lang: string; kind: string; url: string }

const KEEP_AFTER = 4_000; // milliseconds without a key before what is typed is kept
const ASK_AFTER = 300;

function later<T extends unknown[]>(wait: number, act: (...given: T) => void): (...given: T) => void {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => act(...given), wait);
  };
}

const part = (form: HTMLFormElement, name: string): string => {
  const control = form.elements.namedItem(name);
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value : "";
};

function fieldOf(control: HTMLElement): HTMLElement {
  return control.closest<HTMLElement>(".field") ?? (control.parentElement as HTMLElement);
}

// What a date or a place was understood as stands under the field while it is typed.
function startUnderstanding(form: HTMLFormElement): void {
  const ask = async (control: HTMLInputElement | HTMLTextAreaElement): Promise<void> => {
    const said = fieldOf(control).querySelector<HTMLElement>(".said");
    if (!said) return;
    const stem = control.name.replace(/\.text$/, "");
    const answer = control.dataset.asks === "date" ? await askDate(form, control.value, part(form, `${stem}.lang`)) : await askPlace(form, control.value, stem);
    control.dispatchEvent(new CustomEvent("understood", { detail: answer }));
    said.classList.toggle("problem", Boolean(answer.problem));
    const values = { text: answer.understood ?? answer.written ?? "", others: answer.others ?? "" };
    said.textContent = answer.problem ?? (values.text ? filled(said.dataset.said ?? "{text}", values).replace("..", ".") : "");
  };
  const soon = later(ASK_AFTER, (control: HTMLInputElement | HTMLTextAreaElement) => void ask(control).catch(() => undefined));
  form.addEventListener("input", (event) => {
    const target = event.target as HTMLElement;
    const control = target.matches("[data-asks=date], [data-asks=place]")
      ? target
      : target.closest(".field-row, .joined")?.parentElement?.closest(".field")?.querySelector("[data-asks=date], [data-asks=place]");
    if (control) soon(control as HTMLInputElement);
  });
  for (const place of form.querySelectorAll<HTMLTextAreaElement>("[data-asks=place]")) if (place.value) soon(place);
}

async function askDate(form: HTMLFormElement, text: string, lang: string): Promise<Answer> {
  const answer = await fetch(`${form.dataset.date}?${new URLSearchParams({ text, lang })}`);
  return (await answer.json()) as Answer;
}

async function askPlace(form: HTMLFormElement, text: string, stem: string): Promise<Answer> {
  const body = new FormData();
  const country = part(form, "country") || (form.dataset.country ?? "");
  const given = { text, country, crs: part(form, `${stem}.crs`), precision: part(form, `${stem}.precision`), csrfmiddlewaretoken: part(form, "csrfmiddlewaretoken") };
  for (const [name, value] of Object.entries(given)) body.set(name, value);
  const answer = await fetch(form.dataset.place ?? "", { method: "POST", body });
  return (await answer.json()) as Answer;
}

// A link field offers the records that its words may mean.
function startLinks(form: HTMLFormElement): void {
  const wire = (input: HTMLInputElement): void => {
    const box = listbox(input, (option) => {
      input.value = option.dataset.key ?? "";
      fieldOf(input).querySelector<HTMLElement>(".linked")?.replaceChildren(document.createTextNode("→ "), named(option));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const ask = later(ASK_AFTER, async () => {
      const asked = input.value;
      const query = new URLSearchParams({ q: asked, kinds: input.dataset.kinds ?? "" });
      const answer = (await (await fetch(`${form.dataset.records}?${query}`)).json()) as { items: Offer[] };
      if (asked === input.value) box.show(answer.items.map(drawn));
    });
    input.addEventListener("input", () => {
      fieldOf(input).querySelector(".linked")?.replaceChildren();
      ask();
    });
  };
  form.querySelectorAll<HTMLInputElement>("[data-asks=records]").forEach(wire);
}

function drawn(offer: Offer): HTMLElement {
  const option = document.createElement("li");
  Object.assign(option.dataset, { key: offer.key, url: offer.url, title: offer.title, lang: offer.lang });
  option.append(said("", offer.title, offer.lang), said("soft small", `${offer.kind} · ${offer.key}`));
  return option;
}

function named(option: HTMLElement): HTMLElement {
  const link = document.createElement("a");
  link.href = option.dataset.url ?? "";
  link.lang = option.dataset.lang ?? "";
  link.textContent = option.dataset.title ?? "";
  return link;
}

// The buttons of the languages change what is written at once; without this script they ask the server for it.
function startLanguages(form: HTMLFormElement): void {
  const bar = form.querySelector<HTMLElement>(".text-languages");
  if (!bar) return;
  const count = (): void => {
    const texts = [...form.querySelectorAll<HTMLElement>(".text-widget")];
    const written = texts.map((text) => new Set([...text.querySelectorAll<HTMLTextAreaElement>("textarea")].filter((area) => area.value.trim()).map((area) => area.lang)));
    const total = written.filter((langs) => langs.size).length;
    for (const n of bar.querySelectorAll<HTMLElement>("[data-written]")) {
      n.textContent = `${written.filter((langs) => langs.has(n.dataset.written ?? "")).length} / ${total}`;
    }
  };
  const write = (lang: string): void => {
    for (const button of bar.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === lang));
    const kept = form.elements.namedItem("_writing");
    if (kept instanceof HTMLInputElement) kept.value = lang;
    for (const text of form.querySelectorAll<HTMLElement>(".text-widget")) {
      const [main, others] = text.querySelectorAll<HTMLElement>(".lang-rows");
      for (const row of text.querySelectorAll<HTMLElement>(".lang-rows > li")) {
        (row.dataset.lang === lang || row.classList.contains("is-invalid") ? main : others)?.append(row);
      }
    }
  };
  bar.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest("button");
    if (!button) return;
    event.preventDefault();
    write(button.value);
  });
  form.addEventListener("input", count);
}

// What is typed is kept on the node a few seconds after the last key, and offered when the form is opened again.
function startKeeping(form: HTMLFormElement): void {
  const status = form.querySelector<HTMLElement>(".kept-at");
  let leaving = false;
  const keep = later(KEEP_AFTER, async () => {
    if (leaving || !status) return;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(form.dataset.keep ?? "", { method: "POST", body });
      const kept = ((await answer.json()) as { kept: string }).kept;
      status.textContent = answer.ok ? filled(status.dataset.kept ?? "", { time: kept }) : (status.dataset.lost ?? "");
    } catch {
      status.textContent = status.dataset.lost ?? "";
    }
  });
  form.addEventListener("input", () => keep());
  form.addEventListener("change", () => keep());
  form.addEventListener("submit", () => {
    leaving = true;
  });
}

const form = document.querySelector<HTMLFormElement>("form[data-keep]");
if (form) {
  startUnderstanding(form);
  startPickers(form, (field) => askPlace(form, field.value, field.name.replace(/\.text$/, "")), () => part(form, "country") || (form.dataset.country ?? ""));
  startLinks(form);
  startLanguages(form);
  startPicking(form);
  startNarrowing(form);
  startKeeping(form);
}
