import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import type { Choice } from '../../../src-main/relay/envelope.ts';
import { readReply } from '../../../src-main/relay/reply.ts';
import { askedRequest } from '../../helpers/asked-request.ts';

const request = askedRequest();
const region = { tile: 1, attenuation: 'solid', margin: 'smooth', alternative: 'none', certainty: 'high' };
const sound = { request: request.nonce, seen: [1, 2], unclear: [] as number[], regions: [region] };
const text = JSON.stringify(sound);

function choice(content: string | null, more: Partial<Choice> = {}): Choice {
  return { finishReason: 'stop', content, toolArguments: null, refused: false, ...more };
}
function read(content: string | null, more: Partial<Choice> = {}) {
  return readReply(choice(content, more), request);
}

describe('readReply', () => {
  it('reads a sound answer', () => {
    const reading = read(text);
    expect(reading).toMatchObject({ ok: true, repaired: false });
    expect(reading.ok && [...reading.answers]).toEqual([
      [1, { state: 'valid', regions: [{ attributes: { attenuation: 'solid', margin: 'smooth', alternative: 'none' }, certainty: 'high' }] }],
      [2, { state: 'valid', regions: [] }],
    ]);
  });

  it.each([
    ['a fence', `\`\`\`json\n${text}\n\`\`\``], ['prose', `In the {pictures} I see:\n${text}\nThat is all.`], ['thinking', `<think>{"request":"x"} hmm</think>${text}`],
    ['a byte order mark', `\uFEFF${text}`], ['the same object twice', `${text}\n${text}`], ['a stray brace before', `{ see: ${text}`],
    ['the same said in another order', `${text}\n${JSON.stringify({ regions: sound.regions, unclear: [], seen: [2, 1], request: request.nonce })}`],
    ['HTML around it', `<img src=x onerror=alert(1)>${text}<script>alert(1)</script>`], ['bidi and control characters around it', `\u202E\u0000\u001B[31m${text}\u2066\u{E0041}`],
  ])('finds the answer in %s', (_, content) => {
    expect(read(content)).toMatchObject({ ok: true, repaired: false });
  });
  it('reads the arguments of the tool call', () => {
    expect(read(null, { toolArguments: text, finishReason: 'tool_calls' })).toMatchObject({ ok: true });
  });
  it('mends small faults and says so', () => {
    expect(read(text.replace(']}', '],}').replaceAll('"seen"', 'seen'))).toMatchObject({ ok: true, repaired: true });
  });
  it.each([
    ['dots', text.replace(/"regions":\[.*\]/, '"regions":[...]')], ['an ellipsis', text.replace(/"regions":\[.*\]/, '"regions":[…]')], ['a comment', text.replace(/"regions":\[.*\]/, '"regions":[/* as above */]')],
    ['a line comment', text.replace(/"regions":\[.*\]/, '"regions":[// none\n]')], ['brackets that do not match', text.replace(/"regions":\[.*\]/, '"regions":[}]')],
  ])('never mends %s into "nothing seen"', (_, content) => {
    expect(read(content)).toEqual({ ok: false, code: 'answer-not-json' });
  });
  it('mends nothing in words that are cut', () => {
    expect(read(`${text.replace(']}', '],}')} {"request":`)).toEqual({ ok: false, code: 'answer-truncated' });
  });

  it.each([
    ['no choice', null, 'answer-empty'], ['null', choice(null), 'answer-empty'], ['blanks', choice(' \n '), 'answer-empty'], ['thinking alone', choice('<think>hm'), 'answer-empty'],
    ['length', choice(text, { finishReason: 'length' }), 'answer-truncated'], ['max_tokens', choice(text, { finishReason: 'max_tokens' }), 'answer-truncated'],
    ['an object that never ends', choice(text.slice(0, -3)), 'answer-truncated'],
    ['a content filter', choice(text, { finishReason: 'content_filter' }), 'answer-refused'], ['a refusal field', choice(text, { refused: true }), 'answer-refused'],
    ['English', choice("I'm sorry, but I can’t help with medical images."), 'answer-refused'], ['Chinese', choice('抱歉，我无法提供医疗诊断。'), 'answer-refused'],
    ['German', choice('Leider kann ich das nicht beurteilen.'), 'answer-refused'], ['prose', choice('Nice pictures. All normal.'), 'answer-not-json'],
    ['another object', choice('{"findings":[]}'), 'answer-invalid'], ['an array', choice(JSON.stringify(sound.regions)), 'answer-invalid'], ['a list of answers in an object', choice(JSON.stringify({ answers: [sound] })), 'answer-invalid'],
    ['another code', choice(text.replace(request.nonce, 'zzz')), 'answer-invalid'], ['another field', choice(text.replace('{"request"', '{"note":"x","request"')), 'answer-invalid'],
    ['a field less', choice(text.replace('"unclear":[],', '')), 'answer-invalid'],
    ['a duplicate key', choice(text.replace(/}$/, ',"regions":[]}')), 'answer-invalid'], ['a key duplicated by escape', choice(text.replace(/}$/, String.raw`,"region\u0073":[]}`)), 'answer-invalid'],
    ['a key duplicated behind many blanks', choice(text.replace(/}$/, `,"regions"${' '.repeat(100)}:[]}`)), 'answer-invalid'],
    ['two different answers', choice(text + text.replace('"high"', '"low"')), 'answer-invalid'], ['answers that differ in a tile that is not clear', choice(text + text.replace('[1,2]', '[1]').replace('"unclear":[]', '"unclear":[2]')), 'answer-invalid'],
    ['a prototype', choice(text.replace('{"request"', '{"__proto__":{},"request"')), 'answer-not-json'], ['a prototype in a region', choice(text.replace('{"tile"', '{"__proto__":{},"tile"')), 'answer-not-json'],
    ['a constructor', choice(text.replace('{"request"', '{"constructor":{"prototype":{}},"request"')), 'answer-not-json'],
    ['too much', choice(`${' '.repeat(1_000_001)}${text}`), 'answer-invalid'], ['a string of 10 MB', choice(text.replace('{"request"', `{"note":"${'x'.repeat(10_000_000)}","request"`)), 'answer-invalid'],
    ['absurd nesting', choice(`{"request":${'['.repeat(60)}${']'.repeat(60)}}`), 'answer-invalid'], ['nesting beyond any stack', choice(`{"request":${'['.repeat(400_000)}${']'.repeat(400_000)}}`), 'answer-not-json'],
    ['nesting that never ends', choice('{"a":['.repeat(100_000)), 'answer-not-json'],
  ] as const)('does not read %s', (_, given, code) => {
    expect(readReply(given, request)).toEqual({ ok: false, code });
  });
});

