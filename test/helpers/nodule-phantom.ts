import { blurredBall } from '../../src-main/finder/measure/ball-model.ts';
import { seededGenerator } from '../../src-main/finder/seeded-generator.ts';
import { lungLabels } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume, VolumeSlice } from '../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/** A block of lung to put things into. */
export interface PhantomOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly slices?: number;
  readonly spacingMm?: readonly [number, number, number];
  readonly lungHu?: number;
  /** Standard deviation of the noise; 0 for none. */
  readonly noiseHu?: number;
  readonly seed?: number;
}

/**
 * A volume of lung and nothing else; voxel (0, 0, 0) lies at the patient's origin, axes along the patient's.
 *
 * @param options - Default: 64 x 64 x 40 voxels of 0.7 x 0.7 x 1.25 mm, -860 HU, no noise.
 */
export function lungPhantom(options: PhantomOptions = {}): CtVolume {
  const { columns = 64, rows = 64, slices = 40, spacingMm = [0.7, 0.7, 1.25], lungHu = -860, noiseHu = 0, seed = 1 } = options;
  const voxels = new Int16Array(new SharedArrayBuffer(columns * rows * slices * 2)).fill(lungHu);
  if (noiseHu > 0) {
    const random = seededGenerator(seed);
    for (let at = 0; at < voxels.length; at += 1) voxels[at] = Math.round(lungHu + noiseHu * 1.73 * (random() + random() + random() + random() - 2));
  }
  const placed = Array.from({ length: slices }, (_, slice): VolumeSlice => ({
    sopInstanceUid: `2.25.${slice}`, frameNumber: 1, positionMm: slice * spacingMm[2], problem: null,
    affine: { origin: [0, 0, slice * spacingMm[2]], columnStep: [spacingMm[0], 0, 0], rowStep: [0, spacingMm[1], 0] },
  }));
  return { columns, rows, voxels, slices: placed, spacingMm, sliceThicknessMm: null };
}

/**
 * Changes every voxel by a density field: the mean of the field over the voxel's slice.
 *
 * @param volume - From lungPhantom.
 * @param share - How much of the matter is at a point, mm, 0 to 1, blurred already.
 * @param hounsfield - Density of the matter.
 * @param lungHu - Density it takes the place of.
 */
export function addMatter(volume: CtVolume, share: (x: number, y: number, z: number) => number, hounsfield: number, lungHu = -860): void {
  const [columnMm, rowMm, sliceMm] = volume.spacingMm;
  const parts = Math.max(5, Math.ceil(sliceMm / 0.25));
  for (let slice = 0, at = 0; slice < volume.slices.length; slice += 1) {
    for (let row = 0; row < volume.rows; row += 1) {
      for (let column = 0; column < volume.columns; column += 1, at += 1) {
        let sum = 0;
        for (let part = 0; part < parts; part += 1) sum += share(column * columnMm, row * rowMm, (slice + (part + 0.5) / parts - 0.5) * sliceMm);
        if (sum > 0) volume.voxels[at] = Math.round((volume.voxels[at] ?? 0) + (sum / parts) * (hounsfield - lungHu));
      }
    }
  }
}

/**
 * The field of a ball, blurred by a Gaussian.
 *
 * @param centre - mm.
 * @param radiusMm - Of the ball.
 * @param sigmaMm - Of the blur.
 */
export function ballField([x0, y0, z0]: PatientPoint, radiusMm: number, sigmaMm: number): (x: number, y: number, z: number) => number {
  const reach = radiusMm + 4 * sigmaMm;
  return (x, y, z) => {
    const distance = Math.hypot(x - x0, y - y0, z - z0);
    return distance > reach ? 0 : blurredBall(radiusMm, sigmaMm, distance);
  };
}

/**
 * An outline of lungs for a phantom: cells that lung fills by any part are in it, as in a real outline.
 *
 * @param volume - From lungPhantom.
 * @param isLung - Whether a point belongs to the lung, mm.
 * @param step - Voxels per cell along columns and rows.
 */
export function phantomMask(volume: CtVolume, isLung: (x: number, y: number, z: number) => boolean, step = 3): LungMask {
  const [columns, rows, slices] = [Math.ceil(volume.columns / step), Math.ceil(volume.rows / step), volume.slices.length];
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  for (let slice = 0, voxel = 0; slice < slices; slice += 1) {
    for (let row = 0; row < volume.rows; row += 1) {
      for (let column = 0; column < volume.columns; column += 1, voxel += 1) {
        if (!isLung(column * volume.spacingMm[0], row * volume.spacingMm[1], slice * volume.spacingMm[2])) continue;
        labels[(slice * rows + Math.floor(row / step)) * columns + Math.floor(column / step)] = lungLabels.rightLung;
      }
    }
  }
  return { kind: 'lungs', reason: null, notes: [], columns, rows, slices, step: [step, step, 1], labels, rightMm3: 0, leftMm3: 0, extent: [0, slices - 1] };
}
