import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { ControlContent, CropContent } from '../../imaging/pictures/panel-content.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { seededGenerator } from '../seeded-generator.ts';
import { drawNodule, findNodulePlace, quietAroundMm } from './control-nodule.ts';
import { findNormalPlace } from './control-place.ts';
import type { KeepClear } from './control-place.ts';
import { copyBlock } from './copy-block.ts';

/** Where a control's crops are cut from. */
export interface ControlCrop {
  readonly block: VoxelBlock;
  /** Middle of all panels, mm, LPS. */
  readonly centre: PatientPoint;
}

/** What has to be quiet to every side of a blank's middle: the most that the lung has is taken, mm. */
const blankRadiiMm = [10, 7.5, 5] as const;
/** Axis of the patient that stands across a plane. */
const acrossAxis = { axial: 2, coronal: 1, sagittal: 0 } as const;

/**
 * Makes what the panels of a control for a candidate are cut from: normal lung, or normal lung with a nodule drawn into a copy of it.
 *
 * @param volume - Voxels in HU; left as they are.
 * @param mask - Its lungs.
 * @param control - Role, seed and size of the nodule.
 * @param panels - What the panels are like; their centre does not count.
 * @param avoid - Places that no panel may show.
 * @returns Null where there is no such place: no outlined lung, or none that is normal enough.
 * @throws {RangeError} for a nodule that is not 3 to 30 mm.
 */
export function controlCrop(
  volume: VoxelBlock, mask: LungMask, { role, seed, diameterMm }: Pick<ControlContent, 'role' | 'seed' | 'diameterMm'>,
  panels: readonly CropContent[], avoid: readonly KeepClear[],
): ControlCrop | null {
  const fieldMm = Math.max(...panels.map((panel) => panel.fieldMm));
  const random = seededGenerator(seed);
  const isClear = (centre: PatientPoint): boolean => !avoid.some((place) => panels.some((panel) => shows(panel, centre, place)));
  const centre = role === 'nodule-control'
    ? findNodulePlace(volume, mask, { random, radiusMm: quietAroundMm(diameterMm), side: null, isClear })
    : firstPlace(blankRadiiMm, (radiusMm) => findNormalPlace(volume, mask, { random, radiusMm, side: null, isClear }));
  if (centre === null || role === 'blank-control') return centre === null ? null : { block: volume, centre };
  const block = copyBlock(volume, centre, Math.max(fieldMm, ...panels.map(({ thicknessMm }) => thicknessMm), diameterMm));
  drawNodule(block, volume, centre, diameterMm);
  return { block, centre };
}

function firstPlace(radiiMm: readonly number[], find: (radiusMm: number) => PatientPoint | null): PatientPoint | null {
  for (const radiusMm of radiiMm) {
    const place = find(radiusMm);
    if (place !== null) return place;
  }
  return null;
}

function shows({ plane, fieldMm, thicknessMm }: CropContent, centre: PatientPoint, place: KeepClear): boolean {
  return centre.every((at, axis) => (
    Math.abs(at - (place.centre[axis] ?? 0)) < (axis === acrossAxis[plane] ? thicknessMm : fieldMm) / 2 + place.radiusMm
  ));
}
