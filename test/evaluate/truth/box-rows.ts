import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { VolumeSlice } from '../../../src-main/imaging/volume/ct-volume.ts';
import { csvRows, numberCell } from './csv-rows.ts';
import { middleOf } from './exam-nodules.ts';
import type { ExamNodules, TrueNodule } from './exam-nodules.ts';
import { TruthError } from './truth-error.ts';

interface Box {
  readonly slice: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const sides = ['xmin', 'ymin', 'xmax', 'ymax'] as const;

/** Whether columns are those of boxes, in lower case. */
export function areBoxColumns(columns: readonly string[]): boolean {
  return ['sop_instance_uid', ...sides].every((name) => columns.includes(name));
}

/**
 * Reads boxes around tumours (Lung-PET-CT-Dx): boxes of neighbouring slices that overlap are one tumour.
 *
 * A box is drawn with room around a tumour, so that its size is an upper bound: mean of width and height of the largest one.
 *
 * @param text - CSV with the columns sop_instance_uid, xmin, ymin, xmax, ymax (pixels, inclusive).
 * @param slices - Of the exam; boxes on other slices are passed over.
 * @throws {TruthError} for a row that cannot be read.
 */
export function boxRows(text: string, slices: readonly Pick<VolumeSlice, 'sopInstanceUid' | 'affine'>[]): ExamNodules {
  const indexOf = new Map(slices.map(({ sopInstanceUid }, index) => [sopInstanceUid, index]));
  const boxes = csvRows(text).rows.flatMap((row): readonly Box[] => {
    const [left = 0, top = 0, right = 0, bottom = 0] = sides.map((name) => numberCell(row, name));
    if (right < left || bottom < top) throw new TruthError('the box has no area', row.row);
    const slice = indexOf.get(row.cells.get('sop_instance_uid') ?? '');
    return slice === undefined ? [] : [{ slice, left, top, right, bottom }];
  }).sort((a, b) => a.slice - b.slice);
  const tumours: Box[][] = [];
  for (const box of boxes) {
    const tumour = tumours.find((others) => others.some((other) => isNextTo(other, box)));
    if (tumour === undefined) tumours.push([box]);
    else tumour.push(box);
  }
  return { source: 'boxes', nodules: tumours.map((tumour) => noduleOf(tumour, slices)), irrelevant: [] };
}

function isNextTo(a: Box, b: Box): boolean {
  return Math.abs(a.slice - b.slice) === 1 && a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

function noduleOf(boxes: readonly Box[], slices: readonly Pick<VolumeSlice, 'affine'>[]): TrueNodule {
  const centres = boxes.flatMap(({ slice, left, right, top, bottom }) => {
    const at = slices[slice];
    return at === undefined ? [] : [pixelToPatient(at.affine, (left + right) / 2, (top + bottom) / 2)];
  });
  const diameters = boxes.flatMap(({ slice, left, right, top, bottom }) => {
    const at = slices[slice];
    return at === undefined ? [] : [((right - left + 1) * Math.hypot(...at.affine.columnStep) + (bottom - top + 1) * Math.hypot(...at.affine.rowStep)) / 2];
  });
  return { centreMm: middleOf(centres), diameterMm: Math.max(...diameters), volumeMm3: null, profile: null, attachment: null, readers: null };
}
