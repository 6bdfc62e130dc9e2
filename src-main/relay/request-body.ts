import { answerFormatFields } from './answer-format.ts';
import type { AnswerFormat } from './answer-format.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import { promptLength, promptParts } from './prompt.ts';

/** A picture as it is sent. */
export interface TilePicture {
  /** 1..20, unique in its request. */
  readonly number: number;
  readonly png: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** What a request body is made of. */
export interface BodyPlan {
  /** Name as the relay wants it, not the catalogue's. */
  readonly model: string;
  readonly row: CatalogueModel;
  readonly nonce: string;
  readonly tiles: readonly TilePicture[];
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
  const pictures = new Map(plan.tiles.map((tile) => [tile.number, tile]));
  const detail = plan.row.parameters.imageDetail;
  const pieces: Uint8Array[] = [];
  let text = `{"model":${JSON.stringify(plan.model)},"messages":[{"role":"user","content":[`;
  let first = true;
  for (const part of promptParts([...pictures.keys()], plan.nonce)) {
    if (!first) text += ',';
    first = false;
    if ('text' in part) {
      text += JSON.stringify({ type: 'text', text: part.text });
      continue;
    }
    const picture = pictures.get(part.tileNumber);
    if (picture === undefined) continue;
    pieces.push(Buffer.from(`${text}{"type":"image_url","image_url":{"url":"data:image/png;base64,`), base64(picture.png));
    text = `"${detail === null ? '' : `,"detail":"${detail}"`}}}`;
  }
  const fields = JSON.stringify({ ...parameterFields(plan), ...answerFormatFields(plan.format) }).slice(1);
  pieces.push(Buffer.from(`${text}]}],${fields}`));
  return pieces;
}

/**
 * Characters of everything in a request that is counted as text: the words, and the schema where one goes along.
 *
 * @returns words: of the prompt alone; all: with the schema.
 */
export function requestTextLength(tileNumbers: readonly number[], nonce: string, format: AnswerFormat): { readonly words: number; readonly all: number } {
  const words = promptLength(promptParts(tileNumbers, nonce));
  return { words, all: words + JSON.stringify(answerFormatFields(format)).length };
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
