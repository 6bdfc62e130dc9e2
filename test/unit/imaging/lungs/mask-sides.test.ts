import { describe, expect, it } from 'vitest';
import { partingWay } from '../../../../src-main/imaging/lungs/mask-sides.ts';

const [columns, rows] = [40, 30];
const plane = { sideCount: columns, sideStride: 1, sideMm: 2, depthCount: rows, depthStride: columns };

/** Lung everywhere, with whatever `huAt` makes of it; tissue is where HU is -400 or more. */
function slice(huAt: (column: number, row: number) => number): { readonly grid: Parameters<typeof partingWay>[0]; readonly lung: Uint8Array } {
  const hounsfield = Int16Array.from({ length: columns * rows }, (_, index) => huAt(index % columns, Math.floor(index / columns)));
  const grid = { columns, rows, slices: 1, step: [1, 1, 1], cellMm: [2, 2, 2], hounsfield } as const;
  return { grid, lung: Uint8Array.from(hounsfield, (hu) => (hu < -400 ? 1 : 0)) };
}

describe('partingWay', () => {
  it('follows a junction line that lies off the middle', () => {
    const { grid, lung } = slice((column) => (column === 25 ? -600 : -850));
    expect(new Set(partingWay(grid, lung, plane, 0, 19, { from: 0, to: rows }))).toEqual(new Set([25]));
  });

  it('goes through tissue around a lung that crosses the middle', () => {
    const { grid, lung } = slice((column, row) => (column < (row > 8 && row < 20 ? 24 : 17) || column > 30 ? -850 : 40));
    const way = partingWay(grid, lung, plane, 0, 19, { from: 0, to: rows });
    expect([...way].every((column, row) => grid.hounsfield[row * columns + column] === 40)).toBe(true);
  });

  it('keeps to the middle where nothing speaks for another way, and outside of the depths', () => {
    const { grid, lung } = slice((_, row) => (row < 10 ? -850 : 40));
    expect([...partingWay(grid, lung, plane, 0, 19, { from: 3, to: 8 })]).toEqual(new Array(rows).fill(19));
  });

  it('runs from front to back along the columns of a patient on the side', () => {
    const { grid, lung } = slice((_, row) => (row === 18 ? -600 : -850));
    const turned = { sideCount: rows, sideStride: columns, sideMm: 2, depthCount: columns, depthStride: 1 };
    expect(new Set(partingWay(grid, lung, turned, 0, 14, { from: 0, to: columns }))).toEqual(new Set([18]));
  });
});
