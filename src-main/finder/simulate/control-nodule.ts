import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { estimateBlur } from '../exam-blur.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import { findNormalPlace } from './control-place.ts';
import type { PlaceWish } from './control-place.ts';
import { insertInto } from './simulate-nodule.ts';

/** Clear lung around a drawn nodule, mm. */
const noduleMarginMm = 1;
const noduleDiametersMm = [3, 30] as const;
const solidHu = 30;
/** Shares of a nodule's place that vessels may take up, one after the other. */
const mostDenseShares = [0, 0.02, 0.05] as const;

/**
 * How much has to be quiet around a control's nodule.
 *
 * @param diameterMm - 3 to 30.
 * @returns Radius, mm.
 * @throws {RangeError} for another diameter.
 */
export function quietAroundMm(diameterMm: number): number {
  if (!(diameterMm >= noduleDiametersMm[0] && diameterMm <= noduleDiametersMm[1])) throw new RangeError('control nodules have 3 to 30 mm');
  return diameterMm / 2 + noduleMarginMm;
}

/**
 * Looks for a place where a control's nodule lies free, or but for thin vessels that cross it: a lung has few balls of 10 mm without any.
 *
 * @param volume - Voxels in HU.
 * @param mask - Its lungs.
 * @param wish - Radius of quietAroundMm.
 * @returns mm, LPS; null where there is none.
 */
export function findNodulePlace(volume: VoxelBlock, mask: LungMask, wish: Omit<PlaceWish, 'mostDense'>): PatientPoint | null {
  for (const mostDense of mostDenseShares) {
    const place = findNormalPlace(volume, mask, { ...wish, mostDense });
    if (place !== null) return place;
  }
  return null;
}

/**
 * Draws a control's nodule, a solid sphere as the exam would show it.
 *
 * @param block - A copy: its voxels are changed.
 * @param exam - What the copy was made of; its blur is taken.
 * @param centre - mm, LPS.
 * @param diameterMm - 3 to 30.
 */
export function drawNodule(block: VoxelBlock, exam: VoxelBlock, centre: PatientPoint, diameterMm: number): void {
  insertInto(block, {
    centreMm: centre, axesMm: [diameterMm, diameterMm, diameterMm], profile: 'solid', hounsfield: { solid: solidHu, groundGlass: solidHu },
    coreShare: 0, margin: 'smooth', attachment: 'isolated', seed: 0,
  }, estimateBlur(exam));
}
