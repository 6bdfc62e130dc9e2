import * as z from 'zod';

/** Levels of detail as they stand in a request; null where none is sent, and the provider takes its own. */
export const imageDetails = ['low', 'medium', 'high', 'ultra_high', 'original', 'auto'] as const;

/** See imageDetails. */
export type ImageDetail = (typeof imageDetails)[number];

const pixels = z.int().positive();
const tokens = z.int().positive();

const patchLevelSchema = z.strictObject({
  /** The longer side is brought down to this; null for no limit. */
  maxSide: pixels.nullable(),
  /** Patches the picture is brought down to; null for no limit. */
  patchBudget: tokens.nullable(),
  /** False where bills were measured that know only the budget, whatever the published rule says of the side. */
  sideIsBilled: z.boolean().default(true),
});

/**
 * How a model family counts a picture: the numbers. What is done with them is in image-tokens.ts (facts/relay.md section 2).
 *
 * tiles: OpenAI's 512-px tiles. patches: OpenAI's 32-px patches by level of detail. claude: 28-px patches, padded.
 * gemini-tiles: Gemini 2.x. fixed: Gemini 3 and later, whatever the size. deepseek: 42-px cells between two areas.
 * qwen: 28-px or 32-px cells. unknown: nobody knows, so a generous guess.
 */
export const tokenRuleSchema = z.discriminatedUnion('family', [
  z.strictObject({
    family: z.literal('tiles'), base: tokens, perTile: tokens, tileSide: pixels, maxSide: pixels, maxShortSide: pixels,
    /** What `low` shows, for the base alone. */
    lowSide: pixels,
  }),
  z.strictObject({
    family: z.literal('patches'), side: pixels, multiplier: z.number().positive(),
    levels: z.strictObject({ low: patchLevelSchema, high: patchLevelSchema, original: patchLevelSchema.optional() }),
    auto: z.enum(['low', 'high', 'original']),
  }),
  z.strictObject({ family: z.literal('claude'), side: pixels, maxEdge: pixels, maxTokens: tokens }),
  z.strictObject({
    family: z.literal('gemini-tiles'), smallSide: pixels, perTile: tokens, tileSide: pixels,
    levels: z.strictObject({ low: tokens, medium: tokens }),
  }),
  z.strictObject({
    family: z.literal('fixed'), levels: z.strictObject({ low: tokens, medium: tokens, high: tokens, ultra_high: tokens }),
    auto: z.enum(['low', 'medium', 'high', 'ultra_high']),
    /** Pixels that one token is taken to show; no provider publishes it. */
    pixelsPerToken: pixels,
  }),
  z.strictObject({
    family: z.literal('deepseek'), side: pixels,
    /** Sides of the squares whose areas are the least and the most a picture is brought to. */
    minSide: pixels, maxSide: pixels, lowSide: pixels, maxTokens: tokens,
  }),
  z.strictObject({ family: z.literal('qwen'), side: pixels, maxTokens: tokens }),
  z.strictObject({ family: z.literal('unknown') }),
]);

/** See tokenRuleSchema. */
export type TokenRule = z.output<typeof tokenRuleSchema>;

/** The rule of one family. */
export type TokenRuleOf<Family extends TokenRule['family']> = Extract<TokenRule, { family: Family }>;
