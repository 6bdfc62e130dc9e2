import { describe, expect, it } from 'vitest';
import { planeReducer } from '../../../../src-main/finder/find/plane-reducer.ts';
import type { SearchGrid } from '../../../../src-main/finder/find/search-grid.ts';
import { seededGenerator } from '../../../../src-main/finder/seeded-generator.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { lungPhantom } from '../../../helpers/nodule-phantom.ts';
import { plainReducedPlane } from './plain-reducer.ts';

/** Noise from far below gas to far above tissue. */
function noiseVolume(): CtVolume {
  const volume = lungPhantom({ columns: 61, rows: 47, slices: 3, spacingMm: [0.7, 0.7, 1] });
  const random = seededGenerator(11);
  for (let at = 0; at < volume.voxels.length; at += 1) volume.voxels[at] = Math.round(-1500 + 2500 * random());
  return volume;
}

function gridOf(columns: number, rows: number, firstColumn: number, firstRow: number, columnStep: number, rowStep: number): SearchGrid {
  return { columns, rows, layers: 3, cellMm: [1, 1, 1], firstColumn, firstRow, columnStep, rowStep, firstMm: 0, blurMm: [0.5, 0.5, 1] };
}

describe('planeReducer', () => {
  it.each([
    ['cells of a pixel', gridOf(50, 40, 4, 3, 1, 1)],
    ['cells of two pixels', gridOf(29, 20, 2.5, 4.5, 2, 2)],
    ['cells of 1.4286 pixels', gridOf(39, 31, 3.2143, 1.2143, 1.4286, 1.4286)],
    ['cells up to the edges', gridOf(42, 32, 0.2143, 0.2143, 1.4286, 1.4286)],
    ['cells that are wider than high', gridOf(20, 29, 5.7, 2.25, 2.4, 1.5)],
    ['a single cell', gridOf(1, 1, 30.3, 20.6, 1.6, 1.6)],
  ])('is bit by bit what the plain twin gives: %s', (_, grid) => {
    const volume = noiseVolume();
    const reduce = planeReducer(volume, grid);
    for (const slice of [2, 0, 1]) expect(reduce(slice)).toEqual(plainReducedPlane(volume, grid, slice));
  });

  it('holds gas and tissue', () => {
    const volume = noiseVolume();
    volume.voxels.fill(-3024, 0, 61 * 47).fill(3000, 61 * 47, 2 * 61 * 47);
    const reduce = planeReducer(volume, gridOf(20, 20, 1, 1, 1, 1));
    expect(new Set(reduce(0))).toEqual(new Set([-1000]));
    expect(new Set(reduce(1))).toEqual(new Set([60]));
  });
});
