import { patientToVoxel } from '../../imaging/volume/ct-volume.ts';
import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { describeNodule } from './describe-nodule.ts';
import { estimateBlur } from '../exam-blur.ts';
import type { ExamBlur } from '../exam-blur.ts';
import { cutFault, findRegion } from './find-region.ts';
import type { FoundRegion, Surroundings } from './find-region.ts';
import { depthAt } from './first-box.ts';
import { cutBox, layerOfSlice } from './local-box.ts';
import type { LocalBox } from './local-box.ts';
import type { CrossPlane, NoduleMeasurement } from './nodule-measurement.ts';
import { countCells, touchesFace } from './region-fill.ts';
import { localNoise, lungLevel } from './tissue-levels.ts';

/** What helps a measurement. */
export interface MeasureOptions {
  /** From estimateBlur, once per exam; default: estimated anew, which takes tens of milliseconds. */
  readonly blur?: ExamBlur;
  /** Outline of the volume's lungs; without one the wall is told from the surroundings alone. */
  readonly mask?: LungMask;
  /** Planes besides the slices' own to measure axes in. */
  readonly planes?: readonly CrossPlane[];
}

/** Half sides of the boxes that are tried, mm. */
const halfSidesMm = [8, 12, 20, 34, 58, 90];
/** A nodule with more of its surface cut than this is looked at in the next larger box too, unless the lungs' outline tells the wall. */
const mostCut = 0.5;

/**
 * Measures the nodule at a point: parts it from vessels and wall, and gives its axes, volume and density with what to doubt of them.
 *
 * The same voxels and point give the same result. A point up to about 4 mm beside a nodule still finds it.
 *
 * @param volume - Voxels in HU.
 * @param seedMm - In or near the nodule, mm, LPS.
 * @param options - What is known of the exam, and what else to measure.
 * @returns 'no-region' where nothing can be measured; that is a result and no error.
 */
export function measureNodule(volume: VoxelBlock, seedMm: PatientPoint, options: MeasureOptions = {}): NoduleMeasurement {
  const seed = patientToVoxel(volume, seedMm);
  const [column, row, slice] = [Math.round(seed[0]), Math.round(seed[1]), Math.round(seed[2])];
  if (column < 0 || row < 0 || slice < 0 || column >= volume.columns || row >= volume.rows || slice >= volume.slices.length) {
    return { kind: 'no-region', reason: 'outside-of-the-volume' };
  }
  if (volume.slices[slice]?.problem !== null) return { kind: 'no-region', reason: 'slice-missing' };
  const surroundings: Surroundings = {
    blur: options.blur ?? estimateBlur(volume),
    noiseHu: localNoise(volume, [column, row, slice]),
    lung: lungLevel(volume, [column, row, slice]),
    mask: options.mask !== undefined && isInLungs(options.mask, column, row, slice) ? options.mask : null,
  };
  const best = growInBoxes(volume, seed, surroundings);
  if (best === 'nothing') return { kind: 'no-region', reason: 'nothing-dense-here' };
  if (best === 'too-deep' || best.fault > mostFault) return { kind: 'no-region', reason: 'no-boundary-found' };
  return describeNodule(volume, best, { ...surroundings, planes: options.planes ?? [] });
}

/** Beyond the outline it says nothing of a nodule. */
function isInLungs({ kind, labels, columns, rows, step }: LungMask, column: number, row: number, slice: number): boolean {
  const label = labels[(Math.floor(slice / step[2]) * rows + Math.floor(row / step[1])) * columns + Math.floor(column / step[0])];
  return kind === 'lungs' && label !== lungLabels.outside;
}

/** A box has to be this much larger than the way from its middle out of the nodule. */
const roomFactor = 1.7;
/** With more fault than this nothing is told of its size: half a ball on a wall is cut over a third of its surface, not over half. */
const mostFault = 0.58;

/** What goes on beyond its box. */
const mostCrowding = 0.4;
/** What goes on beyond a box of this half side or more and is so many times thinner than it, with no more than this inner radius, is vessels or texture. */
const thin = { leastBoxMm: 12, share: 4, innerMm: 8 } as const;

interface Trial {
  readonly box: LocalBox;
  readonly found: FoundRegion;
  /** How much of it is no boundary of its own; 0 for a nodule that lies free. */
  readonly fault: number;
  readonly isWhole: boolean;
}

/** Takes larger and larger boxes until the nodule lies in one with room around it; else the trial with the least fault. */
function growInBoxes(volume: VoxelBlock, seed: readonly [number, number, number], surroundings: Surroundings): Trial | 'nothing' | 'too-deep' {
  let best: Trial | null = null;
  const depthMm = depthAt(volume, [Math.round(seed[0]), Math.round(seed[1]), Math.round(seed[2])]);
  for (const halfMm of halfSidesMm) {
    if (halfMm < depthMm * roomFactor && halfMm !== halfSidesMm.at(-1)) continue;
    const box = cutBox(volume, seed, halfMm);
    const half = (box.stride - 1) / 2;
    const cell = [(seed[0] - box.firstColumn - half) / box.stride, (seed[1] - box.firstRow - half) / box.stride, layerOfSlice(box, seed[2])] as const;
    const found = findRegion(box, cell, surroundings, halfMm);
    if (found === 'nothing') return best ?? 'nothing';
    // The outline is the same in a larger box.
    if (found === 'too-deep' && surroundings.mask !== null) return best ?? found;
    if (found === 'too-deep') continue;
    const crowding = crowdingOf(volume, box, found, halfMm);
    const trial = { box, found, fault: cutFault(found.region) + holdFault(found) + crowding, isWhole: crowding === 0 };
    if (trial.isWhole && (trial.fault < mostCut || (surroundings.mask !== null && found.kind === 'solid'))) return trial;
    if (best === null || trial.fault < best.fault - 0.15) best = trial;
    else if (best.isWhole) return best;
    if (crowding === mostCrowding && halfMm >= thin.leastBoxMm && halfMm > thin.share * found.region.innerMm && found.region.innerMm < thin.innerMm) break;
  }
  return best ?? 'too-deep';
}

/** A ball on a vessel that is as thin shows nearly all of its boundary; one that widens shows where it does not end. */
function holdFault({ region }: FoundRegion): number {
  return region.isAlongVessel ? 0.2 : region.isHeld ? 0.4 : 0;
}

/** Whether a nodule needs a larger box: above 0 when it fills its own, more when it goes on beyond. */
function crowdingOf(volume: VoxelBlock, box: LocalBox, { region }: FoundRegion, halfMm: number): number {
  const open = [
    box.firstColumn > 0, box.firstColumn + box.columns * box.stride < volume.columns, box.firstRow > 0, box.firstRow + box.rows * box.stride < volume.rows,
    box.firstSlice > 0 && !box.endsInGap, box.lastSlice < volume.slices.length - 1 && !box.endsInGap,
  ] as const;
  if (touchesFace(region.cells, box, open)) return mostCrowding;
  const radiusMm = Math.cbrt((countCells(region.cells) * box.cellMm[0] * box.cellMm[1] * box.cellMm[2] * 3) / (4 * Math.PI));
  return radiusMm > halfMm * 0.55 ? 0.15 : 0;
}
