import * as z from 'zod';
import { answerFormats } from './answer-format.ts';
import { imageDetails, tokenRuleSchema } from './token-rule.ts';

const daySchema = z.iso.date();
const priceSchema = z.int().min(0);
const nameSchema = z.string().min(1).max(100);
const bytesSchema = z.int().positive();

const bucketPrices = {
  input: priceSchema,
  cachedInput: priceSchema,
  /** Tokens written to the provider's cache; null where they cost what input costs. */
  cacheWrite: priceSchema.nullable(),
  output: priceSchema,
};

const priceRowSchema = z.strictObject({
  effectiveFrom: daySchema,
  /** First UTC day on which it no longer holds; null while nobody knows of one. */
  validTo: daySchema.nullable(),
  currency: z.literal('USD'),
  ...bucketPrices,
  /** Prices of the whole request where its prompt is longer, shortest prompt first. */
  tiers: z.array(z.strictObject({ abovePromptTokens: z.int().positive(), ...bucketPrices })),
  /** Dearer hours: days of the week (0 is Sunday) and spans of whole hours from..before, UTC. */
  peak: z
    .strictObject({
      days: z.array(z.int().min(0).max(6)).min(1),
      hoursUtc: z.array(z.tuple([z.int().min(0).max(23), z.int().min(1).max(24)])).min(1),
      multiplierPercent: z.int().min(100).max(10_000),
    })
    .nullable(),
  source: z.string().min(1),
});

const parametersSchema = z
  .strictObject({
    maxTokensField: z.enum(['max_tokens', 'max_completion_tokens']),
    /** Sent as it stands; null where the model refuses or ignores it. */
    temperature: z.number().min(0).max(2).nullable(),
    /** Sent as it stands, one of those accepted; null to send none. */
    reasoningEffort: z.string().nullable(),
    reasoningEfforts: z.array(z.string()),
    /** Output tokens to leave for reasoning on top of the answer. */
    reasoningAllowanceTokens: z.int().min(0),
    acceptsStore: z.boolean(),
    /** Sent as it stands, one of those accepted; null to send none. */
    imageDetail: z.enum(imageDetails).nullable(),
    imageDetails: z.array(z.enum(imageDetails)),
  })
  .refine(({ reasoningEffort, reasoningEfforts }) => reasoningEffort === null || reasoningEfforts.includes(reasoningEffort), 'reasoning effort is not one of those accepted')
  .refine(({ imageDetail, imageDetails: accepted }) => imageDetail === null || accepted.includes(imageDetail), 'level of detail is not one of those accepted');

const limitsSchema = z.strictObject({
  imagesPerRequest: z.int().positive(),
  /** Of a picture's longer side; null where none is known. */
  maxSidePixels: z.int().positive().nullable(),
  /** A stricter side for requests with more than `above` pictures. */
  manyImages: z.strictObject({ above: z.int().positive(), maxSidePixels: z.int().positive() }).nullable(),
  /** Pictures of more 32-px patches are refused, not made smaller. */
  maxPatches: z.int().positive().nullable(),
  /** Of one picture as it stands in the body, in base64. */
  maxImageBytes: bytesSchema.nullable(),
  /** Of the whole body. */
  maxRequestBytes: bytesSchema.nullable(),
});

const modelSchema = z.strictObject({
  id: nameSchema,
  title: nameSchema,
  /** False for models that are known for their rules only and that nobody is offered. */
  listed: z.boolean(),
  vision: z.boolean(),
  practice: z.boolean(),
  /** Names of the file's own token rules, parameters and limits. */
  tokenRule: nameSchema,
  parameters: nameSchema,
  limits: nameSchema,
  contextTokens: z.int().positive().nullable(),
  /** Ways of asking for JSON that it keeps to, strictest first; empty where only words are left. */
  jsonModes: z.array(z.enum(answerFormats).exclude(['prompt'])),
  /** Oldest first; empty where nobody knows. Micro-USD per million tokens. */
  prices: z.array(priceRowSchema),
  /** First UTC day on which it is no longer served. */
  shutdownDate: daySchema.nullable(),
  successor: z.string().nullable(),
  /** Model that answers, at its own price, in place of this one after its shutdown. */
  retiredSilentlyTo: z.string().nullable(),
  note: z.string(),
  sources: z.string(),
});

const pairSchema = z.strictObject({ standard: nameSchema, accurate: nameSchema });

const catalogueSchema = z.strictObject({
  schema: z.literal('lungdesk.model-catalogue/2'),
  /** UTC day on which it was last checked. */
  date: daySchema,
  defaults: z.strictObject({ relay: pairSchema, practice: pairSchema }),
  tokenRules: z.record(nameSchema, tokenRuleSchema),
  parameters: z.record(nameSchema, parametersSchema),
  limits: z.record(nameSchema, limitsSchema),
  models: z.array(modelSchema).min(1),
});

/** How a model is asked, and what its requests may carry. */
export type ModelParameters = z.output<typeof parametersSchema>;

/** What a request to a model may carry at most. */
export type ModelLimits = z.output<typeof limitsSchema> & { readonly contextTokens: number | null };

/** One price row of a model, micro-USD per million tokens. */
export type CataloguePrice = z.output<typeof priceRowSchema>;

/** One model of the catalogue, with the rules it names put in. */
export interface CatalogueModel extends Omit<z.output<typeof modelSchema>, 'tokenRule' | 'parameters' | 'limits' | 'contextTokens'> {
  readonly tokenRule: z.output<typeof tokenRuleSchema>;
  readonly parameters: ModelParameters;
  readonly limits: ModelLimits;
  /** Where the request ladder starts for this model. */
  readonly firstFormat: (typeof answerFormats)[number];
}

/** The dated data file: models, their abilities, prices and shutdown dates. */
export interface CatalogueFile extends Pick<z.output<typeof catalogueSchema>, 'date' | 'defaults' | 'tokenRules'> {
  readonly models: readonly CatalogueModel[];
}

/**
 * Parses the catalogue file.
 *
 * @param data - The file's JSON value.
 * @throws {z.ZodError} when the file does not keep to its schema, {RangeError} when a model names a rule that the file
 *   does not have: the file ships with the program, so both are faults of ours.
 */
export function parseModelCatalogue(data: unknown): CatalogueFile {
  const { date, defaults, tokenRules, parameters, limits, models } = catalogueSchema.parse(data);
  return {
    date,
    defaults,
    tokenRules,
    models: models.map(({ contextTokens, ...model }) => ({
      ...model,
      tokenRule: named(tokenRules, model.tokenRule),
      parameters: named(parameters, model.parameters),
      limits: { ...named(limits, model.limits), contextTokens },
      firstFormat: model.jsonModes[0] ?? 'prompt',
    })),
  };
}

function named<Value>(values: Readonly<Record<string, Value>>, name: string): Value {
  const value = values[name];
  if (value === undefined) throw new RangeError(`the model catalogue has nothing called ${name}`);
  return value;
}
