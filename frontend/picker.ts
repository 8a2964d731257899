// The map beside a field of coordinates, wherever there is one.
import type { open, Understood } from "./map/draw";

/**
 * The map of a place is loaded when it is opened for the first time; without it the text says all. `ask` tells what the
 * server understands of a field, `country` whose map is shown for an empty one.
 */
export function startPickers(form: HTMLFormElement, ask: (field: HTMLTextAreaElement) => Promise<Understood>, country: () => string): void {
  for (const picker of form.querySelectorAll<HTMLElement>("[data-picker]")) {
    const button = picker.querySelector<HTMLButtonElement>("[data-opens]");
    const sheet = picker.querySelector<HTMLElement>(".picker-sheet");
    const field = document.getElementById(picker.dataset.picker ?? "");
    if (!button || !sheet || !(field instanceof HTMLTextAreaElement)) continue;
    const load = async (): Promise<void> => {
      const { open: draw } = (await import(form.dataset.map ?? "")) as { open: typeof open };
      await draw(sheet, field, country(), async () => (field.value.trim() ? ask(field) : {}));
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
