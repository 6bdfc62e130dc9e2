import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { airHu } from '../volume/hounsfield.ts';
import type { HounsfieldPicture, VoxelBlock } from './picture.ts';
import { createSampler, notInVolume } from './plane-sampler.ts';
import type { VolumeSampler } from './plane-sampler.ts';

/** The three planes of anatomy, in patient coordinates, whatever the slices' own direction is. */
export type AnatomicalPlane = 'axial' | 'coronal' | 'sagittal';

/** Where to cut a volume and how large. */
export interface PlaneCut {
  /** Middle of the picture, mm, LPS. */
  readonly centre: PatientPoint;
  readonly plane: AnatomicalPlane;
  /** Side of the square field, mm. */
  readonly fieldMm: number;
  /** Columns and rows of the picture. */
  readonly pixels: number;
  /** How much is taken together across the plane, mm; 0 for the plane alone. */
  readonly thicknessMm: number;
  /** How it is taken together; default: mean. */
  readonly mode?: 'mean' | 'maximum';
}

/** A plane cut through a volume. */
export interface PlaneCrop extends HounsfieldPicture {
  /** Whether some of the field shows places that no decoded slice stands for (a gap, a damaged slice): they are air here. */
  readonly touchesGap: boolean;
}

const coarsestLayerMm = 1;

/** As pictures are hung: the patient's right on the left, head or front up; sagittal with the front to the left. */
const directions: Readonly<Record<AnatomicalPlane, { readonly column: PatientPoint; readonly row: PatientPoint; readonly across: PatientPoint }>> = {
  axial: { column: [1, 0, 0], row: [0, 1, 0], across: [0, 0, 1] },
  coronal: { column: [1, 0, 0], row: [0, 0, -1], across: [0, 1, 0] },
  sagittal: { column: [0, 1, 0], row: [0, 0, -1], across: [1, 0, 0] },
};

/**
 * Cuts a plane of anatomy out of a volume, interpolated in all three directions between the real positions of the slices.
 *
 * A pixel that is larger than a voxel is the mean of several samples, so that nothing falls between them. Outside of the volume and
 * in gaps is air.
 *
 * @param volume - Voxels in HU; at least one slice.
 * @param cut - Where, how large, how thick.
 * @returns A square picture with its exact affine.
 * @throws {RangeError} for a field, size or thickness that makes no picture.
 */
export function cropPlane(volume: VoxelBlock, cut: PlaneCut): PlaneCrop {
  const { plane, fieldMm, pixels, thicknessMm, mode = 'mean' } = cut;
  if (!(fieldMm > 0) || !Number.isInteger(pixels) || pixels < 1 || !(thicknessMm >= 0)) throw new RangeError('the cut makes no picture');
  const affine = planeAffine(cut);
  const [columnMm, rowMm, sliceMm] = volume.spacingMm;
  const inPlaneMm = Math.min(columnMm, rowMm);
  // Samples along a pixel's side and across the plane: one per voxel at least, and one per millimetre of thick slices.
  const fine = Math.max(1, Math.ceil(fieldMm / pixels / Math.min(inPlaneMm, sliceMm) - 1e-6));
  const layers = Math.max(1, Math.ceil(thicknessMm / Math.min(plane === 'axial' ? sliceMm : inPlaneMm, coarsestLayerMm) - 1e-6));
  const isMaximum = mode === 'maximum';
  const taken = new Float64Array(pixels * pixels).fill(isMaximum ? -Infinity : 0);
  const sampler = createSampler(volume);
  let touchesGap = false;
  for (let layer = 0; layer < layers; layer += 1) {
    const across = ((layer + 0.5) / layers - 0.5) * thicknessMm;
    const layerAffine = { ...affine, origin: along(affine.origin, directions[plane].across, across) };
    const values = sampleLayer(sampler, layerAffine, pixels, fine);
    touchesGap ||= values.touchesGap;
    for (let index = 0; index < taken.length; index += 1) {
      const value = values.pixels[index] ?? 0;
      taken[index] = isMaximum ? Math.max(taken[index] ?? 0, value) : (taken[index] ?? 0) + value / layers;
    }
  }
  const result = new Int16Array(taken.length);
  for (let index = 0; index < result.length; index += 1) result[index] = Math.round(taken[index] ?? 0);
  return { pixels: result, columns: pixels, rows: pixels, affine, thicknessMm, touchesGap };
}

/** One layer of a cut; each pixel the mean of fine x fine samples over its area. */
function sampleLayer(
  sampler: VolumeSampler, affine: ImageAffine, pixels: number, fine: number,
): { readonly pixels: Float64Array; readonly touchesGap: boolean } {
  const inset = ((1 / fine) - 1) / 2;
  const start = sampler.coordinatesOf(pixelToPatient(affine, inset, inset));
  const columnStep = between(start, sampler.coordinatesOf(pixelToPatient(affine, inset + 1 / fine, inset)));
  const rowStep = between(start, sampler.coordinatesOf(pixelToPatient(affine, inset, inset + 1 / fine)));
  const result = new Float64Array(pixels * pixels);
  const line = new Float64Array(pixels * fine);
  const share = 1 / (fine * fine);
  let touchesGap = false;
  for (let down = 0; down < line.length; down += 1) {
    sampler.sampleLine(line, along(start, rowStep, down), columnStep);
    const rowOffset = Math.floor(down / fine) * pixels;
    for (let across = 0; across < line.length; across += 1) {
      const value = line[across] ?? 0;
      if (value === notInVolume.gap) touchesGap = true;
      const index = rowOffset + Math.floor(across / fine);
      // What lies below any HU is a mark of a place without voxels.
      result[index] = (result[index] ?? 0) + (value <= notInVolume.outside ? airHu : value) * share;
    }
  }
  return { pixels: result, touchesGap };
}

/**
 * Where a cut lies in the patient: pixel centres are spread evenly over the field, its middle in the picture's middle.
 *
 * @param cut - As for cropPlane.
 */
export function planeAffine({ centre, plane, fieldMm, pixels }: Pick<PlaneCut, 'centre' | 'plane' | 'fieldMm' | 'pixels'>): ImageAffine {
  const step = fieldMm / pixels;
  const { column, row } = directions[plane];
  const columnStep = scaled(column, step);
  const rowStep = scaled(row, step);
  const middle = (pixels - 1) / 2;
  return { origin: pixelToPatient({ origin: centre, columnStep, rowStep }, -middle, -middle), columnStep, rowStep };
}

function along(point: PatientPoint, direction: PatientPoint, distance: number): PatientPoint {
  return [point[0] + direction[0] * distance, point[1] + direction[1] * distance, point[2] + direction[2] * distance];
}

function between(from: PatientPoint, to: PatientPoint): PatientPoint {
  return [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
}

function scaled(direction: PatientPoint, length: number): PatientPoint {
  return [direction[0] * length, direction[1] * length, direction[2] * length];
}
