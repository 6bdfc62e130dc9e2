import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { promptText } from '../../../src-main/relay/prompt.ts';
import { requestBody, requestTextLength } from '../../../src-main/relay/request-body.ts';
import type { AnswerFormat } from '../../../src-main/relay/answer-format.ts';

const catalogue = shippedCatalogue();
const png = Uint8Array.from([137, 80, 78, 71, 1, 2, 3]);

function body(model: string, format: AnswerFormat, numbers: readonly number[] = [1, 2]): Record<string, unknown> {
  const tiles = numbers.map((number) => ({ number, png, columns: 8, rows: 8 }));
  const pieces = requestBody({ model, row: catalogue.modelOrUnknown(model), nonce: 'code-1', tiles, format, maxOutputTokens: 800 });
  return JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
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
    if ('store' in sent) expect(sent['store']).toBe(false);
  });
  it('calls GPT-6 tools without reasoning', () => {
    expect(body('gpt-5.6-luna', 'tool')['reasoning_effort']).toBe('none');
    expect(body('gpt-5.6-luna', 'json-schema')['reasoning_effort']).toBe('low');
  });
  it('puts each label right before its picture', () => {
    const [message] = body('gpt-4.1', 'prompt', [3, 7])['messages'] as [{ content: Record<string, unknown>[] }];
    const shape = message.content.map((part) => (part['type'] === 'text' ? String(part['text']).slice(0, 8) : part['image_url']));
    const picture = { url: `data:image/png;base64,${Buffer.from(png).toString('base64')}`, detail: 'high' };
    expect(shape).toEqual(['Research', 'Tile 3:', picture, 'Tile 7:', picture, 'Now answ']);
  });
  it('asks for a schema in which every field is required and nothing may be added', () => {
    const walk = (schema: Record<string, unknown>): void => {
      if (schema['type'] === 'object') {
        expect(schema['additionalProperties']).toBe(false);
        expect(schema['required']).toEqual(Object.keys(schema['properties'] as object));
      }
      for (const value of Object.values(schema)) if (typeof value === 'object' && value !== null && !Array.isArray(value)) walk(value as Record<string, unknown>);
    };
    const format = body('gpt-4.1', 'json-schema')['response_format'] as { json_schema: { strict: boolean; schema: Record<string, unknown> } };
    expect(format.json_schema.strict).toBe(true);
    walk(format.json_schema.schema);
  });
});

describe('promptText', () => {
  it('shows exactly the words that are sent', () => {
    const [message] = body('gpt-4.1', 'prompt')['messages'] as [{ content: { type: string; text?: string }[] }];
    const shown = promptText(2, 'code-1');
    for (const part of message.content) if (part.text !== undefined) expect(shown).toContain(part.text);
    expect(shown).toContain('exactly once: 1, 2');
    expect(shown).toContain('code-1');
    expect(requestTextLength([1, 2], 'code-1', 'prompt').words).toBe(message.content.reduce((sum, part) => sum + (part.text?.length ?? 0), 0));
  });
});
