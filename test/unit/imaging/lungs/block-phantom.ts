import type { ImageAffine } from '../../../../src-shared/domain/image-affine.ts';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import type { VolumeSlice } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../../../src-main/imaging/pictures/picture.ts';

/** How the slices of a written block lie. */
export interface BlockOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** Heights along the slice normal, mm. */
  readonly positions?: readonly number[];
  readonly spacing?: readonly [column: number, row: number];
  readonly lie?: keyof typeof lies;
  /** Slices that could not be decoded. */
  readonly undecoded?: readonly number[];
  /** Moves the first pixel of a slice in the plane, mm along the columns and rows. */
  readonly shift?: (slice: number) => readonly [number, number];
}

/** Directions of columns and rows, and the way from slice to slice per mm of height. */
const lies = {
  straight: { column: [1, 0, 0], row: [0, 1, 0], step: [0, 0, 1] },
  flipped: { column: [-1, 0, 0], row: [0, -1, 0], step: [0, 0, 1] },
  feetFirst: { column: [-1, 0, 0], row: [0, 1, 0], step: [0, 0, 1] },
  // A gantry tilted by 20 degrees: the table goes straight, the slices lie aslant.
  tilted: { column: [1, 0, 0], row: [0, Math.cos(0.35), -Math.sin(0.35)], step: [0, 0, 1 / Math.cos(0.35)] },
  // An oblique reconstruction: everything turned by 10 degrees about the patient's length and 15 about the left-right axis.
  oblique: {
    column: [Math.cos(0.17), Math.sin(0.17), 0],
    row: [-Math.sin(0.17) * Math.cos(0.26), Math.cos(0.17) * Math.cos(0.26), -Math.sin(0.26)],
    step: [-Math.sin(0.17) * Math.sin(0.26), Math.cos(0.17) * Math.sin(0.26), Math.cos(0.26)],
  },
} as const satisfies Readonly<Record<string, Readonly<Record<'column' | 'row' | 'step', PatientPoint>>>>;

/** All ways in which a written block can lie. */
export const blockLies = ['straight', 'flipped', 'feetFirst', 'tilted', 'oblique'] as const;

/** A block whose voxels are what a function of the patient says, rounded to HU. */
export function writtenBlock(hounsfieldAt: (point: PatientPoint) => number, options: BlockOptions = {}): VoxelBlock {
  const { columns = 24, rows = 20, positions = [0, 2.5, 5, 7.5, 10, 12.5, 15, 17.5], spacing = [0.7, 0.8], lie = 'straight' } = options;
  const { column, row, step } = lies[lie];
  const [firstMm = 0] = positions;
  const slices = positions.map((positionMm, index): VolumeSlice => {
    const [right, down] = options.shift?.(index) ?? [0, 0];
    const along = positionMm - firstMm;
    const origin: PatientPoint = [
      -30 + along * step[0] + right * column[0] + down * row[0],
      12 + along * step[1] + right * column[1] + down * row[1],
      firstMm + along * step[2] + right * column[2] + down * row[2],
    ];
    const affine: ImageAffine = {
      origin,
      columnStep: [column[0] * spacing[0], column[1] * spacing[0], column[2] * spacing[0]],
      rowStep: [row[0] * spacing[1], row[1] * spacing[1], row[2] * spacing[1]],
    };
    const isDecoded = options.undecoded?.includes(index) !== true;
    return {
      sopInstanceUid: `1.2.3.${String(index)}`, frameNumber: 1, positionMm, affine,
      problem: isDecoded ? null : { code: 'pixel-data-corrupt', message: 'cannot be decoded' },
    };
  });
  const voxels = new Int16Array(new SharedArrayBuffer(2 * columns * rows * positions.length));
  for (const [index, { affine, problem }] of slices.entries()) {
    for (let pixel = 0; pixel < columns * rows; pixel += 1) {
      const value = problem === null ? Math.round(hounsfieldAt(pixelToPatient(affine, pixel % columns, Math.floor(pixel / columns)))) : -1024;
      voxels[index * columns * rows + pixel] = value;
    }
  }
  const distances = positions.slice(1).map((position, index) => position - (positions[index] ?? 0)).sort((a, b) => a - b);
  return { columns, rows, voxels, slices, spacingMm: [spacing[0], spacing[1], distances[(distances.length - 1) >> 1] ?? 1] };
}

/** HU that grow by different amounts along x, y and z: whatever reads a place wrongly reads another value. */
export function slope([x, y, z]: PatientPoint): number {
  return 40 + 11 * x - 17 * y + 23 * z;
}
