import { describe, expect, it } from 'vitest';
import { fieldOf, verifyTiles } from '../../../../src-main/reading/plan/verify-tiles.ts';

describe('fieldOf', () => {
  it.each([[3, 50], [14.9, 50], [15, 64], [40, 64], [40.1, 64.16], [60, 96]])('is for a place of %f mm %f mm wide', (diameterMm, fieldMm) => {
    expect(fieldOf(diameterMm)).toBeCloseTo(fieldMm, 9);
  });
});

describe('verifyTiles', () => {
  it('offers panels of 336 down to 192 pixels, four in a row and two above two', () => {
    const { sizes, tiles } = verifyTiles([{ rank: 3, centreMm: [1, 2, 3], diameterMm: 5 }]);
    const all = sizes.map((_, size) => tiles(size)[0]!);
    expect(new Set(all.map(({ panels }) => panels[0]!.columns)).size).toBe(37);
    expect([all[0]!.panels[0]!.columns, all.at(-1)!.panels[0]!.columns]).toEqual([336, 192]);
    for (const [index, { panels, columns, rows }] of all.entries()) {
      expect(sizes[index]).toEqual({ columns, rows });
      for (const [at, panel] of panels.entries()) {
        expect(panel.left + panel.columns <= columns && panel.top + panel.rows <= rows).toBe(true);
        for (const other of panels.slice(at + 1)) expect(other.left >= panel.left + panel.columns || other.top >= panel.top + panel.rows).toBe(true);
      }
    }
  });
});
