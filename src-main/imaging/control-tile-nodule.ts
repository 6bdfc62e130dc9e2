import { pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { patientToVoxel } from './ct-volume.ts';
import { airHu } from './hounsfield.ts';
import { croppedAffine } from './picture.ts';
import type { VoxelBlock } from './picture.ts';

/** A drawn nodule: a solid sphere. */
export interface DrawnNodule {
  /** mm, LPS. */
  readonly centre: PatientPoint;
  readonly diameterMm: number;
  readonly hounsfield: number;
}

/** How a scanner would have blurred it. */
export interface ScannerBlur {
  /** Standard deviation of the in-plane point spread, mm. */
  readonly inPlaneSigmaMm: number;
  /** Thickness of a slice, mm. */
  readonly sliceThicknessMm: number;
}

/** A standard reconstruction blurs an edge by about this much (full width at half maximum 1.3 mm), whatever the pixel. */
const usualSigmaMm = 0.55;
/** No picture is sharper than its pixels. */
const sigmaPixels = 0.6;
/** The drawn tissue keeps this share of the texture that was there, as noise. */
const textureShare = 0.5;
const sublayers = 7;

/**
 * Estimates the blur of a volume.
 *
 * @param volume - Spacing; slices are taken to be as thick as they lie apart.
 */
export function estimateBlur({ spacingMm: [column, row, slice] }: Pick<VoxelBlock, 'spacingMm'>): ScannerBlur {
  return { inPlaneSigmaMm: Math.max(usualSigmaMm, sigmaPixels * Math.max(column, row)), sliceThicknessMm: slice };
}

/**
 * Copies the voxels around a point, so that they can be drawn into.
 *
 * @param volume - Left as it is.
 * @param centre - mm, LPS.
 * @param reachMm - Everything nearer than this along the volume's axes is copied.
 * @returns A block with its own memory and affines.
 * @throws {RangeError} when nothing of the volume is there.
 */
export function copyBlock(volume: VoxelBlock, centre: PatientPoint, reachMm: number): VoxelBlock & { readonly voxels: Int16Array<ArrayBuffer> } {
  const [column, row, slice] = patientToVoxel(volume, centre);
  const across = axisRange(column, reachMm / volume.spacingMm[0], volume.columns);
  const down = axisRange(row, reachMm / volume.spacingMm[1], volume.rows);
  const height = volume.slices[Math.min(Math.max(Math.round(slice), 0), volume.slices.length - 1)]?.positionMm ?? 0;
  // Slices may lie unevenly: by position, and one more at either end to interpolate with.
  const near = volume.slices.flatMap(({ positionMm }, index) => (Math.abs(positionMm - height) <= reachMm + 2 * volume.spacingMm[2] ? [index] : []));
  const first = near[0] ?? 0;
  const last = near.at(-1) ?? 0;
  const size = across.count * down.count;
  const voxels = new Int16Array((last - first + 1) * size);
  for (let index = first; index <= last; index += 1) {
    for (let line = 0; line < down.count; line += 1) {
      const from = (index * volume.rows + down.start + line) * volume.columns + across.start;
      voxels.set(volume.voxels.subarray(from, from + across.count), (index - first) * size + line * across.count);
    }
  }
  return {
    columns: across.count, rows: down.count, voxels, spacingMm: volume.spacingMm,
    slices: volume.slices.slice(first, last + 1).map((kept) => ({ ...kept, affine: croppedAffine(kept.affine, across.start, down.start) })),
  };
}

/**
 * Draws a solid sphere with soft edges into voxels: blurred by the point spread in plane and by the slice thickness across.
 *
 * @param block - Changed in place.
 * @param nodule - Where, how large, how dense.
 * @param blur - Of the scanner.
 */
export function drawNodule(
  block: VoxelBlock, { centre, diameterMm, hounsfield }: DrawnNodule, { inPlaneSigmaMm, sliceThicknessMm }: ScannerBlur,
): void {
  const radius = diameterMm / 2;
  const reach = radius + 4 * inPlaneSigmaMm;
  const background = meanAround(block, centre, reach);
  const layers = Array.from({ length: sublayers }, (_, index) => ((index + 0.5) / sublayers - 0.5) * sliceThicknessMm);
  for (const { place, heightMm, inPlaneMm } of voxelsNear(block, centre, reach, reach + sliceThicknessMm / 2)) {
    let share = 0;
    for (const layer of layers) share += edge((radius - Math.hypot(inPlaneMm, heightMm + layer)) / inPlaneSigmaMm) / sublayers;
    if (share < 0.001) continue;
    const before = block.voxels[place] ?? airHu;
    const tissue = hounsfield + textureShare * (before - background);
    block.voxels[place] = Math.round(before + share * (tissue - before));
  }
}

/** Share of a Gaussian below a value; the logistic curve stands in for the error function (off by less than 0.01). */
function edge(sigmas: number): number {
  return 1 / (1 + Math.exp(-1.702 * sigmas));
}

function meanAround(block: VoxelBlock, centre: PatientPoint, reachMm: number): number {
  let sum = 0;
  let count = 0;
  for (const { place } of voxelsNear(block, centre, reachMm, reachMm)) {
    sum += block.voxels[place] ?? airHu;
    count += 1;
  }
  return count === 0 ? airHu : sum / count;
}

/** Voxels inside of a cylinder across the slices. */
function* voxelsNear(
  { columns, rows, slices, spacingMm }: VoxelBlock, centre: PatientPoint, reachMm: number, heightReachMm: number,
): Generator<{ readonly place: number; readonly heightMm: number; readonly inPlaneMm: number }> {
  for (const [index, { affine }] of slices.entries()) {
    const { columnStep: a, rowStep: b } = affine;
    const normal: PatientPoint = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    const length = Math.hypot(...normal);
    const offset: PatientPoint = [affine.origin[0] - centre[0], affine.origin[1] - centre[1], affine.origin[2] - centre[2]];
    const heightMm = (offset[0] * normal[0] + offset[1] * normal[1] + offset[2] * normal[2]) / length;
    if (Math.abs(heightMm) > heightReachMm) continue;
    const middle = { column: along(offset, a), row: along(offset, b) };
    const across = axisRange(middle.column, reachMm / spacingMm[0], columns);
    const down = axisRange(middle.row, reachMm / spacingMm[1], rows);
    for (let row = down.start; row < down.start + down.count; row += 1) {
      for (let column = across.start; column < across.start + across.count; column += 1) {
        const point = pixelToPatient(affine, column, row);
        const distance = Math.hypot(point[0] - centre[0], point[1] - centre[1], point[2] - centre[2]);
        const inPlaneMm = Math.sqrt(Math.max(0, distance ** 2 - heightMm ** 2));
        if (inPlaneMm <= reachMm) yield { place: (index * rows + row) * columns + column, heightMm, inPlaneMm };
      }
    }
  }
}

/** Column or row under the centre: the offset runs from the centre to the first pixel. */
function along(offset: PatientPoint, step: PatientPoint): number {
  return -(offset[0] * step[0] + offset[1] * step[1] + offset[2] * step[2]) / (step[0] ** 2 + step[1] ** 2 + step[2] ** 2);
}

function axisRange(middle: number, reach: number, size: number): { readonly start: number; readonly count: number } {
  const start = Math.max(0, Math.floor(middle - reach));
  const end = Math.min(size, Math.ceil(middle + reach) + 1);
  if (end <= start) throw new RangeError('the place lies outside of the volume');
  return { start, count: end - start };
}
