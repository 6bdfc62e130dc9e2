import { describe, expect, it } from 'vitest';
import { halveField } from '../../../../src-main/finder/find/halve-field.ts';
import { lungRegion } from '../../../../src-main/finder/find/lung-region.ts';
import type { LungRegion } from '../../../../src-main/finder/find/lung-region.ts';
import { resampleRegion, searchGridOf } from '../../../../src-main/finder/find/resample-region.ts';
import { cellToPatient } from '../../../../src-main/finder/find/search-grid.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { lungPhantom } from '../../../helpers/nodule-phantom.ts';
import { boxMask } from './box-lung.ts';

const blur = { inPlaneMm: 0.5, sliceMm: 2 };

/** A volume whose HU grow by 2 along x, 1 along y and 3 along z, per mm, with slices at the given heights. */
function ramp(heights: readonly number[], spacingMm: readonly [number, number, number]): CtVolume {
  const volume = lungPhantom({ columns: 40, rows: 36, slices: heights.length, spacingMm });
  const slices = volume.slices.map((slice, index) => ({ ...slice, positionMm: heights[index] ?? 0, affine: { ...slice.affine, origin: [0, 0, heights[index] ?? 0] as const } }));
  for (let at = 0; at < volume.voxels.length; at += 1) {
    const [column, row, slice] = [at % 40, Math.floor(at / 40) % 36, Math.floor(at / (40 * 36))];
    volume.voxels[at] = Math.round(-950 + 2 * column * spacingMm[0] + row * spacingMm[1] + 3 * (heights[slice] ?? 0));
  }
  return { ...volume, slices };
}

function regionOf(volume: CtVolume): LungRegion {
  const region = lungRegion(boxMask(volume), volume, 'right');
  if (region === null) throw new Error('no region');
  return region;
}

describe('resampleRegion', () => {
  it.each([
    ['thin slices', Array.from({ length: 40 }, (_, index) => index * 0.5), [0.7, 0.7, 0.5]],
    ['slices of 1 mm', Array.from({ length: 30 }, (_, index) => index), [0.7, 0.8, 1]],
    ['slices of 2.5 mm', Array.from({ length: 24 }, (_, index) => index * 2.5), [0.7, 0.7, 2.5]],
    ['slices of 8 mm', Array.from({ length: 16 }, (_, index) => index * 8), [0.9, 0.9, 8]],
    ['slices that lie unevenly', [0, 2, 4.3, 6, 8.4, 10, 12, 14.2, 16, 18, 20, 22, 24, 26.5, 28, 30], [0.7, 0.7, 2]],
  ] as const)('keeps a field that grows evenly, along the real positions: %s', (_, heights, spacingMm) => {
    const volume = ramp(heights, spacingMm);
    const { grid, values } = resampleRegion(volume, searchGridOf(volume, boxMask(volume), regionOf(volume), blur));
    let worst = 0;
    for (let layer = 1; layer < grid.layers - 1; layer += 1) {
      for (const [column, row] of [[2, 3], [Math.floor(grid.columns / 2), Math.floor(grid.rows / 2)], [grid.columns - 2, grid.rows - 2]] as const) {
        const [x, y, z] = cellToPatient(volume, grid, [column, row, layer]);
        worst = Math.max(worst, Math.abs((values[(layer * grid.rows + row) * grid.columns + column] ?? 0) - (-950 + 2 * x + y + 3 * z)));
      }
    }
    expect(worst).toBeLessThan(1);
  });

  it('shows nothing between slices that lie further apart than the others', () => {
    const volume = ramp([0, 2, 4, 6, 8, 10, 12, 20, 22, 24, 26, 28, 30, 32, 34, 36], [0.7, 0.7, 2]);
    const { grid, seenLayers } = resampleRegion(volume, searchGridOf(volume, boxMask(volume), regionOf(volume), blur));
    const seen = Array.from(seenLayers, (isSeen, layer) => [grid.firstMm + layer * grid.cellMm[2], isSeen] as const);
    for (const [mm, isSeen] of seen) expect(isSeen, `${mm} mm`).toBe(mm > 12.5 && mm < 19.5 ? 0 : 1);
  });
});

describe('halveField', () => {
  it('averages two cells along fine axes, keeps the places and what the spans hold', () => {
    const volume = ramp(Array.from({ length: 16 }, (_, index) => index * 8), [0.9, 0.9, 8]);
    const { grid, values } = resampleRegion(volume, searchGridOf(volume, boxMask(volume), regionOf(volume), blur));
    const spans = Int32Array.from({ length: 2 * grid.rows * grid.layers }, (_, index) => (index % 2 === 0 ? 0 : grid.columns));
    const half = halveField({ grid, values, spans }, 2);
    expect(half.grid.cellMm).toEqual([2, 2, 4]);
    expect(half.grid.layers).toBe(grid.layers);
    const [x, y, z] = cellToPatient(volume, half.grid, [4, 5, 6]);
    expect(half.values[(6 * half.grid.rows + 5) * half.grid.columns + 4]).toBeCloseTo(-950 + 2 * x + y + 3 * z, 0);
    expect(half.grid.blurMm[0]).toBeGreaterThan(grid.blurMm[0]);
    expect(half.grid.blurMm[2]).toBe(grid.blurMm[2]);
  });
});
