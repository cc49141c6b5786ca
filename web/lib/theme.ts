/** The look that this browser was told to have: as the system says, or always light, or always dark. Kept in this browser only. */

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

const KEY = "theme";

/** What was chosen here; "auto" where nothing was, or where storage is closed (private browsing). */
export function readTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "auto";
  } catch {
    return "auto";
  }
}

/** Shows a theme and remembers it. Where storage is closed it holds until the page is left. */
export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Nothing to do: the page shows the theme all the same.
  }
}

/** Puts the theme on the root element; the stylesheet does the rest. */
export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
