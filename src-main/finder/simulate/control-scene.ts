import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { ControlContent, CropContent, SlabContent } from '../../imaging/pictures/panel-content.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { controlCrop } from './control-crop.ts';
import type { KeepClear, PlaceWish } from './control-place.ts';
import { controlSlab } from './control-slab.ts';

/** What the panels of a control show. */
export interface ControlScene {
  /** Voxels to draw from: the exam's own, or a changed copy of a part of them. */
  readonly block: VoxelBlock;
  /** One per panel of the control, in their order; true of the block. */
  readonly contents: readonly (SlabContent | CropContent)[];
}

/**
 * Makes the scene of a control tile: all its panels show the same place of the same voxels, which its seed alone decides.
 *
 * @param volume - Voxels in HU; left as they are.
 * @param mask - Its lungs.
 * @param panels - Of one tile, at least one; all with the same role, seed and diameter: either crops, or a single part of a slab.
 * @param options - side: lung that a slab shows, null for both; avoid: places that the control must not show.
 * @returns Null where the lungs have no place for it.
 * @throws {RangeError} for panels that do not belong together, or a nodule that is not 3 to 30 mm.
 */
export function controlScene(
  volume: VoxelBlock, mask: LungMask, panels: readonly ControlContent[],
  options: { readonly side: PlaceWish['side']; readonly avoid: readonly KeepClear[] },
): ControlScene | null {
  const [first] = panels;
  if (first === undefined || panels.some(({ role, seed, diameterMm }) => role !== first.role || seed !== first.seed || diameterMm !== first.diameterMm)) {
    throw new RangeError('the panels are not of one control');
  }
  if (first.like.kind === 'slab') {
    if (panels.length > 1) throw new RangeError('a slab has one panel');
    const made = controlSlab(volume, mask, first, first.like, options);
    return made === null ? null : { block: made.block, contents: [made.content] };
  }
  const crops = panels.flatMap(({ like }) => (like.kind === 'crop' ? [like] : []));
  if (crops.length < panels.length) throw new RangeError('the panels are not of one control');
  const made = controlCrop(volume, mask, first, crops, options.avoid);
  return made === null ? null : { block: made.block, contents: crops.map((crop) => ({ ...crop, centre: made.centre })) };
}
