import { answerFormatFields } from './answer-format.ts';
import type { AnswerFormat } from './answer-format.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import type { AskedRequest } from './picture-plan.ts';
import { promptLength, promptParts } from './prompt.ts';
import type { RequestPicture } from './tile-request.ts';

/** What a request body is made of. */
export interface BodyPlan {
  /** Its `model` is the name as the relay wants it, not the catalogue's; `pictures`: those of this attempt. */
  readonly request: AskedRequest & { readonly model: string; readonly pictures: readonly RequestPicture[] };
  readonly row: CatalogueModel;
  readonly format: AnswerFormat;
  readonly maxOutputTokens: number;
}

/**
 * Builds the body of POST /chat/completions in pieces, one per picture, so that no string ever holds them all.
 *
 * Only allow-listed fields: model, messages, the answer's form, output limit, temperature, reasoning_effort, store.
 *
 * @returns Pieces of UTF-8 JSON; joined they are the body.
 */
export function requestBody(plan: BodyPlan): readonly Uint8Array[] {
  const { request } = plan;
  const detail = plan.row.parameters.imageDetail;
  const pieces: Uint8Array[] = [];
  let text = `{"model":${JSON.stringify(request.model)},"messages":[{"role":"user","content":[`;
  let first = true;
  for (const part of promptParts(request)) {
    if (!first) text += ',';
    first = false;
    if ('text' in part) {
      text += JSON.stringify({ type: 'text', text: part.text });
      continue;
    }
    const picture = request.pictures[part.pictureIndex];
    if (picture === undefined) throw new RangeError('the words name a picture that the request does not have');
    pieces.push(Buffer.from(`${text}{"type":"image_url","image_url":{"url":"data:${picture.mediaType};base64,`), base64(picture.bytes));
    text = `"${detail === null ? '' : `,"detail":${JSON.stringify(detail)}`}}}`;
  }
  const fields = JSON.stringify({ ...parameterFields(plan), ...answerFormatFields(plan.format, request.profile) }).slice(1);
  pieces.push(Buffer.from(`${text}]}],${fields}`));
  return pieces;
}

/**
 * Characters of everything in a request that is counted as text: the words, and the schema where one goes along.
 *
 * @param request - What is asked; pictures of this attempt.
 * @param format - Rung of the ladder.
 * @returns words: of the prompt alone; all: with the schema.
 */
export function requestTextLength(request: AskedRequest, format: AnswerFormat): { readonly words: number; readonly all: number } {
  const words = promptLength(promptParts(request));
  return { words, all: words + JSON.stringify(answerFormatFields(format, request.profile)).length };
}

function base64(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'latin1');
}

function parameterFields(plan: BodyPlan): Record<string, unknown> {
  const { parameters } = plan.row;
  // GPT-6 calls tools only without reasoning (facts/relay.md 4.1).
  const effort = parameters.reasoningEffort !== null && plan.format === 'tool' ? 'none' : parameters.reasoningEffort;
  return {
    [parameters.maxTokensField]: plan.maxOutputTokens,
    ...(parameters.temperature === null ? {} : { temperature: parameters.temperature }),
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...(parameters.acceptsStore ? { store: false } : {}),
  };
}
