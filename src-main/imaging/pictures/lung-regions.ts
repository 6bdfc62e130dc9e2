import type { Side } from '../../../src-shared/domain/finding.ts';
import { lungLabels } from '../lungs/lung-mask.ts';
import type { LungMask } from '../lungs/lung-mask.ts';
import type { PixelBox, VoxelBlock } from './picture.ts';
import { boxOfCells, tileRegion } from './tile-region.ts';
import type { TileRegion } from './tile-region.ts';

/** In-plane box that holds one lung on every slice. */
export interface LungRegion {
  /** Null: both lungs, or the body where it stands in for them. */
  readonly side: Exclude<Side, 'indeterminate'> | null;
  readonly crop: PixelBox;
}

/** The part of a volume that has to be read, lung by lung. */
export interface LungRegions extends TileRegion {
  /** Right before left; together they hold everything that has to be read. */
  readonly lungs: readonly LungRegion[];
}

/**
 * The part of a volume that its lungs take up, with a box around each of them.
 *
 * Where only one lung was outlined nobody knows what is in the place of the other one: then there is a single region, the whole
 * picture. Where the body stands in for the lungs there is a single region as well.
 *
 * @param mask - Of the volume.
 * @param volume - Size, slices and spacing.
 * @param marginMm - Around each lung in plane; default 8 mm, so that the pleura and what abuts it are inside.
 */
export function lungRegions(mask: LungMask, volume: Pick<VoxelBlock, 'columns' | 'rows' | 'slices' | 'spacingMm'>, marginMm = 8): LungRegions {
  const region = tileRegion(volume, mask, marginMm);
  if (mask.kind === 'body') return { ...region, lungs: [{ side: null, crop: region.crop }] };
  const right = boxOfCells(volume, mask, marginMm, (label) => label === lungLabels.rightLung);
  const left = boxOfCells(volume, mask, marginMm, (label) => label === lungLabels.leftLung);
  if (right === null || left === null || mask.notes.includes('one-lung-missing')) {
    const crop = { left: 0, top: 0, columns: volume.columns, rows: volume.rows };
    return { extent: region.extent, crop, lungs: [{ side: null, crop }] };
  }
  return { ...region, lungs: [{ side: 'right', crop: right }, { side: 'left', crop: left }] };
}
