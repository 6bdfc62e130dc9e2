import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { findNormalPlace } from './control-tile-place.ts';
import type { KeepClear } from './control-tile-place.ts';
import { estimateBlur } from '../exam-blur.ts';
import type { SeededGenerator } from '../seeded-generator.ts';
import { copyBlock } from './copy-block.ts';
import { insertInto } from './simulate-nodule.ts';
import type { SimulatedNodule } from './simulate-nodule.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { cropPlane } from '../../imaging/pictures/plane.ts';
import type { PlaneCrop, PlaneCut } from '../../imaging/pictures/plane.ts';
import type { TileRole } from '../../imaging/pictures/tile.ts';

/** A drawn nodule: a solid sphere. */
export interface DrawnNodule {
  /** mm, LPS. */
  readonly centre: PatientPoint;
  readonly diameterMm: number;
  readonly hounsfield: number;
}

/** A tile whose true answer is known: hidden among the others, it shows whether a model looks. Never a finding. */
export interface ControlTile {
  readonly role: Extract<TileRole, 'blank-control' | 'nodule-control'>;
  readonly picture: PlaneCrop;
  /** Middle of the picture, mm, LPS. */
  readonly centre: PatientPoint;
  /** What was drawn into a copy of the voxels; null for a blank. */
  readonly nodule: DrawnNodule | null;
}

/** How control tiles look, which is how the tiles that they hide among look, and what they keep clear of. */
export interface ControlTileOptions extends Pick<PlaneCut, 'fieldMm' | 'pixels' | 'thicknessMm' | 'mode'> {
  /** Chance comes from here alone: the same numbers give the same tile. */
  readonly random: SeededGenerator;
  /** Candidates and other places that must not be on a control tile. */
  readonly avoid: readonly KeepClear[];
}

/** The middle of a blank that has to be quiet: this share of its field to every side. */
const blankShare = 0.2;
/** Clear lung around a drawn nodule, mm. */
const noduleMarginMm = 1;
const noduleDiametersMm = [3, 30] as const;
const solidHu = 30;

/**
 * Cuts a control tile of normal lung: aerated, with nothing dense in its middle.
 *
 * @param volume - Voxels in HU.
 * @param mask - Its lungs.
 * @param options - Size and thickness of the tile, random source, places to keep clear of.
 * @returns Null when there is no such place: no outlined lung, or none that is normal enough.
 */
export function blankControlTile(volume: VoxelBlock, mask: LungMask, options: ControlTileOptions): ControlTile | null {
  const { fieldMm, thicknessMm } = options;
  const centre = placeOf(volume, mask, options, fieldMm * blankShare, thicknessMm);
  return centre === null ? null : { role: 'blank-control', picture: cropPlane(volume, axialCut(centre, options)), centre, nodule: null };
}

/**
 * Draws a solid nodule into a copy of normal lung of the exam itself.
 *
 * @param volume - Voxels in HU; left as they are.
 * @param mask - Its lungs.
 * @param options - As for a blank; diameterMm: 3 to 30; hounsfield: default 30.
 * @returns Null when there is no place for it.
 * @throws {RangeError} for another diameter.
 */
export function noduleControlTile(
  volume: VoxelBlock, mask: LungMask, options: ControlTileOptions & { readonly diameterMm: number; readonly hounsfield?: number },
): ControlTile | null {
  const { diameterMm, fieldMm, thicknessMm, hounsfield = solidHu } = options;
  if (!(diameterMm >= noduleDiametersMm[0] && diameterMm <= noduleDiametersMm[1])) throw new RangeError('control nodules have 3 to 30 mm');
  const quietMm = diameterMm / 2 + noduleMarginMm;
  const centre = placeOf(volume, mask, options, quietMm, Math.max(thicknessMm, 2 * quietMm));
  if (centre === null) return null;
  const nodule = { centre, diameterMm, hounsfield };
  const block = copyBlock(volume, centre, Math.max(fieldMm, thicknessMm, diameterMm));
  insertInto(block, sphere(nodule, Math.floor(options.random() * 2 ** 32)), estimateBlur(volume));
  return { role: 'nodule-control', picture: cropPlane(block, axialCut(centre, options)), centre, nodule };
}

function sphere({ centre, diameterMm, hounsfield }: DrawnNodule, seed: number): SimulatedNodule {
  return {
    centreMm: centre, axesMm: [diameterMm, diameterMm, diameterMm], profile: 'solid', hounsfield: { solid: hounsfield, groundGlass: hounsfield },
    coreShare: 0, margin: 'smooth', attachment: 'isolated', seed,
  };
}

function placeOf(
  volume: VoxelBlock, mask: LungMask, { random, avoid, fieldMm }: ControlTileOptions, radiusMm: number, heightMm: number,
): PatientPoint | null {
  // Not even the corners of the tile may show what is to be kept clear of.
  const clear = avoid.map((place) => ({ ...place, radiusMm: place.radiusMm + fieldMm * Math.SQRT1_2 }));
  return findNormalPlace(volume, mask, { random, avoid: clear, radiusMm, heightMm });
}

function axialCut(centre: PatientPoint, { fieldMm, pixels, thicknessMm, mode }: ControlTileOptions): PlaneCut {
  return { centre, plane: 'axial', fieldMm, pixels, thicknessMm, ...(mode === undefined ? {} : { mode }) };
}
