import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarsen, refine, thickParts } from '../../../../src-main/imaging/lungs/grid-coarser.ts';
import { convexRows } from '../../../../src-main/imaging/lungs/grid-hull.ts';
import { reduceVolume } from '../../../../src-main/imaging/lungs/grid-reduce.ts';
import { loseSlices } from '../../../helpers/harden-volume.ts';
import { lungPhantom } from '../../../helpers/lung-phantom.ts';

describe('reduceVolume', () => {
  it('makes cells of about 2 mm that hold the voxels of floor(voxel / step)', () => {
    const { volume } = lungPhantom({ pixelMm: 0.7, columns: 100, rows: 71, sliceMm: 0.8, from: 100, to: 108 });
    for (let row = 0; row < 71; row += 1) for (let column = 0; column < 100; column += 1) for (let slice = 0; slice < 10; slice += 1) {
      volume.voxels[(slice * 71 + row) * 100 + column] = Math.floor(column / 3) * 20 - Math.floor(row / 3) * 7 + Math.floor(slice / 3) * 100;
    }
    const grid = reduceVolume(volume);
    expect({ ...grid, hounsfield: null }).toEqual({ columns: 34, rows: 24, slices: 4, step: [3, 3, 3], cellMm: [0.7 * 3, 0.7 * 3, 0.8 * 3], hounsfield: null });
    expect(grid.hounsfield[(2 * 24 + 5) * 34 + 9]).toBe(9 * 20 - 5 * 7 + 200);
    expect(grid.hounsfield.at(-1)).toBe(33 * 20 - 23 * 7 + 300);
  });

  it('never makes cells finer than voxels', () => {
    expect(reduceVolume(lungPhantom({ pixelMm: 5, columns: 20, rows: 20, sliceMm: 10 }).volume).step).toEqual([1, 1, 1]);
  });

  it('gives slices that could not be decoded no say, and repeats the nearest where a cell holds nothing else', () => {
    const { volume } = lungPhantom({ pixelMm: 4, columns: 100, rows: 75, sliceMm: 4, from: 100, to: 140 });
    const grid = reduceVolume(loseSlices(volume, [0, 4, 5]));
    const layer = (slice: number): number[] => [...grid.hounsfield.subarray(slice * 7500, (slice + 1) * 7500)];
    expect(layer(0)).toEqual(layer(1));
    expect(layer(4)).toEqual(layer(3));
    expect(layer(5)).toEqual(layer(6));
    expect(layer(3)).not.toEqual(layer(6));
  });
});

describe('convexRows', () => {
  it('holds all cells, is convex and no larger than it must be', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(19), fc.nat(14)), { minLength: 1, maxLength: 12 }), (points) => {
      const cells = new Uint8Array(300);
      for (const [column, row] of points) cells[row * 20 + column] = 7;
      const { hullFirst, hullLast } = convexRows(cells, 7, { columns: 20, rows: 15, slices: 1 });
      for (const [column, row] of points) expect(hullFirst[row]! <= column && column <= hullLast[row]!).toBe(true);
      const rows = points.map(([, row]) => row);
      for (let row = 0; row < 15; row += 1) {
        if (row < Math.min(...rows) || row > Math.max(...rows)) expect(hullFirst[row]! > hullLast[row]!).toBe(true);
        // Between any two rows of the hull its ends lie outside of, or within a cell of, the straight way.
        for (let a = Math.min(...rows); a < row; a += 1) for (let b = row + 1; b <= Math.max(...rows); b += 1) {
          const straight = hullFirst[a]! + ((hullFirst[b]! - hullFirst[a]!) * (row - a)) / (b - a);
          expect(hullFirst[row]!).toBeLessThan(straight + 1.001);
        }
      }
      expect(Math.min(...hullFirst)).toBe(Math.min(...points.map(([column]) => column)));
      expect(Math.max(...hullLast)).toBe(Math.max(...points.map(([column]) => column)));
    }));
  });
});

describe('coarsen and refine', () => {
  const fine = { columns: 9, rows: 7, slices: 4, cellMm: [2, 2, 2] as const };
  const coarsening = { factors: [2, 2, 2], pads: { columns: 2, rows: 1, below: 1, above: 0 } } as const;

  it('takes a cell for filled from half of its finer cells on', () => {
    const cells = new Uint8Array(9 * 7 * 4);
    for (const index of [0, 1, 9, 10, 4, 5, 13]) cells[index] = 1;
    const coarse = coarsen(cells, fine, coarsening);
    expect({ columns: coarse.columns, rows: coarse.rows, slices: coarse.slices, cellMm: coarse.cellMm }).toEqual({ columns: 9, rows: 6, slices: 3, cellMm: [4, 4, 4] });
    expect([coarse.cells.indexOf(1), coarse.cells.reduce((a, b) => a + b)]).toEqual([(6 + 1) * 9 + 2, 1]);
  });

  it('gives back a shape that is made of whole cells', () => {
    const cells = new Uint8Array(9 * 7 * 4);
    for (let slice = 2; slice < 4; slice += 1) for (let row = 2; row < 6; row += 1) for (let column = 4; column < 8; column += 1) cells[(slice * 7 + row) * 9 + column] = 1;
    const again = new Uint8Array(cells.length);
    refine(again, fine, coarsen(cells, fine, coarsening).cells, coarsening);
    expect([...again]).toEqual([...cells]);
  });
});

describe('thickParts', () => {
  it('drops what is thinner than the squares', () => {
    const cells = Uint8Array.from([1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]);
    expect([...thickParts(cells, { columns: 4, rows: 3, slices: 1 }, 2)]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
    expect([...thickParts(cells, { columns: 4, rows: 3, slices: 1 }, 3)]).toEqual(new Array(12).fill(0));
  });
});
