/** A small event of our own, and random operations on it. */

export const TEXT = [
  "Agitators storm dam as troubled firm restores “order”",
  "Three people were shot at the gate late on Tuesday.",
  "Critics say the firm ignored a mere dozen warnings, and manager Ilse Tor insisted the site was safe.",
  "It is feared that the flood of visitors will go on.",
].join("\n");

/** @param {string} words @param {string} role */
export function part(words, role = "span") {
  const start = Array.from(TEXT.slice(0, TEXT.indexOf(words))).length;
  return {role, start, end: start + Array.from(words).length, quote: words, article: 5};
}

export function annotation(id, values = {}) {
  return {
    id, device: "loaded_terms", label: "lt.epithet", parts: [part("Agitators")], attributes: {}, note: "",
    confidence: "", flag: "", suggestion: null, edited: false, revision: 0, ...values,
  };
}

export function suggestion(id, values = {}) {
  return {
    id, detector: "loaded_terms", version: "1.0", device: "loaded_terms", label: "lt.scale", parts: [part("mere")],
    attributes: {}, score: 0.8, rule: "scale.particle", reason: "a particle before a number", decision: null, ...values,
  };
}

export function assignment(values = {}) {
  return {
    revision: 0, annotations: [], suggestions: [suggestion(1), suggestion(2, {parts: [part("flood")], label: "lt.metaphor"})],
    completion: {loaded_terms: "open", attribution: "open", omission: "open"}, ...values,
  };
}

/** Make an operation that the state allows. */
export function randomOperation(random, state, count) {
  const id = `op-${count}`;
  const at = "2026-05-05T10:00:00Z";
  const annotations = Array.from(state.annotations.values());
  const open = Array.from(state.suggestions.values()).filter((s) => !s.decision);
  const decided = Array.from(state.suggestions.values()).filter((s) => s.decision);
  const own = annotations.filter((a) => a.suggestion === null);
  const device = random.pick(Object.keys(state.completion));
  const choices = [
    () => ({id, at, kind: "create", annotation: annotation(`a-${count}`, {label: `lt.${random.below(4)}`})}),
    () => ({id, at, kind: state.completion[device] === "done" ? "uncomplete" : "complete", device}),
  ];
  if (annotations.length) {
    choices.push(() => ({id, at, kind: "update", annotation: {...random.pick(annotations), note: `note ${count}`}}));
  }
  if (own.length) choices.push(() => ({id, at, kind: "delete", annotation_id: random.pick(own).id}));
  if (open.length) {
    choices.push(() => ({id, at, kind: "reject", suggestion: random.pick(open).id}));
    choices.push(() => {
      const {id: key, device: d, label, parts, attributes} = random.pick(open);
      return {id, at, kind: "accept", suggestion: key, annotation: annotation(`a-${count}`, {device: d, label, parts, attributes})};
    });
  }
  if (decided.length) choices.push(() => ({id, at, kind: "reopen", suggestion: random.pick(decided).id}));
  return random.pick(choices)();
}

/** Make a state plain, so that deepEqual compares values and not the order of a map. */
export function plain(state) {
  const sorted = (map) => Array.from(map.values()).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  return {annotations: sorted(state.annotations), suggestions: sorted(state.suggestions), completion: state.completion};
}
