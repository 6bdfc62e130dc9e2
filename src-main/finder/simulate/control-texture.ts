import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { patientToVoxel } from '../../imaging/volume/ct-volume.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import { findNormalPlace } from './control-place.ts';
import type { KeepClear } from './control-place.ts';

/** What normal lung of an exam looks like without its structures: a block of it, less its mean. */
export interface LungTexture {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** HU, slice by slice, row by row. */
  readonly values: Float32Array;
}

/** Quiet cylinders that are looked for, the largest first, mm. */
const cylinders = [{ radiusMm: 14, heightMm: 10 }, { radiusMm: 11, heightMm: 10 }, { radiusMm: 8, heightMm: 8 }, { radiusMm: 6, heightMm: 6 }] as const;
/** Voxels of a side below which a block shows no texture. */
const fewestVoxels = 8;
/** Stricter than for a place that is only looked at: a thin vessel would come back all over the lung. */
const quietBelowHu = -700;
/** Noise depends on what else a slice shows: a place at about the same height is taken where there is one, mm. */
const nearMm = 25;
/** What lies farther off than this many standard deviations is a small vessel. */
const noiseLimit = 3;

/**
 * Takes the texture of a quiet place in the lungs.
 *
 * @param volume - Voxels in HU.
 * @param mask - Its lungs.
 * @param options - random: decides which place; nearSlice: where the texture is to be used; avoid: places to keep clear of.
 * @returns Null where the lungs have no quiet place.
 */
export function lungTexture(
  volume: VoxelBlock, mask: LungMask, { random, nearSlice, avoid }: { readonly random: SeededGenerator; readonly nearSlice: number; readonly avoid: readonly KeepClear[] },
): LungTexture | null {
  const last = volume.slices.length - 1;
  const near = Math.ceil(nearMm / volume.spacingMm[2]);
  for (const [firstSlice, lastSlice] of [[Math.max(0, nearSlice - near), Math.min(last, nearSlice + near)], [0, last]] as const) {
    const within = { firstColumn: 0, lastColumn: volume.columns - 1, firstRow: 0, lastRow: volume.rows - 1, firstSlice, lastSlice };
    for (const { radiusMm, heightMm } of cylinders) {
      const isClear = (centre: PatientPoint): boolean => avoid.every((place) => Math.hypot(...centre.map((at, axis) => at - (place.centre[axis] ?? 0))) > place.radiusMm + radiusMm);
      const centre = findNormalPlace(volume, mask, { random, radiusMm, heightMm, quietBelowHu, side: null, within, isClear });
      const texture = centre === null ? null : textureAt(volume, centre, radiusMm, heightMm);
      if (texture !== null) return texture;
    }
  }
  return null;
}

/** The largest block within a cylinder; null where that is but a few voxels. */
function textureAt(volume: VoxelBlock, centre: PatientPoint, radiusMm: number, heightMm: number): LungTexture | null {
  const [column, row, slice] = patientToVoxel(volume, centre);
  const across = range(column, (radiusMm * Math.SQRT1_2) / volume.spacingMm[0], volume.columns);
  const down = range(row, (radiusMm * Math.SQRT1_2) / volume.spacingMm[1], volume.rows);
  const through = range(slice, heightMm / 2 / volume.spacingMm[2], volume.slices.length);
  if (across.count < fewestVoxels || down.count < fewestVoxels || through.count < 1) return null;
  const values = new Float32Array(across.count * down.count * through.count);
  for (let line = 0; line < down.count * through.count; line += 1) {
    const from = ((through.first + Math.floor(line / down.count)) * volume.rows + down.first + (line % down.count)) * volume.columns + across.first;
    values.set(volume.voxels.subarray(from, from + across.count), line * across.count);
  }
  centreAndLimit(values);
  return { columns: across.count, rows: down.count, slices: through.count, values };
}

/** Whole voxels; the nearest one at least. */
function range(middle: number, reach: number, count: number): { readonly first: number; readonly count: number } {
  const first = Math.max(0, Math.min(Math.ceil(middle - reach), Math.round(middle)));
  const last = Math.min(count - 1, Math.max(Math.floor(middle + reach), Math.round(middle)));
  return { first, count: last - first + 1 };
}

function centreAndLimit(values: Float32Array): void {
  const median = values.toSorted()[values.length >> 1] ?? 0;
  const deviation = (values.map((value) => Math.abs(value - median)).sort()[values.length >> 1] ?? 0) / 0.6745;
  for (const [at, value] of values.entries()) values[at] = Math.min(Math.max(value - median, -noiseLimit * deviation), noiseLimit * deviation);
}
