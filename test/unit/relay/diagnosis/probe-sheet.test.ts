import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawProbeSheet } from '../../../../src-main/relay/diagnosis/draw-probe-sheet.ts';
import { dealProbeSheet } from '../../../../src-main/relay/diagnosis/probe-sheet.ts';
import { seeded, sheet } from './probe-fixture.ts';

describe('dealProbeSheet', () => {
  it('deals two tiles each of none, one and two discs, both kinds, and numbers that no one can guess', () => {
    fc.assert(fc.property(fc.integer({ min: 0 }), (seed) => {
      const { tiles } = dealProbeSheet(seeded(seed));
      const discs = tiles.flatMap((tile) => tile.discs);
      expect(tiles.map((tile) => tile.discs.length).sort()).toEqual([0, 0, 1, 1, 2, 2]);
      expect(new Set(discs.map(({ attenuation }) => attenuation)).size).toBe(2);
      expect(new Set(tiles.map(({ number }) => number)).size).toBe(6);
    }), { numRuns: 50 });
  });
  it('keeps discs inside of their tiles and apart from each other', () => {
    fc.assert(fc.property(fc.integer({ min: 0 }), (seed) => {
      for (const { discs, columns, rows } of dealProbeSheet(seeded(seed)).tiles) {
        for (const { column, row, radius } of discs) expect(Math.min(column, row, columns - 1 - column, rows - 1 - row)).toBeGreaterThan(radius + 4);
        const [one, two] = discs;
        if (one !== undefined && two !== undefined) expect(Math.hypot(one.column - two.column, one.row - two.row)).toBeGreaterThan(one.radius + two.radius + 20);
      }
    }), { numRuns: 50 });
  });
  it('deals anew every time', () => {
    expect(new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(dealProbeSheet(seeded(seed))))).size).toBe(5);
  });
});

describe('drawProbeSheet', () => {
  it('draws discs that stand out from the texture, and nothing between the tiles', () => {
    const grey = drawProbeSheet(sheet);
    expect([grey[0], grey.length]).toEqual([40, sheet.columns * sheet.rows]);
    const levels = new Map<string, number[]>();
    for (const { left, top, columns, rows, discs } of sheet.tiles) {
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const kind = discs.find((disc) => Math.hypot(column - disc.column, row - disc.row) <= disc.radius)?.attenuation ?? 'texture';
          const known = levels.get(kind) ?? [];
          known.push(grey[(top + row) * sheet.columns + left + column] ?? 0);
          levels.set(kind, known);
        }
      }
    }
    const range = (kind: string): readonly [number, number] => (levels.get(kind) ?? []).reduce<readonly [number, number]>(([least, most], level) => [Math.min(least, level), Math.max(most, level)], [255, 0]);
    expect(range('texture')[1]).toBeLessThan(120);
    expect(range('texture')[0]).toBeGreaterThan(70);
    expect(range('ground-glass')[0]).toBeGreaterThan(160);
    expect(range('ground-glass')[1]).toBeLessThan(180);
    expect(range('solid')[0]).toBeGreaterThan(215);
  });
});
