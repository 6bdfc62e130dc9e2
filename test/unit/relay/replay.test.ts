import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TileAnswer } from '../../../src-shared/domain/tile-answer.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { imageTokens } from '../../../src-main/relay/image-tokens.ts';
import { picturesToAskAgain } from '../../../src-main/relay/picture-plan.ts';
import { allTiles, mergeAnswers, replayAnswer, replayAnswers } from '../../../src-main/relay/replay.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

const catalogue = shippedCatalogue();
const pictures = [plannedSheet([1, 2]), plannedSheet([3, 4])];
const model = 'gpt-4.1';
const request = { ...askedRequest(pictures), model };

/** A body in which a model says that it saw some tiles, all empty. */
function body(seen: readonly number[], usage?: Readonly<Record<string, unknown>>): string {
  const content = JSON.stringify({ request: request.nonce, seen, unclear: [], regions: [] });
  return JSON.stringify({ model: 'served', choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }], ...(usage === undefined ? {} : { usage }) });
}
function states(answers: ReadonlyMap<number, TileAnswer>): readonly string[] {
  return [...answers].map(([number, answer]) => `${String(number)} ${answer.state === 'valid' ? 'valid' : answer.code}`);
}
function tokensFor(count: number): Readonly<Record<string, number>> {
  const { tokenRule, parameters } = catalogue.modelOrUnknown(model);
  const [sheet] = pictures;
  const image = imageTokens(tokenRule, sheet?.columns ?? 0, sheet?.rows ?? 0, parameters.imageDetail).expected;
  return { prompt_tokens: 420 + count * image, completion_tokens: 40 };
}

describe('replayAnswer', () => {
  it('reads a stored answer as it was read the first time', () => {
    expect(replayAnswer(request, body([1, 2, 3, 4], tokensFor(2)), catalogue)).toMatchObject({ modelServed: 'served', repaired: false });
    expect(states(replayAnswer(request, body([1, 2, 3, 4], tokensFor(2)), catalogue).answers)).toEqual(['1 valid', '2 valid', '3 valid', '4 valid']);
  });
  it('demands tokens only for pictures that an answer is about', () => {
    expect(states(replayAnswer(request, body([1, 2], tokensFor(1)), catalogue).answers)).toEqual(['1 valid', '2 valid', '3 answer-invalid', '4 answer-invalid']);
    expect(states(replayAnswer(request, body([1, 2, 3, 4], { ...tokensFor(0), prompt_tokens: 380 }), catalogue).answers)).toEqual(['1 answer-blind', '2 answer-blind', '3 answer-blind', '4 answer-blind']);
  });
  it.each(['', '<html>', 'null', '[]', '{"error":{"message":"x"}}'])('reads nothing into %j', (stored) => {
    expect(states(replayAnswer(request, stored, catalogue).answers)).toEqual(['1 answer-not-json', '2 answer-not-json', '3 answer-not-json', '4 answer-not-json']);
  });
});

describe('replayAnswers', () => {
  it('puts several attempts together, each asked for what was left', () => {
    const stored = [{ model, body: body([1, 2, 3]) }, { model, body: body([3, 4]) }];
    expect(states(replayAnswers(request, stored, catalogue))).toEqual(['1 valid', '2 valid', '3 valid', '4 valid']);
  });
  it('takes a number for foreign that the second attempt did not ask for, as it was taken then', () => {
    const stored = [{ model, body: body([1, 2, 3]) }, { model, body: body([1, 3, 4]) }];
    expect(states(replayAnswers(request, stored, catalogue))).toEqual(['1 valid', '2 valid', '3 valid', '4 answer-invalid']);
  });
  it('has no answers where nothing is stored', () => {
    expect(replayAnswers(request, [], catalogue).size).toBe(0);
  });
});

describe('mergeAnswers', () => {
  const answer: fc.Arbitrary<TileAnswer> = fc.constantFrom<TileAnswer>({ state: 'valid', regions: [] }, { state: 'refused', code: 'answer-refused' }, { state: 'failed', code: 'answer-invalid' });
  const answers = fc.array(answer, { minLength: 4, maxLength: 4 }).map((list) => new Map(list.map((one, index) => [index + 1, one])));
  it('never loses a valid answer, and never asks again for pictures without a gap', () => {
    fc.assert(fc.property(answers, answers, (earlier, later) => {
      const merged = mergeAnswers(earlier, later);
      for (const number of [1, 2, 3, 4]) {
        expect(merged.get(number)).toEqual(earlier.get(number)?.state === 'valid' ? earlier.get(number) : later.get(number));
      }
      const again = picturesToAskAgain(pictures, merged).flatMap((picture) => picture.tiles);
      expect(again.length).toBeLessThanOrEqual(picturesToAskAgain(pictures, earlier).flatMap((picture) => picture.tiles).length);
    }));
  });
});

describe('allTiles', () => {
  it('calls a refusal a refusal and everything else a failure', () => {
    expect([...allTiles([1], 'answer-refused').values()]).toEqual([{ state: 'refused', code: 'answer-refused' }]);
    expect([...allTiles([1], 'control-failed').values()]).toEqual([{ state: 'failed', code: 'control-failed' }]);
  });
});
