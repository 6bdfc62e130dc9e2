import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainties } from '../../../src-shared/domain/tile-answer.ts';
import { readEnvelope } from '../../../src-main/relay/envelope.ts';
import { readReply } from '../../../src-main/relay/reply.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

const count = 12;
const numbers = Array.from({ length: count }, (_, index) => index + 1);
const request = askedRequest([plannedSheet(numbers.slice(0, 8), 4), plannedSheet(numbers.slice(8))]);
const { attributes } = request.profile;

interface Said {
  readonly request: string;
  readonly seen: readonly number[];
  readonly unclear: readonly number[];
  readonly regions: readonly Readonly<Record<string, string | number>>[];
}

const fateOf = fc.constantFrom('nothing', 'regions', 'unclear');
const regionWords = fc.tuple(fc.constantFrom(...certainties), ...attributes.map(({ values }) => fc.constantFrom(...values))).map(([certainty, ...words]) => ({
  ...Object.fromEntries(attributes.map(({ name }, index) => [name, words[index] ?? ''])), certainty,
}));
/** A sound answer: every tile seen with or without regions, or unclear. */
const answer: fc.Arbitrary<Said> = fc.array(fc.tuple(fateOf, fc.array(regionWords, { minLength: 1, maxLength: 3 })), { minLength: count, maxLength: count }).map((tiles) => ({
  request: request.nonce,
  seen: numbers.filter((number) => tiles[number - 1]?.[0] !== 'unclear'),
  unclear: numbers.filter((number) => tiles[number - 1]?.[0] === 'unclear'),
  regions: numbers.flatMap((number) => (tiles[number - 1]?.[0] === 'regions' ? (tiles[number - 1]?.[1] ?? []).map((words) => ({ tile: number, ...words })) : [])),
}));

function read(content: string) {
  return readReply({ finishReason: 'stop', content, toolArguments: null, refused: false }, request);
}
function answersTo(said: Said) {
  const reading = read(JSON.stringify(said));
  if (!reading.ok) throw new Error(reading.code);
  return reading.answers;
}

describe('laws of reading a reply', () => {
  it('takes any part of the tiles, and exactly the others fail', () => {
    fc.assert(fc.property(answer, fc.subarray(numbers), (said, kept) => {
      const all = answersTo(said);
      const some = answersTo({
        ...said, seen: said.seen.filter((number) => kept.includes(number)), unclear: said.unclear.filter((number) => kept.includes(number)),
        regions: said.regions.filter((region) => kept.includes(Number(region['tile']))),
      });
      expect([...some.keys()]).toEqual(numbers);
      for (const number of numbers) expect(some.get(number)).toEqual(kept.includes(number) ? all.get(number) : { state: 'failed', code: 'answer-invalid' });
    }));
  });
  it('reads the same whatever the order of numbers, regions and fields', () => {
    const shuffled = answer.chain((said) => fc.record({
      said: fc.constant(said), seen: shuffle(said.seen), unclear: shuffle(said.unclear), regions: shuffle(said.regions), fields: shuffle(['request', 'seen', 'unclear', 'regions'] as const), turned: fc.boolean(),
    }));
    fc.assert(fc.property(shuffled, ({ said, fields, turned, ...lists }) => {
      const other = { request: said.request, ...lists, regions: lists.regions.map((region) => (turned ? Object.fromEntries(Object.entries(region).reverse()) : region)) };
      const ordered = Object.fromEntries(fields.map((field) => [field, other[field]])) as unknown as Said;
      expect(answersTo(ordered)).toEqual(answersTo(said));
    }));
  });
  it('reads the same whatever stands around the answer', () => {
    const prose = fc.string({ unit: fc.constantFrom('a', ' ', '.', '\n', '\u202E', '<', '\u0000', '}', ']') , maxLength: 40 });
    const wrapped = fc.tuple(answer, prose, prose, fc.constantFrom('plain', 'fence', 'think', 'bom', 'pretty'));
    fc.assert(fc.property(wrapped, ([said, before, after, how]) => {
      const json = JSON.stringify(said, null, how === 'pretty' ? 2 : undefined);
      const inner = { plain: json, pretty: json, fence: `\`\`\`json\n${json}\n\`\`\``, think: `<think>${before} {"request":"x"}</think>${json}`, bom: `\uFEFF${json}` }[how];
      const content = how === 'bom' ? `${inner}${after}` : `${before}${inner}${after}`;
      expect(read(content)).toEqual({ ok: true, answers: answersTo(said), repaired: false });
    }));
  });
  it('never takes a part of an answer for an answer', () => {
    fc.assert(fc.property(answer, fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.constantFrom('', '```json\n', '<think>hm</think>', 'Sure: '), fc.boolean(), (said, share, before, tool) => {
      const json = JSON.stringify(said);
      const cut = before + json.slice(0, Math.floor(share * json.length));
      expect(readReply({ finishReason: tool ? 'tool_calls' : 'stop', content: tool ? null : cut, toolArguments: tool ? cut : null, refused: false }, request).ok).toBe(false);
    }), { numRuns: 500 });
  });
  it('never reads two different answers', () => {
    fc.assert(fc.property(answer, answer, (one, other) => {
      const reading = read(`${JSON.stringify(one)}\n${JSON.stringify(other)}`);
      const same = JSON.stringify([...answersTo(one)]) === JSON.stringify([...answersTo(other)]);
      expect(reading.ok).toBe(same);
    }));
  });
  it('survives every change of a character without inventing a region or losing one', () => {
    fc.assert(fc.property(answer, fc.nat(), fc.string({ minLength: 0, maxLength: 1 }), (said, at, character) => {
      const json = JSON.stringify(said);
      const all = answersTo(said);
      const place = at % json.length;
      const reading = read(json.slice(0, place) + character + json.slice(place + 1));
      // Another digit may name another tile that was asked for as well: nobody can tell.
      if (!reading.ok || /\d/.test(`${json[place] ?? ''}${character}`)) return;
      const changed = numbers.filter((number) => {
        const [before, after] = [all.get(number), reading.answers.get(number)];
        return after?.state === 'valid' && (before?.state !== 'valid' || before.regions.length !== after.regions.length);
      });
      expect(changed).toEqual([]);
    }), { numRuns: 1000 });
  });
  it('never throws and reads nothing without the code, whatever comes', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '"seen"', request.nonce, '"tile":1', '"unclear":[]', '"regions":[]', 'null', '<think>', '\uFEFF', '```', '\u0000', '__proto__'), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces, fc.json()), (content) => {
      const reading = read(content);
      return !reading.ok || (reading.answers.size === count && content.includes(request.nonce));
    }), { numRuns: 1000 });
  });
});

describe('laws of reading an envelope', () => {
  it('never throws, whatever the bytes were', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array().map((bytes) => new TextDecoder().decode(bytes))), (body) => {
      readEnvelope(body);
      return true;
    }), { numRuns: 1000 });
  });
});

function shuffle<Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
