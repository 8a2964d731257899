// A list of options under a field, after the combobox pattern of WAI-ARIA: the focus stays in the field.
export interface Listbox {
  readonly open: boolean;
  show(options: HTMLElement[], marked?: number): void;
  close(): void;
}

let count = 0;

export function said(className: string, text: string, lang = ""): HTMLElement {
  const span = document.createElement("span");
  if (className) span.className = className;
  if (lang) span.lang = lang;
  span.textContent = text;
  return span;
}

export function listbox(input: HTMLInputElement, choose: (option: HTMLElement) => void, name = ""): Listbox {
  const list = document.createElement("ul");
  list.id = `offers-${(count += 1)}`;
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", name || (input.labels?.[0]?.textContent ?? "").trim());
  input.after(list);
  for (const [attribute, value] of Object.entries({ role: "combobox", "aria-controls": list.id, "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off" })) {
    input.setAttribute(attribute, value);
  }
  let at = -1;
  const options = (): HTMLElement[] => [...list.children] as HTMLElement[];
  const mark = (to: number): void => {
    const found = options();
    if (!found.length) return;
    at = (to + found.length) % found.length;
    found.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", found[at]?.id ?? "");
    found[at]?.scrollIntoView({ block: "nearest" });
  };
  const box: Listbox = {
    get open() {
      return !list.hidden;
    },
    show(found, marked = -1) {
      found.forEach((option, n) => {
        option.id = `${list.id}-${n}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
      });
      list.replaceChildren(...found);
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
      input.removeAttribute("aria-activedescendant");
      at = -1;
      list.scrollIntoView({ block: "nearest" });
      if (marked >= 0) mark(marked);
    },
    close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    },
  };
  const take = (option: HTMLElement): void => {
    box.close();
    choose(option);
  };
  // A press must not take the focus away; only a whole click chooses, so that a finger may scroll the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as HTMLElement).closest<HTMLElement>("[role=option]");
    if (option) take(option);
  });
  input.addEventListener("blur", () => box.close());
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const marked = options()[at];
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Escape") box.close();
    else if (event.key === "Enter" && marked) take(marked);
    else return;
    event.preventDefault();
  });
  return box;
}
