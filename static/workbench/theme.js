/** What a person chose once and the site remembers: light or dark, and that the walk was seen. */

/** Switch between light and dark at once. @param {string | undefined} url where the site keeps a person's theme @param {string} csrf */
export function toggleTheme(url, csrf) {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  root.dataset.theme = theme;
  tell(url, csrf, {theme});
}

/** @param {string | undefined} url @param {string} csrf @param {Record<string, string>} [fields] */
export function tell(url, csrf, fields = {}) {
  if (!url) return;
  const body = new URLSearchParams({...fields, csrfmiddlewaretoken: csrf});
  // Lost, it has to be chosen again: nothing to trouble anybody with.
  fetch(url, {method: "POST", body, headers: {Accept: "application/json"}}).catch(() => {});
}
