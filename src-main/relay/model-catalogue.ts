import * as z from 'zod';

const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const priceSchema = z.int().min(0);

const tokenRuleSchema = z.discriminatedUnion('family', [
  z.strictObject({ family: z.literal('tiles'), base: z.int(), perTile: z.int() }),
  z.strictObject({ family: z.literal('patches'), multiplier: z.number().positive(), patchBudget: z.int(), maxSide: z.int() }),
  z.strictObject({ family: z.literal('claude'), maxEdge: z.int(), maxTokens: z.int() }),
  z.strictObject({ family: z.literal('gemini-tiles') }),
  z.strictObject({ family: z.literal('fixed'), tokens: z.int() }),
  z.strictObject({ family: z.literal('deepseek') }),
  z.strictObject({ family: z.literal('qwen'), maxTokens: z.int() }),
  z.strictObject({ family: z.literal('unknown') }),
]);

const parametersSchema = z.strictObject({
  maxTokensField: z.enum(['max_tokens', 'max_completion_tokens']),
  /** Sent as it stands; null where the model refuses or ignores it. */
  temperature: z.number().min(0).max(2).nullable(),
  reasoningEffort: z.string().nullable(),
  /** Output tokens to leave for reasoning on top of the answer. */
  reasoningAllowanceTokens: z.int().min(0),
  acceptsStore: z.boolean(),
  imageDetail: z.enum(['low', 'high', 'auto', 'original']).nullable(),
});

const modelSchema = z.strictObject({
  id: z.string().min(1).max(100),
  title: z.string().min(1).max(100),
  vision: z.boolean(),
  practice: z.boolean(),
  tokenRule: tokenRuleSchema,
  /** Micro-USD per million tokens, oldest first; empty where nobody knows. */
  prices: z.array(z.strictObject({ effectiveFrom: dateSchema, input: priceSchema, cachedInput: priceSchema, output: priceSchema })),
  shutdownDate: dateSchema.nullable(),
  successor: z.string().nullable(),
  parameters: parametersSchema,
  /** Where the request ladder starts for this model. */
  firstFormat: z.enum(['json-schema', 'tool', 'json-object', 'prompt']),
  note: z.string(),
  sources: z.string(),
});

const catalogueSchema = z.strictObject({
  schema: z.literal('lungdesk.model-catalogue/1'),
  date: dateSchema,
  defaults: z.strictObject({
    relay: z.strictObject({ standard: z.string(), accurate: z.string() }),
    practice: z.strictObject({ standard: z.string(), accurate: z.string() }),
  }),
  models: z.array(modelSchema).min(1),
});

/** The dated data file: models, their abilities, prices and shutdown dates. */
export type CatalogueFile = z.infer<typeof catalogueSchema>;

/** One model of the catalogue. */
export type CatalogueModel = CatalogueFile['models'][number];

/** One price row of a model, micro-USD per million tokens. */
export type CataloguePrice = CatalogueModel['prices'][number];

/**
 * Parses the catalogue file.
 *
 * @param data - The file's JSON value.
 * @throws {z.ZodError} when the file does not keep to its schema: the file ships with the program, so this is a fault of ours.
 */
export function parseModelCatalogue(data: unknown): CatalogueFile {
  return catalogueSchema.parse(data);
}
