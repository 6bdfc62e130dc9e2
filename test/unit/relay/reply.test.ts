import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import type { Choice } from '../../../src-main/relay/envelope.ts';
import { readReply } from '../../../src-main/relay/reply.ts';

const nonce = 'abc123';
const region = { box: [100, 200, 150, 260], attenuation: 'solid', confidence: 0.7, priority: 'urgent' };
const sound = { request: nonce, tiles: [{ tile: 1, seen: true, regions: [region] }, { tile: 2, seen: true, regions: [] }] };
const text = JSON.stringify(sound);

function choice(content: string | null, more: Partial<Choice> = {}): Choice {
  return { finishReason: 'stop', content, toolArguments: null, refused: false, ...more };
}
function read(content: string | null, more: Partial<Choice> = {}) {
  return readReply(choice(content, more), nonce, [1, 2]);
}
function tileOf(tile: unknown) {
  const reading = read(JSON.stringify({ request: nonce, tiles: [tile, { tile: 2, seen: true, regions: [] }] }));
  return reading.ok ? [reading.answers.get(1), reading.answers.get(2)?.state] : reading;
}

describe('readReply', () => {
  it('reads a sound answer into fractions of the tile', () => {
    const reading = read(text);
    expect(reading.ok && reading.answers.get(1)).toEqual({ state: 'valid', regions: [{ left: 0.1, top: 0.2, right: 0.15, bottom: 0.26, attenuation: 'solid', confidence: 0.7, priority: 'urgent' }] });
    expect(reading.ok && reading.answers.get(2)).toEqual({ state: 'valid', regions: [] });
  });

  it.each([
    ['a fence', `\`\`\`json\n${text}\n\`\`\``], ['prose', `In the {pictures} I see:\n${text}\nThat is all.`], ['thinking', `<think>{"request":"x"} hmm</think>${text}`],
    ['a byte order mark', `\uFEFF${text}`], ['the same object twice', `${text}\n${text}`], ['a stray brace before', `{ see: ${text}`],
  ])('finds the answer in %s', (_, content) => {
    expect(read(content)).toMatchObject({ ok: true, repaired: false });
  });
  it('reads the arguments of the tool call', () => {
    expect(read(null, { toolArguments: text, finishReason: 'tool_calls' })).toMatchObject({ ok: true });
  });
  it('mends small faults and says so', () => {
    expect(read(text.replace(']}]}', ']},]}').replaceAll('"seen"', 'seen'))).toMatchObject({ ok: true, repaired: true });
  });

  it.each([
    ['no choice', null, undefined, 'answer-empty'], ['null', choice(null), undefined, 'answer-empty'], ['blanks', choice(' \n '), undefined, 'answer-empty'],
    ['length', choice(text, { finishReason: 'length' }), undefined, 'answer-truncated'], ['max_tokens', choice(text, { finishReason: 'max_tokens' }), undefined, 'answer-truncated'],
    ['an object that never ends', choice(text.slice(0, -3)), undefined, 'answer-truncated'],
    ['a content filter', choice(text, { finishReason: 'content_filter' }), undefined, 'answer-refused'], ['a refusal field', choice(text, { refused: true }), undefined, 'answer-refused'],
    ['English', choice("I'm sorry, but I can’t help with medical images."), undefined, 'answer-refused'], ['Chinese', choice('抱歉，我无法提供医疗诊断。'), undefined, 'answer-refused'],
    ['German', choice('Leider kann ich das nicht beurteilen.'), undefined, 'answer-refused'], ['prose', choice('Nice pictures. All normal.'), undefined, 'answer-not-json'],
    ['another object', choice('{"findings":[]}'), undefined, 'answer-invalid'], ['an array', choice(JSON.stringify(sound.tiles)), undefined, 'answer-invalid'],
    ['another code', choice(text.replace(nonce, 'zzz')), undefined, 'answer-invalid'], ['another field', choice(text.replace('{"request"', '{"note":"x","request"')), undefined, 'answer-invalid'],
    ['a duplicate key', choice(text.replace(/}$/, ',"tiles":[]}')), undefined, 'answer-invalid'], ['a key duplicated by escape', choice(text.replace(/}$/, String.raw`,"tile\u0073":[]}`)), undefined, 'answer-invalid'],
    ['two different answers', choice(text + text.replace('0.7', '0.1')), undefined, 'answer-invalid'], ['a prototype', choice(text.replace('{"request"', '{"__proto__":{},"request"')), undefined, 'answer-not-json'],
    ['too much', choice(`${' '.repeat(1_000_001)}${text}`), undefined, 'answer-invalid'], ['absurd nesting', choice(`{"request":${'['.repeat(60)}${']'.repeat(60)}}`), undefined, 'answer-invalid'],
  ] as const)('does not read %s', (_, given, __, code) => {
    expect(readReply(given, nonce, [1, 2])).toEqual({ ok: false, code });
  });

  it('fails the whole answer for a tile that was not sent, since numbering may have slipped', () => {
    expect(read(text.replace('"tile":2', '"tile":3'))).toEqual({ ok: false, code: 'answer-invalid' });
    expect(read(text.replace('"tile":1', '"tile":"1"'))).toEqual({ ok: false, code: 'answer-invalid' });
  });

  const failed = [{ state: 'failed', code: 'answer-invalid' }, 'valid'];
  it.each([
    ['a box of three', { tile: 1, seen: true, regions: [{ ...region, box: [1, 2, 3] }] }], ['a box outside', { tile: 1, seen: true, regions: [{ ...region, box: [0, 0, 10, 1001] }] }],
    ['a box without area', { tile: 1, seen: true, regions: [{ ...region, box: [5, 5, 5, 9] }] }], ['confidence in percent', { tile: 1, seen: true, regions: [{ ...region, confidence: 85 }] }],
    ['numbers as text', { tile: 1, seen: true, regions: [{ ...region, confidence: '0.8' }] }], ['a word nobody knows', { tile: 1, seen: true, regions: [{ ...region, attenuation: 'shiny' }] }],
    ['an extra field', { tile: 1, seen: true, regions: [{ ...region, size_mm: 8 }] }], ['no regions', { tile: 1, seen: true }], ['no word on seeing', { tile: 1, regions: [] }],
    ['too many regions', { tile: 1, seen: true, regions: Array.from({ length: 25 }, () => region) }],
  ])('fails a tile with %s alone', (_, tile) => {
    expect(tileOf(tile)).toEqual(failed);
  });
  it('fails a missing and a doubled tile alone', () => {
    const missing = read(JSON.stringify({ request: nonce, tiles: [sound.tiles[0]] }));
    expect(missing.ok && [missing.answers.get(1)?.state, missing.answers.get(2)?.state]).toEqual(['valid', 'failed']);
    const doubled = read(JSON.stringify({ request: nonce, tiles: [sound.tiles[0], ...sound.tiles] }));
    expect(doubled.ok && [doubled.answers.get(1)?.state, doubled.answers.get(2)?.state]).toEqual(['failed', 'valid']);
  });
  it('takes "could not make it out" as a gap, never as nothing seen', () => {
    expect(tileOf({ tile: 1, seen: false, regions: [] })).toEqual([{ state: 'refused', code: 'answer-refused' }, 'valid']);
  });
  it('takes a priority nobody knows as the most pressing, and a known one in any spelling', () => {
    expect(tileOf({ tile: 1, seen: true, regions: [{ ...region, priority: 'EMERGENCY!' }] })).toMatchObject([{ regions: [{ priority: 'critical' }] }, 'valid']);
    expect(tileOf({ tile: 1, seen: true, regions: [{ ...region, priority: ' Routine', attenuation: 'Ground glass' }] })).toMatchObject([{ regions: [{ priority: 'routine', attenuation: 'ground-glass' }] }, 'valid']);
  });
  it('turns a box round whose corners are swapped', () => {
    expect(tileOf({ tile: 1, seen: true, regions: [{ ...region, box: [150, 260, 100, 200] }] })).toMatchObject([{ regions: [{ left: 0.1, top: 0.2, right: 0.15, bottom: 0.26 }] }, 'valid']);
  });

  it('never throws and never calls anything valid that was not listed, whatever comes', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'tiles', nonce, '"tile":1', '"seen":true', '"regions":[]', 'null', '<think>', '\uFEFF', '```', '\u0000'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces, fc.json()), (content) => {
      const reading = read(content);
      if (!reading.ok) return true;
      return reading.answers.size === 2 && content.includes(nonce);
    }), { numRuns: 2000 });
  });
  it('survives every single-character change of a sound answer without inventing a region', () => {
    fc.assert(fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      const reading = read(text.slice(0, at) + character + text.slice(at + 1));
      if (!reading.ok) return true;
      const second = reading.answers.get(2);
      return second?.state !== 'valid' || second.regions.length === 0;
    }), { numRuns: 2000 });
  });
});

describe('readEnvelope', () => {
  it('joins content that comes in parts and finds LungDesk’s own tool among others', () => {
    const body = { choices: [{ message: { content: [{ type: 'text', text: 'a' }, 'b', 7], tool_calls: [{ function: { name: 'other', arguments: '{}' } }, { function: { name: 'report_tiles', arguments: { x: 1 } } }] } }] };
    expect(readEnvelope(JSON.stringify(body))).toMatchObject({ kind: 'reply', choice: { content: 'ab', toolArguments: '{"x":1}' } });
  });
  it('keeps what a relay says harmless', () => {
    const key = `sk-${'a1'.repeat(20)}`;
    const envelope = readEnvelope(JSON.stringify({ error: { message: `Bad\u202E key ${key}\n<b>see</b> https://x.example/a?b ${'QUJD'.repeat(30)}` } }));
    expect(envelope.kind === 'error' && envelope.said).toBe('Bad key [key] <b>see</b> [address] [data]');
  });
  it('never throws, whatever the bytes were', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array().map((bytes) => new TextDecoder().decode(bytes))), (body) => {
      readEnvelope(body);
      return true;
    }), { numRuns: 2000 });
  });
});
