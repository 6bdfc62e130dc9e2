import * as z from 'zod';

const wordSchema = z.string().regex(/^[a-z][a-z0-9-]{0,38}$/);

const attributeSchema = z.strictObject({
  /** As in the answer: attenuation, margin, alternative ... */
  name: wordSchema,
  /** The only words that an answer may use; the last one is for "cannot tell". */
  values: z.array(wordSchema).min(2).max(16),
  /** What the model is told about the attribute, one line. */
  meaning: z.string().max(200),
});

/** Schema of assets/profiles/*.json. */
export const readingProfileSchema = z.strictObject({
  schema: z.literal('lungdesk.reading-profile/1'),
  id: wordSchema,
  /** Goes into idempotency keys: it changes with every change of a word. */
  version: z.int().min(1),
  titles: z.strictObject({ en: z.string().max(80), 'zh-CN': z.string().max(80) }),
  /** Not evaluated at all; the window says so wherever it is used. */
  trial: z.boolean(),
  /** DICOM Modality values that it reads. */
  modalities: z.array(z.string().max(4)).min(1),
  /** Words of Body Part Examined (0018,0015) that it reads, '' for exams that name none; absent: whatever they name. */
  bodyParts: z.array(z.string().regex(/^[A-Z]*$/)).min(1).optional(),
  /** CT in HU; 'voi' for images that bring their own window (VOI LUT). */
  window: z.union([z.strictObject({ center: z.number(), width: z.number().positive() }), z.literal('voi')]),
  /** 'volume': lungs, candidates, sweeps; 'images': every image for itself, relay only. */
  kind: z.enum(['volume', 'images']),
  /** Longest side of an image as it is sent, pixels; null for volumes. */
  longestSide: z.int().min(224).max(2048).nullable(),
  /** What the pictures are, in neutral words. */
  subject: z.string().max(200),
  /** What is to be marked, and what is not meant. */
  task: z.string().max(600),
  attributes: z.array(attributeSchema).min(1).max(6),
  /** Attribute values that make a reading more pressing than routine. */
  urgency: z.array(z.strictObject({ attribute: wordSchema, value: wordSchema, priority: z.enum(['urgent', 'critical']) })),
});

/** How one kind of exam is shown to a model and what it is asked: data, not code. */
export type ReadingProfile = z.infer<typeof readingProfileSchema>;
