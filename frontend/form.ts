// Helps while somebody writes: what was understood, whom a link means, which language is written, what is kept.
// Every form works without it.
import type { open, Understood } from "./map/draw";

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

const filled = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

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

// The map of a place is loaded when it is opened for the first time; without it the text says all.
function startPickers(form: HTMLFormElement): void {
  for (const picker of form.querySelectorAll<HTMLElement>("[data-picker]")) {
    const button = picker.querySelector<HTMLButtonElement>("[data-opens]");
    const sheet = picker.querySelector<HTMLElement>(".picker-sheet");
    const field = document.getElementById(picker.dataset.picker ?? "");
    if (!button || !sheet || !(field instanceof HTMLTextAreaElement)) continue;
    const load = async (): Promise<void> => {
      const { open: draw } = (await import(form.dataset.map ?? "")) as { open: typeof open };
      const stem = field.name.replace(/\.text$/, "");
      const country = part(form, "country") || (form.dataset.country ?? "");
      await draw(sheet, field, country, async () => (field.value.trim() ? askPlace(form, field.value, stem) : {}));
    };
    picker.hidden = false;
    button.addEventListener("click", () => {
      const first = sheet.dataset.opened === undefined;
      sheet.hidden = !sheet.hidden;
      button.setAttribute("aria-expanded", String(!sheet.hidden));
      if (!first) return;
      sheet.dataset.opened = "";
      load().catch(() => {
        const hint = sheet.querySelector<HTMLElement>(".picker-hint");
        sheet.classList.add("is-failed");
        if (hint) hint.textContent = hint.dataset.failed ?? "";
      });
    });
  }
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
  let count = 0;
  const wire = (input: HTMLInputElement): void => {
    const list = document.createElement("ul");
    list.id = `offers-${(count += 1)}`;
    list.className = "offers";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    input.after(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    let at = -1;
    const options = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
    const close = (): void => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (option: HTMLElement): void => {
      input.value = option.dataset.key ?? "";
      const linked = fieldOf(input).querySelector<HTMLElement>(".linked");
      linked?.replaceChildren(document.createTextNode("→ "), named(option));
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const mark = (to: number): void => {
      const found = options();
      if (!found.length) return;
      at = (to + found.length) % found.length;
      found.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      input.setAttribute("aria-activedescendant", found[at]?.id ?? "");
      found[at]?.scrollIntoView({ block: "nearest" });
    };
    const show = (offers: Offer[]): void => {
      list.replaceChildren(...offers.map((offer, n) => drawn(offer, `${list.id}-${n}`, choose)));
      list.hidden = offers.length === 0;
      input.setAttribute("aria-expanded", String(offers.length > 0));
      at = -1;
    };
    const ask = later(ASK_AFTER, async () => {
      const asked = input.value;
      const query = new URLSearchParams({ q: asked, kinds: input.dataset.kinds ?? "" });
      const answer = (await (await fetch(`${form.dataset.records}?${query}`)).json()) as { items: Offer[] };
      if (asked === input.value) show(answer.items);
    });
    input.addEventListener("input", () => {
      fieldOf(input).querySelector(".linked")?.replaceChildren();
      ask();
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown") mark(at + 1);
      else if (event.key === "ArrowUp") mark(at - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) choose(options()[at] as HTMLElement);
      else return;
      event.preventDefault();
    });
  };
  form.querySelectorAll<HTMLInputElement>("[data-asks=records]").forEach(wire);
}

function drawn(offer: Offer, id: string, choose: (option: HTMLElement) => void): HTMLElement {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  Object.assign(option.dataset, { key: offer.key, url: offer.url, title: offer.title, lang: offer.lang });
  const name = document.createElement("span");
  name.lang = offer.lang;
  name.textContent = offer.title;
  const kind = document.createElement("span");
  kind.className = "soft small";
  kind.textContent = `${offer.kind} · ${offer.key}`;
  option.append(name, kind);
  option.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(option);
  });
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

function startNarrowing(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(".narrow-choices")) {
    input.hidden = false;
    const choices = [...(input.nextElementSibling?.querySelectorAll<HTMLElement>(".check") ?? [])];
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = input.value.trim().toLocaleLowerCase(document.documentElement.lang);
      for (const choice of choices) {
        const chosen = choice.querySelector("input")?.checked;
        choice.hidden = !chosen && !(choice.textContent ?? "").toLocaleLowerCase(document.documentElement.lang).includes(wanted);
      }
    });
  }
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
  startPickers(form);
  startLinks(form);
  startLanguages(form);
  startNarrowing(form);
  startKeeping(form);
}
