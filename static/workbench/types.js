/**
 * What travels between the page and the server, as docs/workbench-protocol.md has it.
 *
 * @typedef {{role: string, start: number, end: number, quote: string, article: number}} Part
 *   Code points, half-open, into the text of the article it names.
 *
 * @typedef {{id: string, device: string, label: string, parts: Part[],
 *   attributes: Record<string, string>, note: string, confidence: string, flag: string,
 *   suggestion: number | null, edited: boolean, revision: number}} Annotation
 *
 * @typedef {{verdict: "accepted" | "edited" | "rejected", annotation: string | null}} Decision
 *
 * @typedef {{id: number, detector: string, version: string, device: string, label: string,
 *   parts: Part[], attributes: Record<string, string>, score: number | null, rule: string,
 *   reason: string, decision: Decision | null}} Suggestion
 *
 * @typedef {{id: string, kind: OperationKind, at: string, annotation?: Annotation,
 *   annotation_id?: string, suggestion?: number, device?: string, undoes?: string}} Operation
 *
 * @typedef {"create" | "update" | "delete" | "accept" | "reject" | "reopen" | "complete"
 *   | "uncomplete"} OperationKind
 *
 * @typedef {{id: string, kind: OperationKind, revision: number, annotation_id: string | null,
 *   suggestion: number | null, device: string, before: Annotation | null,
 *   after: Annotation | null, at: string, tab: string}} StoredOperation
 *   An operation as the server tells it.
 *
 * @typedef {{revision: number, annotations: ReadonlyMap<string, Annotation>,
 *   suggestions: ReadonlyMap<number, Suggestion>,
 *   completion: Readonly<Record<string, "open" | "done">>}} State
 *
 * @typedef {{model: string, tokens: [number, number][], sentences: [number, number][],
 *   entities: [number, number, string][], constituents?: number[] | null,
 *   ghosts?: {cue: [number, number], parts: [string, number, number][]}[] | null}} Layer
 *
 * @typedef {{id: number, text: string, sha256: string, title: string, language: string,
 *   outlet: string, published: string | null, url: string, words: number,
 *   event?: {id: number, name: string, position: number, total: number} | null,
 *   layer?: Layer | null}} Article
 *
 * @typedef {{detector: string, version: string, state: string, error: string, note: string}} Run
 *
 * @typedef {{id: string, name: string, key: string, group: string, command: string,
 *   device?: string, target?: string, value?: string, scope?: string}} Binding
 *   What a key does; `scope` is the device that must be selected for it.
 *
 * @typedef {{id: number, state: string, revision: number, arm: string,
 *   annotator: {id: number, name: string, keys: Record<string, string>},
 *   project: {slug: string, name: string, blind: boolean, preset: string, may_reopen: boolean},
 *   queue: {position: number, total: number, done: number, next: number | null,
 *     previous: number | null},
 *   article: Article, layer: Layer | null, scheme: any, bindings: Binding[],
 *   annotations: Annotation[],
 *   suggestions: Suggestion[], runs: Run[], completion: Record<string, "open" | "done">,
 *   siblings: {id: number, title: string, outlet: string, published: string | null,
 *     words: number}[]}} Assignment
 *
 * @typedef {{operation?: string, place?: string, message: string, remedy?: string,
 *   annotation?: string, attribute?: string, device?: string, suggestion?: number}} Problem
 *
 * @typedef {{start: number, end: number}} Range
 *   Code points, half-open.
 */

export default {};
