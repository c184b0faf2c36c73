/** The invented event that the mock server shows, with the codebook as Python gives it. */
import {execFileSync} from "node:child_process";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const python = process.env.PYTHON ?? `${root}.venv/bin/python`;
const load = "import json; from framing.scheme import as_dict, load; print(json.dumps(as_dict(load('framing-1'))))";

export const SCHEME = JSON.parse(execFileSync(python, ["-c", load], {cwd: root, encoding: "utf8"}));

const HERE = [
  "Agitators storm dam as troubled firm restores “order”",
  "Three people were shot at the gate late on Tuesday. The crowd had gathered before dusk at the Brindle dam, where the water level has been the subject of a quarrel since the spring.",
  "Critics say the firm ignored a mere dozen warnings, and manager Ilse Tor insisted the site was safe. “We had engineers there every hour,” Tor said.",
  "The Harlow council, which met in haste on Wednesday, rammed a curfew through by nine votes to eight. Residents were told to keep away from the lower road until further notice.",
  "According to a report seen by this newspaper, the turbines ran without pause throughout the night. The firm described the evening as a “regrettable disturbance” and thanked its staff for their calm.",
  "It is feared that the flood of visitors will go on. The gate will stay closed until Monday.",
].join("\n\n");

const FIRST = [
  "One dead as guards fire on Brindle dam march",
  "Company guards opened fire, killing one and wounding two, police chief Mara Oduya said. Officers reached the gate shortly before midnight and found three people on the ground.",
  "The residents’ league, which called the march, said nobody had climbed the fence. Its members had asked for a meeting with the operator since April.",
  "Manager Ilse Tor said the guards had felt threatened and that the company would cooperate with the inquiry. She did not say who gave the order.",
  "Both wounded are in a stable condition, the hospital in Harlow said. The road to the gate remains closed.",
].join("\n\n");

const SECOND = [
  "Clinic near dam gate to close after night of shots",
  "Guards fired, according to police. The district will close the only clinic near the gate on Friday.",
  "An audit in March counted 12 warnings.",
].join("\n\n");

export const ARTICLES = [
  {id: 5, title: HERE.split("\n")[0], text: HERE, published: "2026-05-05"},
  {id: 6, title: FIRST.split("\n")[0], text: FIRST, published: "2026-05-05"},
  {id: 7, title: SECOND.split("\n")[0], text: SECOND, published: "2026-05-05"},
];

/** Point to words of an article, the first time they stand before `next`. */
function part(article, role, words, next = "") {
  const {text} = ARTICLES.find(({id}) => id === article);
  const unit = text.indexOf(words + next);
  if (unit < 0) throw new Error(`article ${article} has no “${words}”`);
  const start = Array.from(text.slice(0, unit)).length;
  return {role, start, end: start + Array.from(words).length, quote: words, article};
}

/** Suggestions as detectors make them: parts, score, readable reason. */
export function suggestionsFor({id}) {
  const term = (words, label, score, reason) => ({device: "loaded_terms", detector: "loaded_terms", label, parts: [part(id, "span", words)], attributes: {}, score, reason});
  const said = (source, cue, content, attributes, score, reason) => ({
    device: "attribution", detector: "attribution", label: "at.attribution", attributes, score, reason,
    parts: [source && part(id, "source", source, ` ${cue}`), cue && part(id, "cue", cue), part(id, "content", content)].filter(Boolean),
  });
  const all = [
    term("Agitators", "lt.epithet", 0.91, "a noun from the list of disparaging names"),
    term("mere", "lt.scale", 0.77, "a particle that shrinks the number after it"),
    said("manager Ilse Tor", "insisted", "the site was safe", {cue_stance: "distancing", source_type: "named_person"}, 0.93, "a speech verb with a subject and a clause"),
    said("Tor", "said", "“We had engineers there every hour,”", {cue_stance: "neutral", source_type: "named_person"}, 0.97, "a quotation before a speech verb"),
    term("rammed", "lt.charged_verb", 0.82, "“ram through” is in the list of forceful verbs, its object is a decision"),
    said("The firm", "described", "the evening as a “regrettable disturbance”", {cue_stance: "neutral", source_type: "institution"}, 0.88, "a speech verb with a subject and an object"),
    said(null, "is feared", "the flood of visitors will go on", {cue_stance: "neutral", source_type: "unattributed"}, 0.71, "a passive of belief without an agent"),
    term("flood", "lt.metaphor", 0.64, "water said of people"),
    {device: "omission", detector: "omission", label: "om.actor", parts: [part(id, "anchor", "were shot"), part(6, "evidence", "Company guards opened fire, killing one and wounding two")], attributes: {}, score: 0.69, reason: "a passive without agent; two other articles name who fired"},
  ];
  return all.map((suggestion, i) => ({...suggestion, id: 91 + i, version: "1.2", rule: "", decision: null}));
}
