import { describe, expect, it } from 'vitest';
import type { Choice } from '../../../src-main/relay/envelope.ts';
import { readTextReply } from '../../../src-main/relay/text-reply.ts';

function choice(content: string | null, some: Partial<Choice> = {}): Choice {
  return { finishReason: 'stop', content, toolArguments: null, refused: false, ...some };
}
function readA(json: unknown): number | null {
  const value = (json as { readonly a?: unknown }).a;
  return typeof value === 'number' ? value : null;
}
const codeOf = (given: Choice | null): unknown => {
  const reading = readTextReply(given, readA);
  return reading.ok ? reading.value : reading.code;
};

describe('readTextReply', () => {
  it.each<readonly [string, Choice | null, unknown]>([
    ['JSON', choice('{"a":1}'), 1],
    ['JSON in a fence and prose', choice('Here:\n```json\n{"a":1}\n```'), 1],
    ['JSON after thinking', choice('<think>{"a":2}</think>{"a":1}'), 1],
    ['a tool call', choice(null, { toolArguments: '{"a":1}' }), 1],
    ['the same twice', choice('{"a":1} {"a":1}'), 1],
    ['another object beside it', choice('{"b":1} {"a":1}'), 1],
    ['two answers', choice('{"a":1} {"a":2}'), 'answer-invalid'],
    ['a key twice', choice('{"a":1,"a":2}'), 'answer-invalid'],
    ['a prototype', choice('{"__proto__":{"a":1},"a":1}'), 'answer-invalid'],
    ['another form', choice('{"b":1}'), 'answer-invalid'],
    ['broken JSON', choice('{"a":1,}'), 'answer-invalid'],
    ['cut JSON', choice('{"a":1'), 'answer-truncated'],
    ['a cut answer', choice('{"a":1}', { finishReason: 'length' }), 'answer-truncated'],
    ['prose', choice('All is well.'), 'answer-not-json'],
    ['a polite refusal', choice('I am sorry, I cannot do that.'), 'answer-refused'],
    ['a refusal', choice('{"a":1}', { refused: true }), 'answer-refused'],
    ['blanks', choice('  '), 'answer-empty'],
    ['nothing', null, 'answer-empty'],
    ['far too much', choice(`{"a":1,"b":"${'x'.repeat(200_001)}"}`), 'answer-invalid'],
  ])('reads %s', (_, given, expected) => {
    expect(codeOf(given)).toBe(expected);
  });
});
