import { gapFactor } from '../../../src-shared/domain/study.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { LungRegion } from './lung-region.ts';
import { planeReducer } from './plane-reducer.ts';
import { sliceAtPosition } from './search-grid.ts';
import type { GridValues, SearchGrid } from './search-grid.ts';

/** Distance of cells within a slice, mm; coarser where the pixels are. */
const cellMm = 1;
/** Slices further apart than this get a layer between them; finer ones would show nothing that is not in the slices. */
const thickMm = 1.3;
const thinnestLayerMm = 0.8;

/**
 * Lays a grid over a lung: about 1 mm within the slices, layers on the slices or halfway between thick ones.
 *
 * @param volume - The series.
 * @param mask - Its mask.
 * @param region - Of the mask.
 * @param blur - Of the exam.
 */
export function searchGridOf(volume: CtVolume, mask: LungMask, region: LungRegion, blur: ExamBlur): SearchGrid {
  const [columnMm, rowMm, sliceMm] = volume.spacingMm;
  const size = [Math.max(cellMm, columnMm), Math.max(cellMm, rowMm)] as const;
  const layerMm = sliceMm > thickMm ? sliceMm / 2 : Math.max(sliceMm, thinnestLayerMm);
  const firstSlice = region.firstSlice * mask.step[2];
  const lastSlice = Math.min(volume.slices.length, (region.firstSlice + region.slices) * mask.step[2]) - 1;
  const firstMm = volume.slices[firstSlice]?.positionMm ?? 0;
  const lastMm = volume.slices[lastSlice]?.positionMm ?? firstMm;
  const [columnStep, rowStep] = [size[0] / columnMm, size[1] / rowMm];
  const pixels = [Math.min(volume.columns - region.firstColumn * mask.step[0], region.columns * mask.step[0]), Math.min(volume.rows - region.firstRow * mask.step[1], region.rows * mask.step[1])] as const;
  return {
    columns: Math.max(1, Math.floor(pixels[0] / columnStep)),
    rows: Math.max(1, Math.floor(pixels[1] / rowStep)),
    layers: Math.floor((lastMm - firstMm) / layerMm + 1e-6) + 1,
    cellMm: [size[0], size[1], layerMm],
    firstColumn: region.firstColumn * mask.step[0] + (columnStep - 1) / 2,
    firstRow: region.firstRow * mask.step[1] + (rowStep - 1) / 2,
    columnStep, rowStep, firstMm,
    blurMm: [
      Math.hypot(blur.inPlaneMm, size[0] / Math.sqrt(12)), Math.hypot(blur.inPlaneMm, size[1] / Math.sqrt(12)),
      // A slice averages over its thickness, and so does what lies between two of them.
      Math.hypot(blur.sliceMm / Math.sqrt(12), (sliceMm > thickMm ? sliceMm / Math.sqrt(8) : layerMm / Math.sqrt(6))),
    ],
  };
}

/** A resampled lung. */
export interface ResampledRegion extends GridValues {
  /** Slices of the volume that went into it: 1 where one did. */
  readonly seenSlices: Uint8Array;
  /** 1 for layers that slices show; the others hold zeros. */
  readonly seenLayers: Uint8Array;
}

/**
 * Resamples a volume to a grid, along the slices' real positions; slices that could not be decoded and gaps of the series are not seen.
 *
 * @param volume - The series.
 * @param grid - From searchGridOf.
 * @returns HU, held between gas and tissue.
 */
export function resampleRegion(volume: CtVolume, grid: SearchGrid): ResampledRegion {
  const size = grid.columns * grid.rows;
  const values = new Float32Array(size * grid.layers);
  const seenLayers = new Uint8Array(grid.layers);
  const seenSlices = new Uint8Array(volume.slices.length);
  const planes = new Map<number, Float32Array>();
  const reducer = planeReducer(volume, grid);
  const planeOf = (slice: number): Float32Array => {
    const known = planes.get(slice);
    if (known !== undefined) return known;
    // Layers go upwards: what lies below is not needed any more.
    for (const old of planes.keys()) if (old < slice - 8) planes.delete(old);
    const plane = reducer(slice);
    planes.set(slice, plane);
    return plane;
  };
  for (let layer = 0; layer < grid.layers; layer += 1) {
    const shares = sharesOf(volume, grid.firstMm + layer * grid.cellMm[2], grid.cellMm[2]);
    if (shares.length > 0) seenLayers[layer] = 1;
    const target = values.subarray(layer * size, (layer + 1) * size);
    for (const [index, [slice, share]] of shares.entries()) {
      seenSlices[slice] = 1;
      addPlane(target, planeOf(slice), share, index === 0);
    }
  }
  return { grid, values, seenSlices, seenLayers };
}

function addPlane(target: Float32Array, plane: Float32Array, share: number, isFirst: boolean): void {
  if (isFirst && share === 1) target.set(plane);
  else if (isFirst) for (let at = 0; at < target.length; at += 1) target[at] = share * (plane[at] ?? 0);
  else for (let at = 0; at < target.length; at += 1) target[at] = (target[at] ?? 0) + share * (plane[at] ?? 0);
}

/** The slices that a layer is made of: the two around it, or all within a cell's height where slices are thin. None in a gap. */
function sharesOf(volume: CtVolume, positionMm: number, layerMm: number): readonly (readonly [slice: number, share: number])[] {
  const { slices, spacingMm } = volume;
  const at = sliceAtPosition(volume, positionMm);
  if (spacingMm[2] < 0.9 * layerMm) {
    const near: [number, number][] = [];
    const reach = Math.ceil(layerMm / spacingMm[2]) + 1;
    for (let slice = Math.max(0, Math.floor(at) - reach); slice <= Math.min(slices.length - 1, Math.ceil(at) + reach); slice += 1) {
      const share = 1 - Math.abs((slices[slice]?.positionMm ?? 0) - positionMm) / layerMm;
      if (share > 0 && slices[slice]?.problem === null) near.push([slice, share]);
    }
    const sum = near.reduce((total, [, share]) => total + share, 0);
    return sum < 0.5 ? [] : near.map(([slice, share]) => [slice, share / sum] as const);
  }
  const below = Math.min(Math.floor(at + 1e-6), slices.length - 1);
  const share = Math.max(0, at - below);
  const [lower, upper] = [slices[below], slices[below + 1]];
  if (share < 1e-3 || upper === undefined) return lower?.problem === null ? [[below, 1]] : [];
  if (lower?.problem !== null || upper.problem !== null || upper.positionMm - lower.positionMm > gapFactor * spacingMm[2]) return [];
  return [[below, 1 - share], [below + 1, share]];
}
