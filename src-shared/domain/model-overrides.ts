import * as z from 'zod';

const microUsdPerMillion = z.int().min(0).max(1_000_000_000_000);

const typedPriceSchema = z.strictObject({
  input: microUsdPerMillion,
  cachedInput: microUsdPerMillion,
  /** Null where writing to the cache costs what input costs. */
  cacheWrite: microUsdPerMillion.nullable(),
  output: microUsdPerMillion,
});

/** What a clinic knows better than the model catalogue about one relay, or about one model on it. */
export const modelOverrideSchema = z.strictObject({
  /** Of the relay in the settings. */
  relayId: z.string().min(1).max(40),
  /** As the relay or the catalogue writes it; null for all models of the relay. */
  model: z.string().min(1).max(200).nullable(),
  /** What the relay charges, integer micro-USD per million tokens; null for the catalogue's price. */
  price: typedPriceSchema.nullable(),
  /** What the relay takes of the list price, percent, in place of what it takes otherwise; a typed price is taken as it is. */
  multiplierPercent: z.int().min(0).max(10_000).nullable(),
  /** deny: nothing is sent to it. allow: an exception from a deny for all models. */
  choice: z.enum(['allow', 'deny']).nullable(),
  /** Name of one of the catalogue's token rules; null for the model's own. */
  tokenRule: z.string().max(100).nullable(),
});

/** A clinic's overrides; of several for the same thing the last one counts. */
export const modelOverridesSchema = z.array(modelOverrideSchema).max(500);

/** See modelOverrideSchema. */
export type ModelOverride = z.infer<typeof modelOverrideSchema>;

/** A price as a clinic types it, integer micro-USD per million tokens. */
export type TypedPrice = z.infer<typeof typedPriceSchema>;
