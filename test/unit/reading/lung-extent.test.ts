import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, slicesOutside } from '../../../src-main/reading/lung-extent.ts';

/** Slices 2.5 mm apart; x could not be decoded. */
function slices(letters: string) {
  return Array.from(letters, (letter, index) => ({
    positionMm: 2.5 * index, problem: letter === 'x' ? { code: 'pixel-data-corrupt' as const, message: 'cannot be decoded' } : null,
  }));
}

const lungs = (first: number, last: number) => ({ kind: 'lungs', extent: [first, last] } as const);

describe('slicesOutside', () => {
  it.each([
    ['nothing where the lungs reach over all slices', lungs(0, 5), '......', []],
    ['what lies below and above the lungs', lungs(2, 3), '......', [0, 1, 4, 5]],
    ['not a slice without pixels inside of the lungs', lungs(1, 4), '.x..x.', [0, 5]],
    ['not the slices without pixels that touch the lungs', lungs(2, 3), '.x..xx', [0]],
    ['slices without pixels that lie apart from the lungs', lungs(3, 3), 'x.x.x.x', [0, 1, 5, 6]],
    ['not a slice without pixels where the body stands in for the lungs', { kind: 'body', extent: [2, 3] } as const, 'x.....', [1, 4, 5]],
    ['nothing where not even a body was found', { kind: 'body', extent: null } as const, '..x...', []],
  ])('names %s', (_, mask, letters, expected) => {
    expect([...slicesOutside(mask, slices(letters)).keys()]).toEqual(expected);
  });

  it('tells the fault of a slice without pixels, and none of the others', () => {
    expect(slicesOutside(lungs(2, 3), slices('x...'))).toEqual(new Map([[0, 'pixel-data-corrupt'], [1, null]]));
  });

  it('never leaves a slice of the lungs out, nor the first beyond them that could not be looked into', () => {
    const letters = fc.array(fc.constantFrom('.', 'x'), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(letters, fc.nat(), fc.nat(), (all, a, b) => {
      const [first, last] = [a % all.length, b % all.length].sort((x, y) => x - y) as [number, number];
      const outside = slicesOutside(lungs(first, last), slices(all.join('')));
      for (let index = first; index <= last; index += 1) expect(outside.has(index)).toBe(false);
      for (const index of [first - 1, last + 1]) if (all[index] === 'x') expect(outside.has(index)).toBe(false);
      for (const [index, letter] of all.entries()) if (outside.has(index)) expect(outside.get(index) !== null).toBe(letter === 'x');
    }));
  });
});

describe('outlineOf', () => {
  const mask = { kind: 'lungs', reason: null, notes: ['cut-at-the-top'], rightMm3: 2_710_000, leftMm3: 2_490_000, extent: [1, 2] } as const;

  it('gives litres in ml and the extent in slices and mm', () => {
    expect(outlineOf(mask, slices('.....'))).toEqual({
      kind: 'lungs', reason: null, notes: ['cut-at-the-top'], rightMl: 2710, leftMl: 2490,
      extent: { fromIndex: 1, toIndex: 2, fromMm: 2.5, toMm: 5 }, sliceCount: 5,
    });
  });

  it('counts the slices in that have to be read because nobody could look into them', () => {
    expect(outlineOf(mask, slices('x..xx')).extent).toEqual({ fromIndex: 0, toIndex: 4, fromMm: 0, toMm: 10 });
  });

  it('has no extent without a body', () => {
    expect(outlineOf({ ...mask, kind: 'body', reason: 'no-body', extent: null }, slices('...')).extent).toBeNull();
  });
});
