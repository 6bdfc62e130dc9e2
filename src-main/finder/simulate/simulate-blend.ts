import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { smoothPicture } from '../gaussian-smooth.ts';
import type { Coverage } from './simulate-coverage.ts';
import { boxSize } from '../voxel-box.ts';
import type { VoxelBox } from '../voxel-box.ts';

/** What an exam shows in a block, parted into structure and noise. */
export interface NativeTexture {
  readonly native: Int16Array;
  /** Structure: the block smoothed slice by slice, HU. */
  readonly smooth: Float32Array;
  /** Standard deviation of the noise, HU. */
  readonly noiseHu: number;
}

const smoothingMm = 1;
/** What differs more from its surroundings than this many standard deviations is structure and not noise. */
const noiseLimit = 2.5;

/**
 * Parts a block into structure and noise.
 *
 * @param native - The block's voxels, HU.
 * @param box - Their place.
 * @param spacingMm - Of the volume.
 */
export function nativeTexture(native: Int16Array, box: VoxelBox, spacingMm: VoxelBlock['spacingMm']): NativeTexture {
  const [columns, rows, slices] = boxSize(box);
  const smooth = new Float32Array(native.length);
  for (let slice = 0; slice < slices; slice += 1) {
    const from = slice * columns * rows;
    const picture = Float32Array.from(native.subarray(from, from + columns * rows));
    smooth.set(smoothPicture(picture, columns, [smoothingMm / spacingMm[0], smoothingMm / spacingMm[1]]), from);
  }
  const residues: number[] = [];
  for (const [at, value] of native.entries()) {
    const structure = smooth[at] ?? 0;
    if (structure < -700 || structure > -200) residues.push(Math.abs(value - structure));
  }
  residues.sort((a, b) => a - b);
  return { native, smooth, noiseHu: (residues[residues.length >> 1] ?? 0) / 0.6745 };
}

/**
 * Blends a form of one density into voxels: structure gives way where it is thinner, the exam's noise stays.
 *
 * @param volume - Its voxels are changed.
 * @param coverage - The form as the exam would show it.
 * @param texture - What the exam shows in the coverage's box.
 * @param hounsfield - Density of the form.
 */
export function blendInto(volume: VoxelBlock, { box, shares }: Coverage, { native, smooth, noiseHu }: NativeTexture, hounsfield: number): void {
  const [columns, rows] = boxSize(box);
  const limit = noiseLimit * noiseHu;
  for (const [at, share] of shares.entries()) {
    if (share <= 0) continue;
    const structure = smooth[at] ?? 0;
    const own = native[at] ?? 0;
    const noise = Math.min(Math.max(own - structure, -limit), limit);
    const row = box.firstRow + (Math.floor(at / columns) % rows);
    const slice = box.firstSlice + Math.floor(at / (columns * rows));
    const place = (slice * volume.rows + row) * volume.columns + box.firstColumn + (at % columns);
    // A vessel through ground glass and the wall behind a nodule stay what they are, with their own detail.
    const target = structure >= hounsfield ? Math.max(own, hounsfield) : Math.max(hounsfield + noise, Math.min(own, hounsfield + limit));
    volume.voxels[place] = Math.round(own + share * (target - own));
  }
}
