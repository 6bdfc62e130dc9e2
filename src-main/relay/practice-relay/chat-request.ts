import * as z from 'zod';
import type { RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import type { AnswerFormat } from '../answer-format.ts';
import { imageDetails } from '../token-rule.ts';
import type { ImageDetail } from '../token-rule.ts';
import { attributesInPrompt, codeInPrompt, pictureLabel, purposeInPrompt } from './read-prompt.ts';
import type { AskedAttribute, PictureLabel } from './read-prompt.ts';

const partSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string(), detail: z.string().optional() }) }),
]);

const bodySchema = z.object({
  model: z.string().min(1).max(200),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(partSchema)]) })).min(1).max(100),
  response_format: z.object({ type: z.enum(['json_schema', 'json_object', 'text']) }).loose().optional(),
  tools: z.array(z.unknown()).max(10).optional(),
  tool_choice: z.unknown().optional(),
  stream: z.literal(false).optional(),
});

/** A picture of a chat request with what its label says. */
export interface LabelledPicture {
  readonly bytes: Uint8Array;
  readonly label: PictureLabel;
}

/** A chat request as the practice relay understands it. */
export interface ChatRequest {
  readonly model: string;
  readonly code: string;
  readonly purpose: RequestPurpose;
  readonly attributes: readonly AskedAttribute[];
  readonly format: AnswerFormat;
  /** Level of detail of the first picture; null where none is asked for. */
  readonly detail: ImageDetail | null;
  readonly pictures: readonly LabelledPicture[];
  /** Characters that count as text. */
  readonly textLength: number;
  readonly words: number;
}

/** Why a request cannot be answered, in words for the caller. */
export interface BadRequest {
  readonly problem: string;
}

const mostPictures = 40;

/**
 * Reads a chat request the way a strict relay would.
 *
 * @param body - The request's body.
 */
export function readChatRequest(body: Uint8Array): ChatRequest | BadRequest {
  const parsed = bodySchema.safeParse(parseOrNull(new TextDecoder().decode(body)));
  if (!parsed.success) return { problem: 'the body is not a chat completion request' };
  const request = parsed.data;
  const parts = request.messages.flatMap((message) => (typeof message.content === 'string' ? [{ type: 'text' as const, text: message.content }] : message.content));
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const pictures = labelledPictures(parts);
  if (pictures === null) return { problem: 'image_url must be a base64 data URL of a PNG, JPEG or WEBP picture' };
  if (pictures.length > mostPictures) return { problem: `at most ${String(mostPictures)} images per request` };
  const words = texts.reduce((sum, text) => sum + text.length, 0);
  const { response_format, tools, tool_choice } = request;
  const formatLength = JSON.stringify({ response_format, tools, tool_choice }).length;
  return {
    model: request.model,
    code: texts.map(codeInPrompt).find((code) => code !== null) ?? '',
    purpose: texts.map(purposeInPrompt).find((purpose) => purpose !== null) ?? 'slices',
    attributes: texts.flatMap(attributesInPrompt),
    format: formatOf(request),
    detail: detailOf(parts),
    pictures,
    words,
    textLength: words + formatLength,
  };
}

/** Each picture with the label right before it; one without any is a single tile with the next number. */
function labelledPictures(parts: readonly z.infer<typeof partSchema>[]): readonly LabelledPicture[] | null {
  const pictures: LabelledPicture[] = [];
  let label: PictureLabel | null = null;
  for (const part of parts) {
    if (part.type === 'text') {
      label = pictureLabel(part.text) ?? label;
      continue;
    }
    const bytes = pictureOf(part.image_url.url);
    if (bytes === null) return null;
    pictures.push({ bytes, label: label ?? { numbers: [pictures.length + 1], across: 1, down: 1 } });
    label = null;
  }
  return pictures;
}

function detailOf(parts: readonly z.infer<typeof partSchema>[]): ImageDetail | null {
  const asked = parts.find((part) => part.type === 'image_url')?.image_url.detail;
  return imageDetails.find((detail) => detail === asked) ?? null;
}

function formatOf(request: z.infer<typeof bodySchema>): AnswerFormat {
  if (request.tools !== undefined && request.tools.length > 0) return 'tool';
  switch (request.response_format?.type) {
    case 'json_schema': return 'json-schema';
    case 'json_object': return 'json-object';
    default: return 'prompt';
  }
}

function pictureOf(url: string): Uint8Array | null {
  const head = /^data:image\/(png|jpeg|webp);base64,/.exec(url.slice(0, 40))?.[0];
  if (head === undefined) return null;
  const bytes = Buffer.from(url.slice(head.length), 'base64');
  return bytes.length === 0 ? null : new Uint8Array(bytes);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The caller answers 400.
    return null;
  }
}
