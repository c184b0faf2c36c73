/** Switch between light and dark at once, and let the server remember it for the next page. */

/** @param {string | undefined} url where the site keeps a person's theme @param {string} csrf */
export function toggleTheme(url, csrf) {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  root.dataset.theme = theme;
  if (!url) return;
  const body = new URLSearchParams({theme, csrfmiddlewaretoken: csrf});
  // Lost, it is a theme that has to be chosen again: nothing to trouble anybody with.
  fetch(url, {method: "POST", body, headers: {Accept: "application/json"}}).catch(() => {});
}
