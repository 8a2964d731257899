// Nothing here is needed for reading. It keeps the chosen theme, opens the filters where there is room, helps to search.
import { startOffers } from "./offers";
import { startLocating, startPeriod } from "./period";

type Theme = "light" | "dark";

const KEY = "ortaq-theme";
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const wide = matchMedia("(min-width: 56.01rem)");

// Storage throws where a browser forbids it; the page then follows the system.
function kept(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}

function shown(): Theme {
  return (root.dataset.theme as Theme | undefined) ?? (dark.matches ? "dark" : "light");
}

function startThemeSwitch(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>(".theme-switch")) {
    const say = (): void => button.setAttribute("aria-pressed", String(shown() === "dark"));
    button.hidden = false;
    button.addEventListener("click", () => {
      const theme: Theme = shown() === "dark" ? "light" : "dark";
      root.dataset.theme = theme;
      keep(theme);
      say();
    });
    dark.addEventListener("change", say);
    say();
  }
}

function startFilters(): void {
  const sheet = document.querySelector<HTMLDetailsElement>("details.filters");
  if (!sheet) return;
  const fit = (): void => {
    sheet.open = wide.matches;
  };
  wide.addEventListener("change", fit);
  fit();
}

// Runs in the head, before the first paint: a kept theme must not flash.
const theme = kept();
if (theme) root.dataset.theme = theme;

document.addEventListener("DOMContentLoaded", () => {
  startThemeSwitch();
  startFilters();
  startPeriod();
  startLocating();
  startOffers();
  document.querySelector<HTMLElement>(".error-summary")?.focus();
});
