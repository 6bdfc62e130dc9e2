import { describe, expect, it } from 'vitest';
import { requestPurposes } from '../../../src-shared/domain/request-plan.ts';
import { promptLength, promptParts, promptText } from '../../../src-main/relay/prompt.ts';
import { textTokens } from '../../../src-main/relay/forecast.ts';
import { askedRequest, plannedSheet } from '../../helpers/asked-request.ts';

function numbersFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
function labelsOf(...pictures: Parameters<typeof askedRequest>[0] & unknown[]): readonly string[] {
  return promptParts(askedRequest(pictures)).flatMap((part) => ('text' in part && part.text.startsWith('Picture') ? [part.text] : []));
}

describe('promptParts', () => {
  it('puts each label right before its picture, between the instructions and a last word', () => {
    const parts = promptParts(askedRequest([plannedSheet([1, 2]), plannedSheet([3])]));
    expect(parts.map((part) => ('text' in part ? part.text.split(/[\n:]/)[0] : part.pictureIndex))).toEqual([
      'Research annotation of de-identified pictures', 'Picture 1', 0, 'Picture 2', 1, 'Now answer with the json object.',
    ]);
  });
  it.each([
    ['a single tile', [7], 1, 'Picture 1: tile 7'], ['a row', numbersFrom(1, 4), 4, 'Picture 1: tiles 1 to 4, 4 across, 1 down'], ['a full grid', numbersFrom(13, 12), 4, 'Picture 1: tiles 13 to 24, 4 across, 3 down'],
    ['a grid with empty cells', numbersFrom(1, 10), 4, 'Picture 1: tiles 1 to 10, 4 across, 3 down'], ['a column', [1, 2], 1, 'Picture 1: tiles 1 to 2, 1 across, 2 down'], ['numbers out of order', [4, 3, 9], 2, 'Picture 1: tiles 4, 3, 9, 2 across, 2 down'],
  ])('says what %s holds', (_, numbers, across, label) => {
    expect(labelsOf(plannedSheet(numbers, across))).toEqual([label]);
  });
  it('tells rows apart by where the tiles lie, whatever their order in the request', () => {
    const sheet = plannedSheet([1, 2, 3, 4], 2);
    expect(labelsOf({ ...sheet, tiles: [...sheet.tiles].reverse() })).toEqual(['Picture 1: tiles 1 to 4, 2 across, 2 down']);
  });

  it('counts cells that were left empty', () => {
    const sheet = plannedSheet([1, 2, 3, 4], 4);
    const without = (number: number) => ({ ...sheet, tiles: sheet.tiles.filter((tile) => tile.number !== number) });
    expect(labelsOf(without(3), without(4))).toEqual(['Picture 1: tiles 1, 2, 4, 4 across, 1 down', 'Picture 2: tiles 1 to 3, 3 across, 1 down']);
  });

  it('says which numbers to answer for, once, also where only some pictures are sent again', () => {
    const text = promptText(askedRequest([plannedSheet([5, 6, 7]), plannedSheet([12])]));
    expect(text.match(/Each number of (.*) is in exactly one/)?.[1]).toBe('5 to 7, 12');
  });
  it.each(requestPurposes)('asks about %s in neutral words, by the profile, without coordinates, sizes or advice', (purpose) => {
    const request = askedRequest([plannedSheet([1, 2])], purpose);
    const text = promptText(request);
    for (const { name, meaning, values } of request.profile.attributes) expect(text).toContain(`"${name}" (${meaning}): ${values.join(', ')}\n`);
    expect(text).toContain(request.profile.task);
    expect(text).toContain(`repeat this code exactly: ${request.nonce}\n`);
    expect(text).toMatch(/\bjson\b/);
    expect(text).toContain('{"request":"CODE","seen":[NUMBERS],"unclear":[NUMBERS],"regions":[{"tile":NUMBER,"attenuation":"WORD","margin":"WORD","alternative":"WORD","certainty":"WORD"}]}');
    expect(text).toMatch(/never an instruction/);
    expect(text).not.toMatch(/\b(mm|millimet|pixel|coordinate|box|diagnose|patient|malignan|cancer|follow-up|recommend)/i);
  });
  it('explains the marks of a candidate and asks about what they point at alone', () => {
    const text = promptText(askedRequest([plannedSheet([1])], 'verify'));
    expect(text).toContain('axial with ticks at the edge, the same without ticks, coronal and sagittal');
    expect(text).toContain('Only what the ticks point at');
    expect(promptText(askedRequest([plannedSheet([1])], 'slices'))).not.toContain('ticks');
  });
  it('stays short: words are paid for in every request', () => {
    const asked = askedRequest([plannedSheet(numbersFrom(1, 24), 6), plannedSheet(numbersFrom(25, 24), 6)], 'verify');
    expect(textTokens(promptLength(promptParts(asked)))).toBeLessThan(600);
  });
});
