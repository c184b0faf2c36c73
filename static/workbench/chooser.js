/** For beginners: the codebook's own tests, one after the other, lead to the label. */
import {shortened} from "./check.js";
import {giveLabel} from "./commands.js";
import {byId, fill, h, toArticle} from "./dom.js";

/** @import {Desk} from "./desk.js" */

/** @param {Desk} desk @returns {() => void} what opens the questions */
export function mountChooser(desk) {
  const box = /** @type {HTMLDialogElement} */ (byId("chooser"));

  /** @param {number} index */
  function ask(index) {
    const device = desk.codebook.ofUnit("span");
    const label = device?.labels[index];
    const words = desk.range ? desk.main.model.slice(desk.range.start, desk.range.end) : "";
    if (!device || !label) {
      return fill(box, h("p.q1", null, h("em", null, shortened(words))), h("p", null, "No test fits: there is no loaded term here. In doubt, mark it and flag it for discussion."),
        h("div.acts", null, h("button.btn", {onclick: close}, "Close")));
    }
    fill(box, h("p.cap", null, `Test ${index + 1} of ${device.labels.length}: ${label.name}`), h("p.q1", null, h("em", null, shortened(words))),
      h("p", null, label.test || label.definition), h("p.small.dim", null, `Yes: ${label.yes}`), h("p.small.dim", null, `Near miss: ${label.near_miss}`),
      h("div.acts", null,
        h("button.btn", {"data-answer": "yes", onclick: () => { close(); giveLabel(desk, device.id, label.id); }}, "It is one", h("kbd", null, "a")),
        h("button.btn", {"data-answer": "no", onclick: () => ask(index + 1)}, "It is not", h("kbd", null, "x")),
        h("button.btn.quiet", {onclick: close}, "Close", h("kbd", null, "Esc"))));
    box.querySelector("button")?.focus();
  }

  function close() {
    box.close();
    toArticle();
  }

  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const answer = {a: "yes", x: "no"}[event.key];
    if (event.key === "Escape") close();
    const button = answer && box.querySelector(`[data-answer="${answer}"]`);
    if (button instanceof HTMLElement) button.click();
  });
  return () => {
    if (!desk.range || desk.pane !== desk.main) return desk.say("Choose words first.");
    box.show();
    ask(0);
  };
}
