import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { promptText } from '../../../src-main/relay/prompt.ts';
import { requestBody, requestTextLength } from '../../../src-main/relay/request-body.ts';
import type { RequestPicture } from '../../../src-main/relay/tile-request.ts';
import type { AnswerFormat } from '../../../src-main/relay/answer-format.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

const catalogue = shippedCatalogue();
const bytes = Uint8Array.from([137, 80, 78, 71, 1, 2, 3]);
const asked = askedRequest([plannedSheet([1, 2]), plannedSheet([7])]);
const mediaTypes = ['image/png', 'image/webp'] as const;
const pictures = asked.pictures.map((picture, index): RequestPicture => ({ ...picture, bytes, mediaType: mediaTypes[index] ?? 'image/jpeg' }));
const request = { ...asked, model: 'x', pictures };

type Part = { readonly type: string; readonly text?: string; readonly image_url?: Record<string, unknown> };

function body(model: string, format: AnswerFormat): Record<string, unknown> {
  const pieces = requestBody({ request: { ...request, model }, row: catalogue.modelOrUnknown(model), format, maxOutputTokens: 800 });
  return JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
}
function partsOf(sent: Record<string, unknown>): readonly Part[] {
  const [message] = sent['messages'] as [{ content: Part[] }];
  return message.content;
}

describe('requestBody', () => {
  it.each([
    ['gpt-6-luna', 'json-schema', ['max_completion_tokens', 'messages', 'model', 'reasoning_effort', 'response_format', 'store']],
    ['gpt-4.1', 'json-object', ['max_tokens', 'messages', 'model', 'response_format', 'store', 'temperature']],
    ['claude-sonnet-5.5', 'tool', ['max_tokens', 'messages', 'model', 'tool_choice', 'tools']],
    ['some-local-model', 'prompt', ['max_tokens', 'messages', 'model']],
  ] as const)('sends %s by %s only the fields it is allowed to', (model, format, fields) => {
    const sent = body(model, format);
    expect(Object.keys(sent).sort()).toEqual(fields);
    expect(sent['model']).toBe(model);
    if ('store' in sent) expect(sent['store']).toBe(false);
  });
  it('calls GPT-6 tools without reasoning', () => {
    expect(body('gpt-5.6-luna', 'tool')['reasoning_effort']).toBe('none');
    expect(body('gpt-5.6-luna', 'json-schema')['reasoning_effort']).toBe('low');
  });
  it('puts each label right before its picture, with its media type and the model’s level of detail', () => {
    const { imageDetail } = catalogue.modelOrUnknown('gpt-4.1').parameters;
    const data = Buffer.from(bytes).toString('base64');
    const shape = partsOf(body('gpt-4.1', 'prompt')).map((part) => part.image_url ?? part.text?.slice(0, 20));
    expect(shape).toEqual([
      'Research annotation ', 'Picture 1: tiles 1 t', { url: `data:image/png;base64,${data}`, detail: imageDetail }, 'Picture 2: tile 7', { url: `data:image/webp;base64,${data}`, detail: imageDetail }, 'Now answer with the ',
    ]);
    expect(imageDetail).not.toBeNull();
  });
  it('sends no level of detail where the model has none', () => {
    const sent = partsOf(body('some-local-model', 'prompt')).flatMap((part) => (part.image_url === undefined ? [] : [part.image_url]));
    expect(sent.map((picture) => Object.keys(picture))).toEqual([['url'], ['url']]);
  });
  it('never holds two pictures in one piece', () => {
    const pieces = requestBody({ request, row: catalogue.modelOrUnknown('gpt-4.1'), format: 'prompt', maxOutputTokens: 800 });
    const data = Buffer.from(bytes).toString('base64');
    expect(pieces.filter((piece) => Buffer.from(piece).toString() === data)).toHaveLength(2);
    expect(pieces.every((piece) => Buffer.from(piece).toString().split(data).length <= 2)).toBe(true);
  });
  it('asks for a schema of the profile’s words in which every field is required and nothing may be added', () => {
    const walk = (schema: Record<string, unknown>): void => {
      if (schema['type'] === 'object') {
        expect(schema['additionalProperties']).toBe(false);
        expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
      }
      for (const limit of ['minItems', 'maxItems', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern']) expect(schema).not.toHaveProperty(limit);
      for (const value of Object.values(schema)) if (typeof value === 'object' && value !== null && !Array.isArray(value)) walk(value as Record<string, unknown>);
    };
    const format = body('gpt-4.1', 'json-schema')['response_format'] as { json_schema: { strict: boolean; schema: Record<string, unknown> } };
    expect(format.json_schema.strict).toBe(true);
    walk(format.json_schema.schema);
    const { regions } = format.json_schema.schema['properties'] as { regions: { items: { properties: Record<string, { enum?: string[] }> } } };
    expect(Object.entries(regions.items.properties).map(([name, { enum: words }]) => [name, words ?? null])).toEqual([
      ['tile', null], ...request.profile.attributes.map(({ name, values }) => [name, values]), ['certainty', ['low', 'moderate', 'high']],
    ]);
  });
});

describe('requestTextLength', () => {
  it('counts exactly the words that are sent, and the schema where one goes along', () => {
    const sent = body('gpt-4.1', 'json-schema');
    const words = partsOf(sent).reduce((sum, part) => sum + (part.text?.length ?? 0), 0);
    const { response_format } = sent;
    expect(requestTextLength(asked, 'json-schema')).toEqual({ words, all: words + JSON.stringify({ response_format }).length });
  });
  it('shows a person every word', () => {
    for (const part of partsOf(body('gpt-4.1', 'prompt'))) if (part.text !== undefined) expect(promptText(asked)).toContain(part.text);
  });
});
