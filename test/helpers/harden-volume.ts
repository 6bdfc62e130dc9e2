import type { CtVolume, VolumeSlice } from '../../src-main/imaging/volume/ct-volume.ts';
import { voxelToPatient } from '../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/**
 * Resamples a volume along z by linear interpolation; its ends stay where they are.
 *
 * @param volume - With slices of the same orientation.
 * @param sliceMm - New distance of the slices.
 */
export function resampleSlices(volume: CtVolume, sliceMm: number): CtVolume {
  const size = volume.rows * volume.columns;
  const heightMm = (volume.slices.length - 1) * volume.spacingMm[2];
  const count = Math.floor(heightMm / sliceMm) + 1;
  const voxels = new Int16Array(new SharedArrayBuffer(size * count * 2));
  const slices: VolumeSlice[] = [];
  for (let slice = 0; slice < count; slice += 1) {
    const at = Math.min((slice * sliceMm) / volume.spacingMm[2], volume.slices.length - 1);
    const lower = Math.min(Math.floor(at), volume.slices.length - 2);
    const share = at - lower;
    const [below, above] = [lower * size, (lower + 1) * size];
    for (let index = 0; index < size; index += 1) {
      voxels[slice * size + index] = Math.round((1 - share) * volume.voxels[below + index]! + share * volume.voxels[above + index]!);
    }
    const near = volume.slices[lower]!;
    const origin = voxelToPatient(volume, 0, 0, at);
    slices.push({ ...near, positionMm: volume.slices[0]!.positionMm + slice * sliceMm, affine: { ...near.affine, origin } });
  }
  return { ...volume, voxels, slices, spacingMm: [volume.spacingMm[0], volume.spacingMm[1], sliceMm] };
}

/**
 * Cuts a window out of every slice, and a stretch of the slices.
 *
 * @param volume - To be cut.
 * @param window - First and last column, row and slice, inclusive.
 */
export function cropVolume(
  volume: CtVolume, window: { readonly columns: readonly [number, number]; readonly rows: readonly [number, number]; readonly slices?: readonly [number, number] },
): CtVolume {
  const [firstSlice, lastSlice] = window.slices ?? [0, volume.slices.length - 1];
  const columns = window.columns[1] - window.columns[0] + 1;
  const rows = window.rows[1] - window.rows[0] + 1;
  const kept = volume.slices.slice(firstSlice, lastSlice + 1);
  const voxels = new Int16Array(new SharedArrayBuffer(columns * rows * kept.length * 2));
  for (let slice = 0; slice < kept.length; slice += 1) {
    for (let row = 0; row < rows; row += 1) {
      const from = ((firstSlice + slice) * volume.rows + window.rows[0] + row) * volume.columns + window.columns[0];
      voxels.set(volume.voxels.subarray(from, from + columns), (slice * rows + row) * columns);
    }
  }
  const slices = kept.map((slice, index) => ({
    ...slice, affine: { ...slice.affine, origin: voxelToPatient(volume, window.columns[0], window.rows[0], firstSlice + index) },
  }));
  return { ...volume, columns, rows, voxels, slices };
}

/**
 * Turns the order of the columns round; the patient stays where it is.
 *
 * @param volume - To be flipped.
 */
export function flipColumns(volume: CtVolume): CtVolume {
  const voxels = new Int16Array(new SharedArrayBuffer(volume.voxels.length * 2));
  const { columns } = volume;
  for (let line = 0; line < volume.rows * volume.slices.length; line += 1) {
    for (let column = 0; column < columns; column += 1) voxels[line * columns + column] = volume.voxels[(line + 1) * columns - 1 - column]!;
  }
  const slices = volume.slices.map((slice, index) => {
    const { columnStep } = slice.affine;
    const turned: PatientPoint = [-columnStep[0], -columnStep[1], -columnStep[2]];
    return { ...slice, affine: { ...slice.affine, origin: voxelToPatient(volume, columns - 1, 0, index), columnStep: turned } };
  });
  return { ...volume, voxels, slices };
}

/**
 * Changes every voxel by where it lies.
 *
 * @param volume - Stays as it is.
 * @param change - Gets HU, column, row and slice; returns HU.
 */
export function changeVoxels(volume: CtVolume, change: (hu: number, column: number, row: number, slice: number) => number): CtVolume {
  const voxels = new Int16Array(new SharedArrayBuffer(volume.voxels.length * 2));
  for (let slice = 0, index = 0; slice < volume.slices.length; slice += 1) {
    for (let row = 0; row < volume.rows; row += 1) {
      for (let column = 0; column < volume.columns; column += 1, index += 1) {
        voxels[index] = Math.max(-1024, Math.round(change(volume.voxels[index]!, column, row, slice)));
      }
    }
  }
  return { ...volume, voxels };
}

/**
 * Noise of a given strength that is the same on every run.
 *
 * @param sigma - Standard deviation.
 */
export function seededNoise(sigma: number): () => number {
  let state = 88675123;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3) * sigma;
}

/**
 * Marks slices as not decoded: their voxels are air.
 *
 * @param volume - Stays as it is.
 * @param lost - Indices of the slices.
 */
export function loseSlices(volume: CtVolume, lost: readonly number[]): CtVolume {
  const emptied = changeVoxels(volume, (hu, _column, _row, slice) => (lost.includes(slice) ? -1024 : hu));
  const slices = volume.slices.map((slice, index) => (lost.includes(index) ? { ...slice, problem: { code: 'pixel-data-corrupt', message: 'lost' } as const } : slice));
  return { ...emptied, slices };
}
