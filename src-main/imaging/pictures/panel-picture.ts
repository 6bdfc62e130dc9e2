import type { CropContent, SlabContent } from './panel-content.ts';
import type { HounsfieldPicture, VoxelBlock } from './picture.ts';
import { cropPlane } from './plane.ts';
import { projectPlanned } from './slab.ts';
import { scaledPicture } from './tile.ts';

/** What a panel shows, and what of the exam it lacks. */
export interface PanelPicture {
  readonly picture: HounsfieldPicture;
  /** Slices that belong here and could not be decoded. */
  readonly undecodedSlices: readonly number[];
  /** Whether some of it shows a place that no decoded slice stands for. */
  readonly touchesGap: boolean;
}

/**
 * Makes the picture of a panel from voxels, at the panel's own pixels.
 *
 * @param volume - Voxels in HU.
 * @param content - Part of a slab, or a plane through a place.
 * @throws {RangeError} for content that makes no picture.
 */
export function panelPicture(volume: VoxelBlock, content: SlabContent | CropContent): PanelPicture {
  if (content.kind === 'crop') {
    const { centre, plane, fieldMm, pixels, thicknessMm } = content;
    const crop = cropPlane(volume, { centre, plane, fieldMm, pixels, thicknessMm });
    return { picture: crop, undecodedSlices: [], touchesGap: crop.touchesGap };
  }
  const { slab, mode, crop, scale } = content;
  const [projected] = projectPlanned(volume, [slab], { mode, crop });
  if (projected === undefined) throw new RangeError('the slab makes no picture');
  const { undecodedSlices, touchesGap } = projected;
  return { picture: scale === 1 ? projected : scaledPicture(projected, scale), undecodedSlices, touchesGap };
}
