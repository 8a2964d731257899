// The page about an area: its map, and under the field what the server understood of the text. The form works without it.
import type { Understood } from "./map/draw";
import { startPickers } from "./picker";

interface Answer extends Understood { written?: string }

const ASK_AFTER = 300; // milliseconds without a key

const form = document.querySelector<HTMLFormElement>("form#area-form");
const field = form?.querySelector<HTMLTextAreaElement>("[data-asks=place]");

async function ask(): Promise<Answer> {
  const body = new FormData();
  for (const name of ["text", "crs", "csrfmiddlewaretoken"]) {
    const control = form?.elements.namedItem(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) body.set(name, control.value);
  }
  const answer = await fetch(form?.dataset.place ?? "", { method: "POST", body });
  return (await answer.json()) as Answer;
}

async function understand(typed: HTMLTextAreaElement): Promise<void> {
  const answer = await ask();
  typed.dispatchEvent(new CustomEvent("understood", { detail: answer }));
  const said = typed.parentElement?.querySelector<HTMLElement>(".said");
  said?.classList.toggle("problem", Boolean(answer.problem));
  if (said) said.textContent = answer.problem ?? answer.written ?? "";
}

if (form && field) {
  let timer = 0;
  startPickers(form, () => ask(), () => "");
  form.addEventListener("input", ({ target }) => {
    if (target !== field && (target as HTMLElement).id !== "f-crs") return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void understand(field).catch(() => undefined), ASK_AFTER);
  });
}
