import type { Problem } from '../../src-shared/domain/errors.ts';
import type { SeriesRejection, Slice } from '../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import type { SetAside } from './judge-series.ts';
import { axialNormal } from './judge-instance.ts';
import { positionAlong, sliceNormal } from './slice-normal.ts';

/** Slices further apart than this multiple of their thickness leave something between them unseen. */
const apartFactor = 1.5;
/** Headers round positions. */
const roundingMm = 0.01;
/** Below half a degree a chest shears by 3 mm from end to end: rounding, not a tilt. */
const leastTiltDegrees = 0.5;

/** Why an instance is set aside, in plain words; a code that is not here never leaves a part of the chest unread. */
const plainReasons: Partial<Record<SeriesRejection['code'], string>> = {
  'not-ct': 'it is not a CT',
  'derived': 'it was computed from others',
  'secondary-capture': 'it is a capture of a screen or in colour',
  'multi-frame': 'it is a multi-frame image',
  'not-chest': 'its header names another body part',
  'mixed-geometry': 'it differs from the other slices in size, pixel spacing, orientation, frame of reference, stack or time',
};

/**
 * Problems for the instances of a series that are not among its slices although they may show a part of the chest.
 *
 * Localizers and other images that are not axial, and images at the place of a slice that is read, are no problem.
 *
 * @param setAside - Instances that were left out, with the reason.
 * @param slices - The slices that are read, from feet to head.
 * @param spacingMm - Their usual distance, mm; null when there is none.
 */
export function setAsideProblems(setAside: readonly SetAside[], slices: readonly Slice[], spacingMm: number | null): readonly Problem[] {
  return setAside.flatMap(({ file: { header }, reason: { code } }): readonly Problem[] => {
    const { sopInstanceUid } = header;
    if (code === 'geometry-missing') {
      return [{ code: 'geometry-missing', message: 'an image of the series has no position, orientation or pixel spacing', sopInstanceUid }];
    }
    const reason = plainReasons[code];
    if (reason === undefined) return [];
    const problem: Problem = { code: 'instance-set-aside', message: `an image of the series was not read: ${reason}`, sopInstanceUid };
    if (code === 'mixed-geometry') return [problem];
    // A multi-frame image holds its positions frame by frame: where they are is not known.
    if (axialNormal(header) === null || header.imagePositionPatient === null) return code === 'multi-frame' ? [problem] : [];
    return isCovered(header, slices, spacingMm) ? [] : [problem];
  });
}

/** Whether a slice that is read lies as near as slices do. */
function isCovered(header: Slice['header'], slices: readonly Slice[], spacingMm: number | null): boolean {
  const first = slices[0];
  const normal = first === undefined ? null : sliceNormal(first.header);
  const positionMm = normal === null ? null : positionAlong(header, normal);
  if (positionMm === null) return false;
  const reachMm = (spacingMm ?? 0) / 2 + roundingMm;
  return slices.some((slice) => Math.abs(slice.positionMm - positionMm) <= reachMm);
}

/**
 * Notes about how the slices of a series were recorded; none of them means that a slice was not read.
 *
 * @param slices - From feet to head.
 * @param spacingMm - Their usual distance, mm; null when there is none.
 */
export function seriesNotes(slices: readonly Slice[], spacingMm: number | null): readonly Problem[] {
  const notes: Problem[] = [];
  const thicknessMm = slices[0]?.header.sliceThickness ?? null;
  if (spacingMm !== null && thicknessMm !== null && thicknessMm > 0 && spacingMm > apartFactor * thicknessMm) {
    notes.push({
      code: 'slices-apart', message: `slices of ${thicknessMm.toFixed(1)} mm lie ${spacingMm.toFixed(1)} mm apart`,
    });
  }
  const scales = new Set(slices.map(({ header }) => [header.rescaleSlope, header.rescaleIntercept, header.pixelRepresentation].join(' ')));
  if (scales.size > 1) notes.push({ code: 'scale-uneven', message: 'the slices are stored with different scales' });
  const tiltDegrees = stackTiltDegrees(slices);
  if (tiltDegrees > leastTiltDegrees) {
    notes.push({ code: 'gantry-tilt', message: `the gantry was tilted: each slice is shifted against the one below, by ${tiltDegrees.toFixed(1)} degrees` });
  }
  return notes;
}

/** Angle between the way from the first to the last slice and their normal: 0 for a block, the tilt for a sheared stack. */
function stackTiltDegrees(slices: readonly Slice[]): number {
  const [from, to] = [slices[0]?.header, slices.at(-1)?.header];
  const [start, end, normal] = [from?.imagePositionPatient, to?.imagePositionPatient, from === undefined ? null : sliceNormal(from)];
  if (start === null || start === undefined || end === null || end === undefined || normal === null) return 0;
  const way: PatientPoint = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
  const along = way[0] * normal[0] + way[1] * normal[1] + way[2] * normal[2];
  const aside = Math.hypot(way[0] - along * normal[0], way[1] - along * normal[1], way[2] - along * normal[2]);
  return (Math.atan2(aside, Math.abs(along)) * 180) / Math.PI;
}
