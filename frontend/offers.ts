// While somebody types into a search field, public names that begin so are offered; choosing one searches for it.
import { listbox, said } from "./listbox";

interface Name { name: string; lang: string; kind: string }

const ASK_AFTER = 120; // milliseconds without a key
const SHORTEST = 2;

function drawn({ name, lang, kind }: Name): HTMLElement {
  const option = document.createElement("li");
  option.dataset.name = name;
  option.append(said("", name, lang), said("soft small", kind));
  return option;
}

function offer(input: HTMLInputElement): void {
  const box = listbox(input, (option) => {
    input.value = option.dataset.name ?? "";
    input.form?.requestSubmit();
  });
  let timer = 0;
  let asking = new AbortController();
  const ask = async (): Promise<void> => {
    asking.abort();
    asking = new AbortController();
    const q = input.value.trim();
    if (q.length < SHORTEST) return box.close();
    const answer = await fetch(`${input.dataset.names}?${new URLSearchParams({ q })}`, { signal: asking.signal });
    const { items } = (await answer.json()) as { items: Name[] };
    if (q === input.value.trim() && document.activeElement === input) box.show(items.map(drawn));
  };
  input.addEventListener("input", (event) => {
    if ((event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask().catch(() => undefined), ASK_AFTER);
  });
}

export function startOffers(): void {
  document.querySelectorAll<HTMLInputElement>("input[data-names]").forEach(offer);
}
