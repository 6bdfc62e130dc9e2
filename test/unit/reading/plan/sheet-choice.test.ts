import { describe, expect, it } from 'vitest';
import { chooseSheets } from '../../../../src-main/reading/plan/sheet-choice.ts';
import { imageTokens } from '../../../../src-main/relay/image-tokens.ts';
import { modelOf } from './plan-fixture.ts';

const slice = { columns: 390, rows: 290 };

describe('chooseSheets', () => {
  it('lays slices for tile-priced models out as strips that are not shrunk', () => {
    const sheet = chooseSheets(slice, 6, modelOf('gpt-4.1'), 20)[6];
    expect(sheet).toMatchObject({ tokens: 765 });
    expect(Math.min(sheet!.columns, sheet!.rows)).toBeLessThanOrEqual(768);
  });

  it.each([['gpt-6-luna', 32], ['claude-haiku-4.5', 28], ['deepseek-flash', 42], ['qwen3-vl-plus', 32]])('fills sheets for %s up to multiples of %i, which costs nothing', (id, grain) => {
    const model = modelOf(id);
    for (const sheet of chooseSheets(slice, 8, model, 20)) {
      if (sheet === null) continue;
      expect([sheet.columns % grain, sheet.rows % grain]).toEqual([0, 0]);
      expect(sheet.tokens).toBe(imageTokens(model.tokenRule, sheet.columns, sheet.rows, model.parameters.imageDetail).expected);
    }
  });

  it('takes the cheapest of all grids: no other one that is allowed costs less', () => {
    const model = modelOf('gpt-4.1-mini');
    const [twelve] = chooseSheets({ columns: 157, rows: 204 }, 12, model, 20).slice(12);
    for (let across = 1; across <= 12; across += 1) {
      const [columns, rows] = [Math.ceil((across * 165 + 8) / 32) * 32, Math.ceil((Math.ceil(12 / across) * 232 + 8) / 32) * 32];
      if (Math.max(columns, rows) <= 2048) expect(imageTokens(model.tokenRule, columns, rows, 'high').expected).toBeGreaterThanOrEqual(twelve!.tokens);
    }
  });

  it('holds to the stricter side where a request may have many images', () => {
    const model = modelOf('claude-haiku-4.5');
    const wide = { ...model, limits: { ...model.limits, manyImages: { above: 20, maxSidePixels: 500 } } };
    expect(chooseSheets(slice, 2, wide, 20)[2]).not.toBeNull();
    expect(chooseSheets(slice, 2, wide, 21)[2]).toBeNull();
  });

  it('has none where a picture would have too many bytes, patches or pixels on a side', () => {
    const model = modelOf('gpt-6-luna');
    const limited = (limits: Partial<typeof model.limits>) => chooseSheets(slice, 1, { ...model, limits: { ...model.limits, ...limits } }, 20)[1];
    expect(limited({})).not.toBeNull();
    expect(limited({ maxImageBytes: 100_000 })).toBeNull();
    expect(limited({ maxPatches: 100 })).toBeNull();
    expect(limited({ maxSidePixels: 400 })).toBeNull();
  });
});
