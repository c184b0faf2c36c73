/** The second reading pane: another article of the same event. */
import {byId, h, toArticle} from "./dom.js";
import {Pane} from "./pane.js";
import {listen} from "./pointer.js";
import {TextModel} from "./text.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @param {{tell: (id: string, text: string, retry: () => void) => void}} page */
export function siblingPane(desk, page) {
  const element = byId("sibling");
  /** @type {Map<number, Pane>} */
  const loaded = new Map();

  /** @param {number} id @returns {Promise<Pane | null>} */
  async function load(id) {
    const known = loaded.get(id);
    if (known) return known;
    const {status, body} = await desk.store.api.get(`siblings/${id}/`);
    if (status !== 200 || !body) {
      page.tell("sibling", "The other article could not be loaded.", () => void open(id));
      return null;
    }
    const article = {id, title: "", ...(body.article ?? body)};
    const pane = new Pane(element, article, new TextModel(article.text, body.layer ?? article.layer ?? null, article.language));
    loaded.set(id, pane);
    return pane;
  }

  /** @param {number} [id] @returns {Promise<Pane | null>} */
  async function open(id = desk.sibling?.article.id ?? desk.data.siblings[0]?.id) {
    if (id === undefined) return null;
    const pane = await load(id);
    if (!pane) return null;
    document.body.classList.add("two");
    element.hidden = false;
    pane.mount(desk.items, head(id), []);
    pane.paper.classList.add("plain");
    desk.set({sibling: pane, pane: desk.pane === desk.main ? desk.main : pane});
    return pane;
  }

  function close() {
    document.body.classList.remove("two");
    element.hidden = true;
    desk.set({sibling: null, pane: desk.main, omission: null});
    toArticle();
  }

  /** @param {number} current */
  function head(current) {
    return h("div.panehead", null, desk.data.siblings.map((sibling, i) => h("button.tab", {
      "aria-current": sibling.id === current ? "true" : null, title: sibling.title, onclick: () => void open(sibling.id),
    }, sibling.outlet || `Sibling ${String.fromCharCode(66 + (i % 25))}`)),
    h("span.push.small.dim", null, desk.data.siblings.find(({id}) => id === current)?.published ?? ""),
    h("button.btn.quiet", {onclick: close, "aria-label": "Close the sibling"}, "×"));
  }

  element.addEventListener("focus", () => { if (desk.sibling && desk.pane !== desk.sibling) desk.set({pane: desk.sibling}); });
  byId("article").addEventListener("focus", () => { if (desk.pane !== desk.main) desk.set({pane: desk.main}); });
  listen(desk, element, () => desk.sibling);
  const toggle = () => {
    const ids = desk.data.siblings.map(({id}) => id);
    const next = ids[desk.sibling ? ids.indexOf(desk.sibling.article.id) + 1 : 0];
    if (next === undefined && desk.sibling) close();
    else void open(next);
  };
  return {open, toggle};
}
