import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { Problem } from '../../../src-shared/domain/errors.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** One slice of a volume: where it lies, and whether its voxels are those of the exam. */
export interface VolumeSlice {
  readonly sopInstanceUid: string;
  /** Frame of the instance, from 1. */
  readonly frameNumber: number;
  /** Position along the slice normal, mm; ascending from feet to head. */
  readonly positionMm: number;
  /** From pixel centres of this slice to the patient; a tilted gantry shifts it from slice to slice. */
  readonly affine: ImageAffine;
  /** Why the slice could not be decoded; its voxels are air then, and nobody may call them read. */
  readonly problem: Problem | null;
}

/** A CT series as one exact block of Hounsfield units in memory that all threads share. */
export interface CtVolume {
  readonly columns: number;
  readonly rows: number;
  /** slices x rows x columns values in HU, slice by slice from feet to head, row-major; over a SharedArrayBuffer. */
  readonly voxels: Int16Array<SharedArrayBuffer>;
  readonly slices: readonly VolumeSlice[];
  /** Distance of neighbouring columns, rows and (median) slices, mm. Single distances of slices may differ. */
  readonly spacingMm: readonly [column: number, row: number, slice: number];
  /** Slice Thickness (0018,0050), over which a slice averages, mm; null where the series does not tell. */
  readonly sliceThicknessMm: number | null;
}

/**
 * The voxels of one slice.
 *
 * @param volume - The series.
 * @param index - Of the slice, from 0.
 * @returns rows x columns values in HU, sharing the volume's memory.
 * @throws {RangeError} for an index outside of the volume.
 */
export function sliceVoxels(volume: Pick<CtVolume, 'columns' | 'rows' | 'voxels' | 'slices'>, index: number): Int16Array<SharedArrayBuffer> {
  if (!Number.isInteger(index) || index < 0 || index >= volume.slices.length) throw new RangeError('the volume has no such slice');
  const size = volume.rows * volume.columns;
  return volume.voxels.subarray(index * size, (index + 1) * size);
}

/**
 * Maps a voxel position to the patient, along the slices' real positions.
 *
 * @param volume - The series; at least one slice.
 * @param column - Voxel centres at whole numbers; may be fractional.
 * @param row - As column.
 * @param slice - Fractions lie between two neighbours; beyond the ends the last distance goes on.
 * @returns Millimetres, LPS.
 */
export function voxelToPatient(volume: Pick<CtVolume, 'slices' | 'spacingMm'>, column: number, row: number, slice: number): PatientPoint {
  const below = Math.min(Math.max(Math.floor(slice), 0), Math.max(volume.slices.length - 2, 0));
  const lower = volume.slices[below];
  if (lower === undefined) throw new RangeError('the volume has no slices');
  const from = pixelToPatient(lower.affine, column, row);
  const upper = volume.slices[below + 1];
  if (upper === undefined) {
    const normal = sliceNormal([lower]);
    const along = slice * volume.spacingMm[2];
    return [from[0] + normal[0] * along, from[1] + normal[1] * along, from[2] + normal[2] * along];
  }
  const to = pixelToPatient(upper.affine, column, row);
  const share = slice - below;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, from[2] + (to[2] - from[2]) * share];
}

/**
 * Maps a point of the patient to a voxel position: the inverse of voxelToPatient.
 *
 * @param volume - The series; at least one slice.
 * @param point - Millimetres, LPS.
 * @returns Fractional column, row and slice; outside of the volume when the point is.
 */
export function patientToVoxel(
  volume: Pick<CtVolume, 'slices' | 'spacingMm'>,
  point: PatientPoint,
): readonly [column: number, row: number, slice: number] {
  const first = volume.slices[0];
  if (first === undefined) throw new RangeError('the volume has no slices');
  const normal = sliceNormal(volume.slices);
  const slice = sliceAt(volume, dot(point, normal) - dot(first.affine.origin, normal));
  // The foot of the first pixel at that height, between the neighbours' own origins.
  const origin = voxelToPatient(volume, 0, 0, slice);
  const offset: PatientPoint = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]];
  const { columnStep, rowStep } = first.affine;
  return [dot(offset, columnStep) / dot(columnStep, columnStep), dot(offset, rowStep) / dot(rowStep, rowStep), slice];
}

/** Fractional slice index at a height above the first slice, mm along the normal. */
function sliceAt({ slices, spacingMm }: Pick<CtVolume, 'slices' | 'spacingMm'>, heightMm: number): number {
  const base = slices[0]?.positionMm ?? 0;
  if (slices.length < 2) return spacingMm[2] > 0 ? heightMm / spacingMm[2] : 0;
  let low = 0;
  let high = slices.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((slices[middle]?.positionMm ?? 0) - base <= heightMm) low = middle;
    else high = middle - 1;
  }
  const from = (slices[low]?.positionMm ?? 0) - base;
  const to = (slices[low + 1]?.positionMm ?? 0) - base;
  return low + (heightMm - from) / (to - from);
}

/**
 * Normal of the slices, towards the head.
 *
 * @param slices - At least one; all are parallel.
 * @returns A unit vector, LPS.
 */
export function sliceNormal([first]: readonly Pick<VolumeSlice, 'affine'>[]): PatientPoint {
  if (first === undefined) throw new RangeError('the volume has no slices');
  const { columnStep: a, rowStep: b } = first.affine;
  const normal: PatientPoint = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const length = Math.hypot(...normal) * (normal[2] < 0 ? -1 : 1);
  return [normal[0] / length, normal[1] / length, normal[2] / length];
}

function dot(a: PatientPoint, b: PatientPoint): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
