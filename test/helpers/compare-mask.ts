import { lungLabels } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { LungPhantom } from './lung-phantom.ts';
import { maskLabel } from './mask-label.ts';

/** How a mask of a phantom compares with what is known of the phantom. */
export interface MaskComparison {
  /** Dice coefficient of the voxels of air that are lung. */
  readonly dice: number;
  /** Share of the lung air that both call lung on which they agree about the side. */
  readonly sameSide: number;
  /** Share of the voxels of balls within the lungs' shape that the mask calls lung or airway. */
  readonly ballsInside: number;
  /** First and last slice that holds lung air. */
  readonly lungSlices: readonly [number, number];
}

/**
 * Compares a mask with its phantom voxel by voxel; slices that could not be decoded count only for the slices that hold lung.
 *
 * @param phantom - With its volume.
 * @param mask - Of that volume.
 */
export function compareMask({ volume, lungAir, inBalls }: LungPhantom, mask: LungMask): MaskComparison {
  const { columns, rows, slices, voxels } = volume;
  let [both, only, missed, agreed, balls, ballsIn] = [0, 0, 0, 0, 0, 0];
  let [first, last] = [slices.length, -1];
  for (let slice = 0, index = 0; slice < slices.length; slice += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, index += 1) {
        const truth = lungAir[index]!;
        if (truth !== 0) [first, last] = [Math.min(first, slice), slice];
        if (slices[slice]!.problem !== null) continue;
        const label = maskLabel(mask, column, row, slice);
        const isLung = label === lungLabels.rightLung || label === lungLabels.leftLung;
        if (inBalls[index] === 1) {
          balls += 1;
          if (isLung || label === lungLabels.airway) ballsIn += 1;
        }
        const isAir = isLung && voxels[index]! < -500;
        if (isAir && truth !== 0) {
          both += 1;
          if (label === truth) agreed += 1;
        } else if (isAir) only += 1;
        else if (truth !== 0) missed += 1;
      }
    }
  }
  return { dice: (2 * both) / (2 * both + only + missed), sameSide: agreed / both, ballsInside: balls === 0 ? 1 : ballsIn / balls, lungSlices: [first, last] };
}