describe('readEnvelope', () => {
  it('joins content that comes in parts and finds LungDesk’s own tool among others', () => {
    const body = { choices: [{ message: { content: [{ type: 'text', text: 'a' }, 'b', 7], tool_calls: [{ function: { name: 'other', arguments: '{}' } }, { function: { name: 'report_tiles', arguments: { x: 1 } } }] } }] };
    expect(readEnvelope(JSON.stringify(body))).toMatchObject({ kind: 'reply', choice: { content: 'ab', toolArguments: '{"x":1}' } });
  });
  it('takes tool arguments nested beyond the stack for none', () => {
    const nested = `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const body = `{"choices":[{"message":{"content":null,"tool_calls":[{"function":{"name":"report_tiles","arguments":${nested}}}]}}]}`;
    expect(readEnvelope(body)).toMatchObject({ kind: 'reply', choice: { toolArguments: null } });
  });
  it('leaves prototypes alone', () => {
    const envelope = readEnvelope('{"__proto__":{"polluted":true},"choices":[{"message":{"content":"a","__proto__":{"refusal":"x"}}}]}');
    expect(envelope).toMatchObject({ kind: 'reply', choice: { content: 'a', refused: false } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
  it('keeps what a relay says harmless', () => {
    const key = `sk-${'a1'.repeat(20)}`;
    const envelope = readEnvelope(JSON.stringify({ error: { message: `Bad\u202E key ${key}\n<b>see</b> https://x.example/a?b ${'QUJD'.repeat(30)}` } }));
    expect(envelope.kind === 'error' && envelope.said).toBe('Bad key [key] <b>see</b> [address] [data]');
  });
});
