/** Light or dark: the system decides until a person does, and then the browser remembers. */

const KEY = "theme";

/** Apply what was chosen earlier. */
export function restoreTheme() {
  const chosen = remembered();
  if (chosen) document.documentElement.dataset.theme = chosen;
}

/** Change to the other theme. */
export function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  remember(KEY, root.dataset.theme);
}

/** @returns {string | null} */
function remembered() {
  const asked = recall(KEY);
  return asked === "dark" || asked === "light" ? asked : null;
}

/** Storage may be forbidden: then a choice lasts as long as the page. @param {string} key @returns {string | null} */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value @returns {boolean} whether it will be remembered */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
