import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { distanceNear } from '../distance-transform.ts';
import type { ExamBlur } from '../exam-blur.ts';
import { layerOfSlice } from './local-box.ts';
import type { LocalBox } from './local-box.ts';
import type { BoxRegion } from './nodule-section.ts';

/** How much denser than its surroundings a nodule is, all together. */
export interface NoduleMass {
  /** Sum over voxels of (HU - surroundings) x mm3; blur moves it about and does not change it. */
  readonly massHuMm3: number;
  /** HU of the lung right around it. */
  readonly surroundingsHu: number;
  /** Centre of the mass: column, row and slice of the volume. */
  readonly centre: readonly [number, number, number];
}

/**
 * Weighs a nodule: what blur has carried over its boundary counts, so that no voxel has to be called in or out.
 *
 * @param volume - Voxels in HU.
 * @param box - The nodule was grown in it.
 * @param region - The nodule and the dense tissue around it.
 * @param level - HU of its boundary.
 * @param fullHu - Density of the nodule; deep inside, where no lung is blurred in, voxels count in full whatever they hold.
 * @param blur - Of the exam.
 * @see Kuhnigk JM et al., IEEE Trans Med Imaging 2006;25(4):417-434, segmentation-based partial volume analysis
 */
export function weighNodule(volume: VoxelBlock, box: LocalBox, region: BoxRegion, level: number, fullHu: number, blur: ExamBlur): NoduleMass {
  // At least the cells right beside it: in coarse ones they are farther off than blur carries.
  const rimMm = Math.max(2 * blur.inPlaneMm + 0.3, 1.1 * box.cellMm[0]);
  // Through the plane a slice carries further: there a millimetre counts less.
  const throughMm = Math.max(rimMm, 0.55 * blur.sliceMm + blur.inPlaneMm);
  const scaled = [box.cellMm[0], box.cellMm[1], (box.cellMm[2] * rimMm) / throughMm] as const;
  const toNodule = distanceNear(region.cells, box, rimMm + 4.5, scaled);
  const toOthers = distanceNear(region.others, box, rimMm + 4.5, scaled, region.cells);
  const toOutside = distanceNear(region.cells.map((cell) => 1 - cell), box, rimMm + 4.5, scaled, region.cells);
  const surroundingsHu = shellMean(box, toNodule, toOthers, rimMm, level);
  // Of column, row and slice, and of the mass itself.
  const moments = new Float64Array(4);
  const weighRow = (slice: number, layer: number, row: number, voxelMm3: number): void => {
    for (let column = 0; column < box.columns; column += 1) {
      const at = (layer * box.rows + row) * box.columns + column;
      const distance = toNodule[at] ?? 0;
      if (distance > rimMm || (distance > 0 && distance >= (toOthers[at] ?? 0))) continue;
      const isDeep = (toOutside[at] ?? 0) > rimMm + box.cellMm[0];
      weighCell(moments, volume, box, slice, row * box.columns + column, isDeep ? fullHu : null, surroundingsHu, voxelMm3);
    }
  };
  for (let slice = box.firstSlice; slice <= box.lastSlice; slice += 1) {
    const layer = Math.min(Math.max(Math.round(layerOfSlice(box, slice)), 0), box.layers - 1);
    const voxelMm3 = volume.spacingMm[0] * volume.spacingMm[1] * sliceExtent(volume, slice);
    for (let row = 0; row < box.rows; row += 1) weighRow(slice, layer, row, voxelMm3);
  }
  const mass = moments[3] ?? 0;
  return { massHuMm3: mass, surroundingsHu, centre: [(moments[0] ?? 0) / mass, (moments[1] ?? 0) / mass, (moments[2] ?? 0) / mass] };
}

/** Adds the voxels of one cell in a slice; where a density is given they count with that. */
function weighCell(
  moments: Float64Array, { rows, columns, voxels }: VoxelBlock, box: LocalBox, slice: number, cell: number, hu: number | null, surroundingsHu: number, voxelMm3: number,
): void {
  const firstColumn = box.firstColumn + (cell % box.columns) * box.stride;
  const firstRow = box.firstRow + Math.floor(cell / box.columns) * box.stride;
  for (let part = 0; part < box.stride * box.stride; part += 1) {
    const column = firstColumn + (part % box.stride);
    const row = firstRow + Math.floor(part / box.stride);
    const weight = ((hu ?? voxels[(slice * rows + row) * columns + column] ?? 0) - surroundingsHu) * voxelMm3;
    moments[0] = (moments[0] ?? 0) + weight * column;
    moments[1] = (moments[1] ?? 0) + weight * row;
    moments[2] = (moments[2] ?? 0) + weight * slice;
    moments[3] = (moments[3] ?? 0) + weight;
  }
}

/** Half the way to both neighbours. */
function sliceExtent({ slices, spacingMm }: VoxelBlock, slice: number): number {
  const here = slices[slice]?.positionMm ?? 0;
  const below = slices[slice - 1]?.positionMm ?? here - spacingMm[2];
  const above = slices[slice + 1]?.positionMm ?? here + spacingMm[2];
  return (above - below) / 2;
}

/** Mean of the lung in a shell around the nodule: the mean, since the nodule's rim lies on lung of the same kind. */
function shellMean(box: LocalBox, toNodule: Float32Array, toOthers: Float32Array, rimMm: number, level: number): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < toNodule.length; at += 1) {
    const distance = toNodule[at] ?? 0;
    const value = box.values[at] ?? 0;
    if (distance <= rimMm + 0.5 || distance > rimMm + 4 || (toOthers[at] ?? 0) < 1.2 * rimMm || value > level || value < -1020) continue;
    sum += value;
    count += 1;
  }
  return count < 20 ? lungAround(box, level) : sum / count;
}

function lungAround({ values }: LocalBox, level: number): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value > Math.min(level, -600) || value < -1020) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? -850 : sum / count;
}
