/**
 * Owns how many inputs everything that parses is given: a small fixed corpus in `npm test`, the same everywhere and
 * always; in `npm run fuzz` as many fresh ones in all as SECRET_CALL_FUZZ_INPUTS says, shared out in the same proportion.
 */

const CORPUS = {
  'client messages': 4_000,
  'client messages, damaged': 4_000,
  'client messages, whole': 1_000,
  'server messages': 4_000,
  'server messages, whole': 1_000,
  'bodies and room names': 2_000,
  base64url: 4_000,
  'boxes, damaged': 3_000,
  'boxes, random': 1_000,
  'roster entries': 1_000,
  'link certificates': 2_000,
  'links given to the app': 3_000,
  'link fragments': 2_000,
  'pasted links': 3_000,
  fingerprints: 3_000,
  descriptions: 4_000,
  'lines of ssh': 5_000,
  'reasons of ssh and cloudflared': 3_000,
  'output, cut anywhere': 1_000,
  'answers of cloudflared': 3_000,
  'targets of ssh': 3_000,
  settings: 2_000,
  'changes of settings': 2_000,
  'kept rooms': 1_000,
  origins: 3_000,
  'command lines': 1_000,
  'names, typed': 3_000,
  'typed commands': 2_000,
} as const;

const CORPUS_TOTAL = Object.values(CORPUS).reduce((sum, inputs) => sum + inputs, 0);
/** Of everything random in `npm test`, which says the same twice; what is fresh is for `npm run fuzz`. */
export const SEED = 20_260_101;
const wanted = Number(process.env.SECRET_CALL_FUZZ_INPUTS ?? 0);

/** Whether this is the long run. */
export const isLongRun = wanted > 0;

/** How fast-check is to run a property over inputs of this kind. The seed of a long run stands in its report. */
export function inputs(kind: keyof typeof CORPUS): { readonly numRuns: number } {
  if (!isLongRun) return { numRuns: CORPUS[kind] };
  return { numRuns: Math.ceil((CORPUS[kind] * wanted) / CORPUS_TOTAL) };
}

/** A long run has so many times the stories that `npm test` has. */
const LONG_RUN_STORIES = 20;

/** How fast-check is to run a property over stories: steps in any order, each with what must hold after it. */
export function stories(count: number): { readonly numRuns: number } {
  return { numRuns: isLongRun ? count * LONG_RUN_STORIES : count };
}
