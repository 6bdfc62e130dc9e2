import * as z from 'zod';

const count = z.int().min(0);

/** Ways in which a relay can misbehave; names follow facts/relay.md 4 and facts/reliability.md 5. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  // the way of the bytes
  z.strictObject({ kind: z.literal('status'), status: z.int().min(200).max(599), headers: z.record(z.string(), z.string()).optional(), body: z.string().optional() }),
  z.strictObject({ kind: z.literal('slow'), ms: count }),
  z.strictObject({ kind: z.literal('stall') }),
  z.strictObject({ kind: z.literal('drip'), everyMs: count }),
  z.strictObject({ kind: z.literal('cut'), afterBytes: count }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('html') }),
  z.strictObject({ kind: z.literal('redirect'), location: z.string() }),
  z.strictObject({ kind: z.literal('huge'), bytes: count }),
  z.strictObject({ kind: z.literal('gzip-bomb'), bytes: count }),
  // the body's outer form
  z.strictObject({ kind: z.literal('error-in-200'), shape: z.int().min(0).max(6), message: z.string().optional() }),
  z.strictObject({ kind: z.literal('empty-body') }),
  z.strictObject({ kind: z.literal('not-json') }),
  z.strictObject({ kind: z.literal('no-choices') }),
  z.strictObject({ kind: z.literal('finish'), reason: z.string() }),
  z.strictObject({ kind: z.literal('usage'), how: z.enum(['missing', 'zero', 'negative', 'string', 'huge', 'mismatch']) }),
  z.strictObject({ kind: z.literal('other-model'), model: z.string() }),
  z.strictObject({ kind: z.literal('bom') }),
  // the model's words
  z.strictObject({ kind: z.literal('truncated-json') }),
  z.strictObject({ kind: z.literal('invalid-json') }),
  z.strictObject({ kind: z.literal('fenced') }),
  z.strictObject({ kind: z.literal('prose') }),
  z.strictObject({ kind: z.literal('thinking') }),
  z.strictObject({ kind: z.literal('parts') }),
  z.strictObject({ kind: z.literal('blank') }),
  z.strictObject({ kind: z.literal('two-objects') }),
  z.strictObject({ kind: z.literal('duplicate-key') }),
  z.strictObject({ kind: z.literal('refusal'), how: z.enum(['field', 'filter', 'prose']) }),
  z.strictObject({ kind: z.literal('wrong-code') }),
  z.strictObject({ kind: z.literal('missing-tile') }),
  z.strictObject({ kind: z.literal('duplicate-tile') }),
  z.strictObject({ kind: z.literal('foreign-tile') }),
  z.strictObject({ kind: z.literal('bad-tile') }),
  z.strictObject({ kind: z.literal('unseen-tile') }),
  z.strictObject({ kind: z.literal('blind') }),
]);

/** One way to misbehave. */
export type Fault = z.infer<typeof faultSchema>;

/**
 * Which request gets which fault: a script by order of arrival (past its end: none, or its last for ever), or faults
 * drawn at a rate from a seed.
 */
export const faultPlanSchema = z.union([
  z.strictObject({ script: z.array(faultSchema), repeatLast: z.boolean().optional() }),
  z.strictObject({ seed: z.int(), rate: z.number().min(0).max(1), faults: z.array(faultSchema).min(1) }),
]);

/** Plan of a practice relay's faults. */
export type FaultPlan = z.infer<typeof faultPlanSchema>;

/**
 * Fault of a request.
 *
 * @param plan - Undefined for none.
 * @param index - Number of the request since the start, from 0.
 */
export function faultFor(plan: FaultPlan | undefined, index: number): Fault {
  if (plan === undefined) return { kind: 'none' };
  if ('script' in plan) return plan.script[index] ?? (plan.repeatLast === true ? plan.script.at(-1) : undefined) ?? { kind: 'none' };
  const draw = mixed(plan.seed, index);
  if (draw >= plan.rate) return { kind: 'none' };
  return plan.faults[Math.floor((draw / plan.rate) * plan.faults.length)] ?? { kind: 'none' };
}

/** A number in [0, 1) that looks random and is always the same for a seed and an index (splitmix32). */
function mixed(seed: number, index: number): number {
  let state = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
