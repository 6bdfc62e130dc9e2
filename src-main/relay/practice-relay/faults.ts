import * as z from 'zod';

const count = z.int().min(0);
/** Text that must never reach a window as anything but text. */
const hostileText = z.enum(['html', 'script', 'link', 'bidi', 'control', 'formula', 'instruction']);

function kind<Kind extends string>(name: Kind) {
  return z.strictObject({ kind: z.literal(name) });
}

/** Ways in which a relay can misbehave; names follow facts/relay.md 4 and facts/reliability.md 5. */
export const faultSchema = z.discriminatedUnion('kind', [
  kind('none'),
  // the way of the bytes
  z.strictObject({ kind: z.literal('status'), status: z.int().min(200).max(599), headers: z.record(z.string(), z.string()).optional(), body: z.string().optional() }),
  z.strictObject({ kind: z.literal('slow'), ms: count }),
  kind('stall'),
  z.strictObject({ kind: z.literal('drip'), everyMs: count }),
  z.strictObject({ kind: z.literal('cut'), afterBytes: count }),
  kind('reset'),
  kind('html'),
  z.strictObject({ kind: z.literal('redirect'), location: z.string() }),
  z.strictObject({ kind: z.literal('huge'), bytes: count }),
  z.strictObject({ kind: z.literal('gzip-bomb'), bytes: count }),
  /** Of an answer that is sound otherwise: rate limits, content types. */
  z.strictObject({ kind: z.literal('headers'), headers: z.record(z.string(), z.string()) }),
  // the body's outer form
  z.strictObject({ kind: z.literal('error-in-200'), shape: z.int().min(0).max(6), message: z.string().optional() }),
  kind('empty-body'),
  kind('not-json'),
  kind('stream'),
  kind('bom'),
  kind('no-choices'),
  kind('null-message'),
  kind('parts'),
  kind('other-tool'),
  z.strictObject({ kind: z.literal('deep-body'), depth: count }),
  kind('proto-body'),
  z.strictObject({ kind: z.literal('finish'), reason: z.string() }),
  z.strictObject({ kind: z.literal('usage'), how: z.enum(['missing', 'zero', 'negative', 'string', 'fraction', 'huge', 'mismatch', 'inflated', 'text-only', 'no-image-tokens']) }),
  z.strictObject({ kind: z.literal('other-model'), model: z.string() }),
  // the model's text
  kind('truncated-json'),
  kind('cut-json'),
  kind('invalid-json'),
  kind('elided'),
  kind('mendable'),
  kind('fenced'),
  kind('prose'),
  kind('thinking'),
  kind('blank'),
  kind('two-objects'),
  kind('same-twice'),
  kind('duplicate-key'),
  kind('proto'),
  z.strictObject({ kind: z.literal('deep-nesting'), depth: count }),
  z.strictObject({ kind: z.literal('huge-string'), characters: count }),
  z.strictObject({ kind: z.literal('hostile-around'), how: hostileText }),
  z.strictObject({ kind: z.literal('refusal'), how: z.enum(['field', 'filter', 'prose']) }),
  // what the model says of the tiles
  kind('wrong-code'),
  kind('missing-tile'),
  kind('skips-tiles'),
  kind('duplicate-tile'),
  kind('doubled-numbers'),
  kind('both-lists'),
  kind('foreign-tile'),
  kind('invents-tiles'),
  kind('numbers-as-text'),
  kind('bad-tile'),
  kind('foreign-words'),
  kind('other-spelling'),
  kind('coordinates'),
  kind('many-regions'),
  kind('extra-field'),
  kind('missing-field'),
  kind('unseen-tile'),
  kind('unclear-with-region'),
  kind('all-unclear'),
  kind('blank-positive'),
  kind('nothing-seen'),
  kind('blind'),
  z.strictObject({ kind: z.literal('hostile-words'), how: hostileText }),
]);

/** One way to misbehave. */
export type Fault = z.infer<typeof faultSchema>;

/** See hostileText. */
export type HostileText = z.infer<typeof hostileText>;

/** What happens to one request: a fault, or several at once. */
const requestFaultSchema = z.union([faultSchema, z.array(faultSchema)]);

/**
 * Which request gets which fault: a script by order of arrival (past its end: none, or its last for ever), or faults
 * drawn at a rate from a seed.
 */
export const faultPlanSchema = z.union([
  z.strictObject({ script: z.array(requestFaultSchema), repeatLast: z.boolean().optional() }),
  z.strictObject({ seed: z.int(), rate: z.number().min(0).max(1), faults: z.array(requestFaultSchema).min(1) }),
]);

/** Plan of a practice relay's faults. */
export type FaultPlan = z.infer<typeof faultPlanSchema>;

/**
 * Faults of a request.
 *
 * @param plan - Undefined for none.
 * @param index - Number of the request since the start, from 0.
 */
export function faultsFor(plan: FaultPlan | undefined, index: number): readonly Fault[] {
  const fault = plan === undefined ? undefined : plannedFault(plan, index);
  if (fault === undefined) return [];
  return Array.isArray(fault) ? fault : [fault];
}

function plannedFault(plan: FaultPlan, index: number): Fault | Fault[] | undefined {
  if ('script' in plan) return plan.script[index] ?? (plan.repeatLast === true ? plan.script.at(-1) : undefined);
  const draw = mixed(plan.seed, index);
  return draw >= plan.rate ? undefined : plan.faults[Math.floor((draw / plan.rate) * plan.faults.length)];
}

/** A number in [0, 1) that looks random and is always the same for a seed and an index (splitmix32). */
function mixed(seed: number, index: number): number {
  let state = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
