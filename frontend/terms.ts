// Terms are picked by typing: any of the four languages and the code find them, what lies above and what they mean is
// shown. The list of the page stays underneath and is what is sent.
import { listbox, said } from "./listbox";
import { filled, folded } from "./words";

interface Term { words: Record<string, string[]>; above: string; note: string }
type Terms = Record<string, Term>;

const WAIT = 500; // milliseconds

const asked = new Map<string, Promise<Terms>>();

// Without an answer the words of the page itself still find their terms.
function about(form: HTMLFormElement, vocabulary: string): Promise<Terms> {
  const ask = async (): Promise<Terms> => {
    const answer = await fetch(`${form.dataset.terms}?${new URLSearchParams({ vocabulary })}`);
    return ((await answer.json()) as { terms: Terms }).terms;
  };
  const found = asked.get(vocabulary) ?? ask().catch(() => ({}));
  asked.set(vocabulary, found);
  return found;
}

const names = (term: Term | undefined): [string, string][] =>
  Object.entries(term?.words ?? {}).flatMap(([lang, words]) => words.map((word): [string, string] => [lang, word]));

function finds(typed: string, label: string, code: string, term: Term | undefined): boolean {
  const text = folded([label, code, ...names(term).map(([, word]) => word)].join("\n"));
  return folded(typed).split(/\s+/).every((word) => text.includes(word));
}

function drawn(code: string, label: string, term: Term | undefined, typed: string): HTMLElement {
  const option = document.createElement("li");
  option.dataset.code = code;
  option.append(said("", label));
  const word = typed && !finds(typed, label, "", undefined) ? names(term).find(([, name]) => folded(name).includes(folded(typed))) : undefined;
  const more = [word && said("", word[1], word[0]), term?.above && said("", term.above), term?.note && said("", term.note, "en")];
  const shown = more.filter((part): part is HTMLElement => Boolean(part));
  if (shown.length) {
    const line = said("soft small", "");
    shown.forEach((part, n) => line.append(n ? " · " : "", part));
    option.append(line);
  }
  return option;
}

export function startPicking(form: HTMLFormElement): void {
  form.querySelectorAll<HTMLSelectElement>("select[data-terms]").forEach((select) => pick(form, select));
}

function pick(form: HTMLFormElement, select: HTMLSelectElement): void {
  const name = (select.labels?.[0]?.firstChild?.textContent ?? "").trim();
  const [picker, input, opener, status] = [document.createElement("div"), document.createElement("input"), document.createElement("button"), said("soft small", "")];
  const options = [...select.options].filter((option) => option.value);
  const chosen = (): HTMLOptionElement | undefined => options.find((option) => option.selected);
  let known: Terms = {};
  let found: HTMLOptionElement[] = [];

  picker.className = "picker";
  input.type = "text";
  input.id = select.id;
  input.placeholder = select.options[0]?.text ?? "";
  input.spellcheck = false;
  for (const attribute of ["aria-describedby", "aria-invalid"]) {
    const value = select.getAttribute(attribute);
    if (value) input.setAttribute(attribute, value);
  }
  opener.type = "button";
  opener.className = "picker-open";
  opener.tabIndex = -1;
  opener.setAttribute("aria-label", `${form.dataset.open}: ${name}`);
  status.setAttribute("role", "status");
  select.removeAttribute("id");
  select.hidden = true;
  select.after(picker, status);
  picker.append(input, opener);

  const written = (): void => {
    input.value = chosen()?.text ?? "";
  };
  const set = (code: string): void => {
    const before = select.value;
    select.value = code;
    written();
    status.textContent = "";
    if (before !== code) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const box = listbox(input, (option) => set(option.dataset.code ?? ""), name);
  const show = (typed: string): void => {
    found = options.filter((option) => !typed || finds(typed, option.text, option.value, known[option.value]));
    const first = (option: HTMLOptionElement): number => (folded(option.text).startsWith(folded(typed)) ? 0 : 1);
    if (typed) found.sort((one, other) => first(one) - first(other));
    box.show(found.map((option) => drawn(option.value, option.text, known[option.value], typed)), typed ? -1 : found.findIndex((option) => option.selected));
    status.textContent = found.length ? filled(form.dataset.found ?? "", { n: String(found.length) }) : filled(form.dataset.none ?? "", { text: typed });
  };
  // A list that is open is not drawn again under the finger: it waits a moment for what is known of its terms.
  const open = (all: boolean): void => {
    const learnt = about(form, select.dataset.terms ?? "").then((terms) => {
      known = terms;
    });
    void Promise.race([learnt, new Promise((go) => setTimeout(go, WAIT))]).then(() => {
      if (document.activeElement === input) show(all ? "" : input.value);
    });
  };
  // What is left in the field is a choice only when it is the name of one term; else the choice stays as it was.
  const settle = (): void => {
    const typed = input.value.trim();
    if (!typed) return set("");
    if (typed === chosen()?.text) {
      status.textContent = "";
      return;
    }
    const same = options.filter((option) => [option.text, option.value, ...names(known[option.value]).map(([, word]) => word)].some((word) => folded(word) === folded(typed)));
    if (same.length === 1) return set(same[0]?.value ?? "");
    written();
    status.textContent = filled(form.dataset.none ?? "", { text: typed });
  };

  const take = (): void => {
    if (box.open && found.length === 1) set(found[0]?.value ?? "");
    else if (!box.open) settle();
    box.close();
  };

  input.addEventListener("focus", () => void about(form, select.dataset.terms ?? ""));
  input.addEventListener("input", () => open(false));
  input.addEventListener("blur", settle);
  input.addEventListener("click", () => {
    if (!box.open) open(true);
  });
  input.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") open(true);
    else if (event.key === "Escape") set(select.value);
    else if (event.key === "Enter") take();
    else return;
    event.preventDefault();
  });
  opener.addEventListener("mousedown", (event) => event.preventDefault());
  opener.addEventListener("click", () => {
    input.focus();
    if (box.open) box.close();
    else open(true);
  });
  // A browser that comes back to the page, or reads it again, puts its own choice into the list.
  addEventListener("pageshow", written);
  written();
}

// Boxes to tick are made fewer by the same words.
export function startNarrowing(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(".narrow-choices")) {
    input.hidden = false;
    const choices = [...(input.nextElementSibling?.querySelectorAll<HTMLElement>(".check") ?? [])];
    let known: Terms = {};
    const narrow = (): void => {
      for (const choice of choices) {
        const box = choice.querySelector("input");
        choice.hidden = !box?.checked && !finds(input.value, choice.textContent ?? "", box?.value ?? "", known[box?.value ?? ""]);
      }
    };
    input.addEventListener("focus", () => {
      void about(form, input.dataset.terms ?? "").then((terms) => {
        known = terms;
        narrow();
      });
    });
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      narrow();
    });
  }
}
