/**
 * What travels between the ledger page and the server, as docs/ledger-protocol.md has it.
 *
 * @typedef {"reported" | "partly" | "omitted" | "not_applicable"} Answer
 *
 * @typedef {{start: number, end: number, quote: string}} Quote code points, half-open
 *
 * @typedef {{answer: Answer, kind: string, anchor: Quote | null, salience: number | null,
 *   favours: string, favours_polarity: string, note: string, confidence: string}} Cell
 *
 * @typedef {Quote & {article: number | null, name: string, outlet: string, why_not: string}} Passage
 *
 * @typedef {{id: string, statement: string, mine: boolean, open: boolean, outlets: number,
 *   salience: number, evidence: Passage[],
 *   rules: {rule: string, verdict: "holds" | "fails" | "unknown", reason: string}[],
 *   cell: (Cell & {claim: string, revision: number}) | null}} Claim
 *
 * @typedef {{statement: string, evidence: (Quote & {article: number})[]}} Added
 *
 * @typedef {{id: string, kind: "judge" | "clear" | "add" | "withdraw", at: string, claim: string,
 *   cell?: Cell, statement?: string, evidence?: (Quote & {article: number})[]}} Operation
 *
 * @typedef {Omit<Operation, "id" | "at">} Draft an operation before it has an id and a time
 *
 * @typedef {{id: string, kind: string, revision: number, claim: string,
 *   before: Cell | null, after: Cell | null, at: string, client_time: string | null,
 *   tab: string}} Stored
 *
 * @typedef {{id: string, name: string, definition: string}} Value
 *
 * @typedef {{id: string, name: string, key: string, definition: string, yes: string,
 *   near_miss: string, test: string}} Kind
 *
 * @typedef {{id: number, name: string, language: string, published: string | null,
 *   words: number, outlet: string}} Head
 *
 * @typedef {{summary: string, kinds: Kind[], rulings: {name: string, text: string}[],
 *   confidence: Value[], salience: {question: string, values: Value[]} | null,
 *   favours: {question: string, values: Value[]} | null,
 *   favours_polarity: {question: string, values: Value[]} | null}} Codebook
 *
 * @typedef {{id: number, revision: number, project: {slug: string, name: string},
 *   event: {id: number, name: string} | null, sheets: number[],
 *   article: Head & {text: string, sha256: string, sentences: [number, number][]},
 *   siblings: Head[], codebook: Codebook, claims: Claim[], comparing: boolean,
 *   why: string}} Ledger
 */
export default {};
