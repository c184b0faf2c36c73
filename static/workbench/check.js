/** What is still open before an article can be submitted. The server checks the same again. */
import {undecided} from "./triage.js";

/** @import {Codebook} from "./codebook.js" */
/** @import {Annotation, Problem, State} from "./types.js" */

/**
 * @typedef {{text: string, annotation?: string, attribute?: string, role?: string, device?: string,
 *   suggestion?: number}} OpenItem
 */

/** What each annotation lacks, kept while neither it nor the codebook changes. @type {WeakMap<Codebook, WeakMap<Annotation, OpenItem[]>>} */
const KNOWN = new WeakMap();

/** @param {Codebook} codebook @param {Annotation} annotation @returns {OpenItem[]} */
export function missingIn(codebook, annotation) {
  const known = KNOWN.get(codebook) ?? new WeakMap();
  KNOWN.set(codebook, known);
  const items = known.get(annotation) ?? findMissing(codebook, annotation);
  known.set(annotation, items);
  return items;
}

/** @param {Codebook} codebook @param {Annotation} annotation @returns {OpenItem[]} */
function findMissing(codebook, annotation) {
  const device = codebook.byId.get(annotation.device);
  if (!device) return [];
  const items = [];
  const name = quoteOf(annotation) || codebook.describe(annotation);
  for (const role of device.roles) {
    const count = annotation.parts.filter((part) => part.role === role.id).length;
    if (count < role.minimum) {
      items.push({text: `“${name}” has no ${role.name}`, annotation: annotation.id, role: role.id, device: device.id});
    }
  }
  for (const attribute of device.attributes) {
    if (codebook.required(attribute) && !annotation.attributes[attribute.id]) {
      items.push({text: `“${name}”: ${attribute.question}`, annotation: annotation.id, attribute: attribute.id, device: device.id});
    }
  }
  return items;
}

/** @param {Codebook} codebook @param {State} state @param {number} article @returns {OpenItem[]} */
export function openItems(codebook, state, article) {
  const items = [];
  for (const suggestion of undecided(state, article)) {
    items.push({text: `Suggestion “${quoteOf(suggestion)}” is not decided`, suggestion: suggestion.id, device: suggestion.device});
  }
  for (const annotation of state.annotations.values()) items.push(...missingIn(codebook, annotation));
  for (const device of codebook.devices) {
    if (state.completion[device.id] === "open") {
      items.push({text: `${device.name}: not yet marked as read`, device: device.id});
    }
  }
  return items;
}

/** Say a problem as the server means it: place, what is wrong, what to do. @param {Problem} problem */
export function sentence({place, message, remedy}) {
  const joint = /^\p{Ll}/u.test(message) ? " " : ": ";
  return [place ? place + joint + message : message, remedy].filter(Boolean).join(" ");
}

/** Return the words that name an annotation in a list. @param {{parts: readonly {quote: string}[]}} annotation */
export function quoteOf(annotation) {
  return shortened(annotation.parts.find((part) => part.quote)?.quote ?? "");
}

/** @param {string} text */
export function shortened(text) {
  const chars = Array.from(text);
  return chars.length > 60 ? `${chars.slice(0, 58).join("").trimEnd()}…` : text;
}
