import { gapFactor } from '../../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { VoxelBlock } from './picture.ts';

/** What a sampler gives instead of HU where there is no voxel; no HU is as low. */
export const notInVolume = { outside: -100_000, gap: -100_001 } as const;

/** Reads a volume between its voxels. */
export interface VolumeSampler {
  /**
   * Coordinates along the slices' own axes: columns, rows and mm of height, from the patient's origin. They are linear in the point,
   * so whoever walks along a line needs only two of them.
   */
  coordinatesOf(point: PatientPoint): PatientPoint;
  /**
   * Reads points of a line: HU, not rounded; a value of notInVolume where there is no voxel.
   *
   * @param into - One value per point.
   * @param start - Coordinates of the first point.
   * @param step - From point to point, in coordinates.
   */
  sampleLine(into: Float64Array, start: PatientPoint, step: PatientPoint): void;
}

/** Where the slices of a block lie, as numbers that a loop can read. */
interface SlicePlaces {
  /** Coordinates of each slice's first pixel: a tilted gantry shifts it from slice to slice. */
  readonly columns: Float64Array;
  readonly rows: Float64Array;
  readonly heights: Float64Array;
  /** 1 for a slice that could be decoded. */
  readonly decoded: Uint8Array;
}

/**
 * Prepares to read a volume at points of the patient, trilinearly between the real positions of its slices.
 *
 * A voxel fills its cell: up to half a voxel beyond the outermost centres its value holds. In a gap of the series a slice stands for
 * no more than half the usual distance; a slice that could not be decoded stands for nothing.
 *
 * @param volume - Voxels in HU; at least one slice.
 * @throws {RangeError} for a volume without slices.
 */
export function createSampler(volume: VoxelBlock): VolumeSampler {
  const first = volume.slices[0];
  if (first === undefined) throw new RangeError('the volume has no slices');
  const { columnStep, rowStep } = first.affine;
  const perColumn = scaled(columnStep, 1 / dot(columnStep, columnStep));
  const perRow = scaled(rowStep, 1 / dot(rowStep, rowStep));
  const normal = normalToHead(columnStep, rowStep);
  const places: SlicePlaces = {
    columns: Float64Array.from(volume.slices, ({ affine }) => dot(affine.origin, perColumn)),
    rows: Float64Array.from(volume.slices, ({ affine }) => dot(affine.origin, perRow)),
    heights: Float64Array.from(volume.slices, ({ affine }) => dot(affine.origin, normal)),
    decoded: Uint8Array.from(volume.slices, ({ problem }) => (problem === null ? 1 : 0)),
  };
  return {
    coordinatesOf: (point) => [dot(point, perColumn), dot(point, perRow), dot(point, normal)],
    sampleLine: (into, start, step) => sampleLine(volume, places, into, start, step),
  };
}

/** One loop without calls: numbers that pass between functions are put on the heap, which takes longer than the rest. */
function sampleLine(
  { columns, rows, voxels, spacingMm }: VoxelBlock, places: SlicePlaces, into: Float64Array,
  [startColumn, startRow, startHeight]: PatientPoint, [columnStep, rowStep, heightStep]: PatientPoint,
): void {
  const { heights, decoded } = places;
  const last = heights.length - 1;
  const half = spacingMm[2] / 2;
  const widest = spacingMm[2] * gapFactor;
  const sliceSize = columns * rows;
  let below = 0;
  for (let index = 0; index < into.length; index += 1) {
    const height = startHeight + index * heightStep;
    // The next point mostly lies between the same slices.
    while (below > 0 && (heights[below] ?? 0) > height) below -= 1;
    while (below < last && (heights[below + 1] ?? 0) <= height) below += 1;
    const over = height - (heights[below] ?? 0);
    const distance = below < last && over >= 0 ? (heights[below + 1] ?? 0) - (heights[below] ?? 0) : 0;

    // Between two slices that belong together, or in one slice alone.
    let slice = below;
    let share = 0;
    if (distance === 0) {
      if (Math.abs(over) > half) slice = -1;
    } else if (distance <= widest && decoded[below] === 1 && decoded[below + 1] === 1) {
      share = over / distance;
    } else if (over > Math.min(half, distance / 2)) {
      slice = distance - over <= Math.min(half, distance / 2) ? below + 1 : -2;
    }
    if (slice === -1) {
      into[index] = notInVolume.outside;
      continue;
    }
    if (slice === -2 || decoded[slice] !== 1) {
      into[index] = notInVolume.gap;
      continue;
    }

    const upper = share === 0 ? slice : slice + 1;
    const column = startColumn + index * columnStep - (places.columns[slice] ?? 0) * (1 - share) - (places.columns[upper] ?? 0) * share;
    const row = startRow + index * rowStep - (places.rows[slice] ?? 0) * (1 - share) - (places.rows[upper] ?? 0) * share;
    if (column < -0.5 || row < -0.5 || column > columns - 0.5 || row > rows - 0.5) {
      into[index] = notInVolume.outside;
      continue;
    }
    const left = Math.min(Math.max(Math.floor(column), 0), columns - 1);
    const top = Math.min(Math.max(Math.floor(row), 0), rows - 1);
    const across = Math.min(Math.max(column - left, 0), 1);
    const down = Math.min(Math.max(row - top, 0), 1);
    const toRight = left + 1 < columns ? 1 : 0;
    const toNext = top + 1 < rows ? columns : 0;
    const a = slice * sliceSize + top * columns + left;
    const b = upper * sliceSize + top * columns + left;
    const lowerTop = (voxels[a] ?? 0) * (1 - across) + (voxels[a + toRight] ?? 0) * across;
    const lowerNext = (voxels[a + toNext] ?? 0) * (1 - across) + (voxels[a + toNext + toRight] ?? 0) * across;
    const upperTop = (voxels[b] ?? 0) * (1 - across) + (voxels[b + toRight] ?? 0) * across;
    const upperNext = (voxels[b + toNext] ?? 0) * (1 - across) + (voxels[b + toNext + toRight] ?? 0) * across;
    into[index] = (lowerTop * (1 - down) + lowerNext * down) * (1 - share) + (upperTop * (1 - down) + upperNext * down) * share;
  }
}

/** Unit normal of the slices, towards the head. */
function normalToHead(a: PatientPoint, b: PatientPoint): PatientPoint {
  const normal: PatientPoint = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  return scaled(normal, (normal[2] < 0 ? -1 : 1) / Math.hypot(...normal));
}

function scaled(vector: PatientPoint, factor: number): PatientPoint {
  return [vector[0] * factor, vector[1] * factor, vector[2] * factor];
}

function dot(a: PatientPoint, b: PatientPoint): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
