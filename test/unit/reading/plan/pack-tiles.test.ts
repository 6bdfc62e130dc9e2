import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTiles } from '../../../../src-main/reading/plan/pack-tiles.ts';
import type { PackingTerms } from '../../../../src-main/reading/plan/pack-tiles.ts';
import { modelOf, modelsToPlanFor } from './plan-fixture.ts';

function terms(over: Partial<PackingTerms> = {}): PackingTerms {
  return { model: modelOf('gpt-4.1'), images: 20, mostTiles: 64, controls: 2, requestTokens: 700, prefer: 'cheapest', ...over };
}

const lung = { columns: 157, rows: 204 };

describe('packTiles', () => {
  it('spreads all tiles and the controls over requests that hold no more than they may', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 150 }), fc.constantFrom(...modelsToPlanFor), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 8, max: 64 }), (count, id, images, mostTiles) => {
      const packing = packTiles(count, [lung], terms({ model: modelOf(id), images, mostTiles }));
      const sums = packing!.requests.map((pictures) => pictures.reduce((sum, { tiles }) => sum + tiles, 0));
      expect(sums.reduce((sum, tiles) => sum + tiles - 2, 0)).toBe(count);
      for (const [index, pictures] of packing!.requests.entries()) {
        expect(pictures.length).toBeLessThanOrEqual(images);
        expect(sums[index]).toBeLessThanOrEqual(mostTiles);
        expect(sums[index]).toBeGreaterThan(2);
        for (const { tiles, sheet } of pictures) expect(sheet.across * sheet.down).toBeGreaterThanOrEqual(tiles);
      }
    }), { numRuns: 60 });
  });

  it('takes the finest of the sizes that cost the same', () => {
    // 157 and 162 columns both fill 2048 x 512 twelve across; 163 does not.
    const sizes = [163, 162, 157].map((columns) => ({ columns, rows: 204 }));
    expect(packTiles(46, sizes, terms())?.size).toBe(1);
  });

  it('takes the first size that fits where the finest is wanted, whatever it costs', () => {
    const sizes = [{ columns: 3000, rows: 300 }, { columns: 600, rows: 300 }, { columns: 150, rows: 75 }];
    expect(packTiles(10, sizes, terms({ prefer: 'finest' }))?.size).toBe(1);
    expect(packTiles(10, sizes, terms())?.size).toBe(2);
  });

  it('makes no more requests than it has to', () => {
    expect(packTiles(62, [lung], terms())?.requests).toHaveLength(1);
    expect(packTiles(63, [lung], terms())?.requests).toHaveLength(2);
  });

  it('makes more requests where one would be too large', () => {
    const model = modelOf('gpt-4.1');
    const small = { ...model, limits: { ...model.limits, maxRequestBytes: 1_500_000 } };
    expect(packTiles(30, [lung], terms())?.requests).toHaveLength(1);
    expect(packTiles(30, [lung], terms({ model: small }))?.requests.length).toBeGreaterThan(1);
  });

  it('packs nothing where no size fits', () => {
    expect(packTiles(3, [{ columns: 5000, rows: 5000 }], terms())).toBeNull();
  });
});
