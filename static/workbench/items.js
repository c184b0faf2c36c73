/** What is painted: annotations and undecided suggestions with their badges and words. */

/** @import {Codebook} from "./codebook.js" */
/** @import {Annotation, Part, State, Suggestion} from "./types.js" */

/**
 * @typedef {{key: string, id: string, kind: "annotation" | "suggestion", device: string,
 *   label: string, family: string, name: string, words: string, marks: Mark[]}} Item
 * @typedef {{key: string, item: string, start: number, end: number, article: number, role: string,
 *   badge: string, classes: string, words: string}} Mark
 */

/** Classes of the lines that are not solid. @type {Record<string, string>} */
export const LINES = {dotted: "q", dashed: "c", double: "ev"};

/** Return all items by key, annotations as `a:ID`, undecided suggestions as `s:ID`. @param {State} state @param {Codebook} codebook @returns {Map<string, Item>} */
export function itemsOf(state, codebook) {
  /** @type {Map<string, Item>} */
  const items = new Map();
  // A key that was made once is found sooner than one that is put together again.
  const add = (/** @type {Item} */ item) => items.set(item.key, item);
  const numbers = new Map();
  const numbered = [];
  for (const annotation of state.annotations.values()) {
    const device = codebook.byId.get(annotation.device);
    if (device && device.unit !== "span") numbered.push(annotation);
    else add(itemOf(annotation, codebook, "", "annotation"));
  }
  for (const annotation of inOrderOfMaking(numbered)) {
    const number = (numbers.get(annotation.device) ?? 0) + 1;
    numbers.set(annotation.device, number);
    add(itemOf(annotation, codebook, String(number), "annotation"));
  }
  for (const suggestion of state.suggestions.values()) {
    if (!suggestion.decision) add(itemOf(suggestion, codebook, "?", "suggestion"));
  }
  return items;
}

/** Say whether two items look the same on the page. @param {Item | undefined} a @param {Item | undefined} b */
export function looksSame(a, b) {
  if (a === b) return true;
  if (!a || !b || a.marks.length !== b.marks.length || a.words !== b.words) return false;
  return a.marks.every((mark, i) => {
    const other = b.marks[i];
    return mark.start === other.start && mark.end === other.end && mark.article === other.article
      && mark.badge === other.badge && mark.classes === other.classes;
  });
}

/** Ids of version 7 grow with time, so numbers stay when something is added; imported ids come first. @param {Annotation[]} annotations */
function inOrderOfMaking(annotations) {
  const rank = (/** @type {string} */ id) => (id[14] === "7" ? id : `.${id}`);
  return annotations.sort((a, b) => (rank(a.id) < rank(b.id) ? -1 : 1));
}

/** Items of values that did not change are the same objects. @type {WeakMap<object, {tag: string, item: Item}>} */
const CACHE = new WeakMap();

/** @param {Annotation | Suggestion} source @param {Codebook} codebook @param {string} tag @param {Item["kind"]} kind @returns {Item} */
function itemOf(source, codebook, tag, kind) {
  let known = CACHE.get(source);
  if (known?.tag !== tag) CACHE.set(source, known = {tag, item: makeItem(source, codebook, tag, kind)});
  return known.item;
}

/** @param {Annotation | Suggestion} source @param {Codebook} codebook @param {string} tag @param {Item["kind"]} kind @returns {Item} */
function makeItem(source, codebook, tag, kind) {
  const device = codebook.byId.get(source.device);
  const key = `${kind === "annotation" ? "a" : "s"}:${source.id}`;
  const number = tag && tag !== "?" ? ` ${tag}` : "";
  const score = "score" in source && source.score !== null ? `, ${Math.round(source.score * 100)} percent` : "";
  const words = codebook.describe(source) + number + (kind === "suggestion" ? `, suggested${score}` : "");
  const marks = source.parts.map((part) => markOf(part, key, device?.family ?? "", tag, words, codebook.role(source.device, part.role), kind));
  return {
    key, id: String(source.id), kind, device: source.device, label: source.label, family: device?.family ?? "",
    name: (device?.badge ?? "") + (tag === "?" ? "" : tag), words, marks,
  };
}

/**
 * @param {Part} part @param {string} item @param {string} family @param {string} tag @param {string} words
 * @param {import("./codebook.js").Role | undefined} role @param {Item["kind"]} kind @returns {Mark}
 */
function markOf(part, item, family, tag, words, role, kind) {
  const line = LINES[role?.line ?? ""] ?? "";
  const classes = [family, line, kind === "suggestion" ? "sug" : ""].filter(Boolean).join(" ");
  const several = role && role.id !== "span" && words.indexOf(role.name) < 0;
  return {
    key: `${item}/${part.role}/${part.article}/${part.start}-${part.end}`, item, start: part.start, end: part.end,
    article: part.article, role: part.role, badge: (role?.badge ?? "") + tag, classes,
    words: several ? `${words}, ${role.name}` : words,
  };
}
