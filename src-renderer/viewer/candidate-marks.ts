import type { MeasuredAxes, NoduleSize } from '../../src-shared/domain/candidate.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import type { CandidateView } from '../../src-shared/domain/views.ts';
import type { PlanePoint } from './plane-transform.ts';

/** Ends of a calliper in pixels of a slice. */
export type CalliperEnds = readonly [from: PlanePoint, to: PlanePoint];

/** What is drawn of a nodule on one slice, in pixels of the slice. */
export interface NoduleMark {
  /** Closed; empty where nothing was outlined. */
  readonly outline: readonly PlanePoint[];
  /** Stands in for an outline where nothing could be measured. */
  readonly circle: { readonly centre: PlanePoint; readonly radius: number } | null;
  /** Long and short axis, on the slice they lie in. */
  readonly callipers: readonly CalliperEnds[];
}

function dot(a: PatientPoint, b: PatientPoint): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * Maps a place of the patient onto a slice, along the slice's normal.
 *
 * @param affine - Of the slice; its two steps are at right angles.
 * @param pointMm - LPS, mm.
 * @returns Column and row, pixel centres at whole numbers.
 * @see DICOM PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1, inverted
 */
export function patientToPixel({ origin, columnStep, rowStep }: ImageAffine, pointMm: PatientPoint): PlanePoint {
  const away: PatientPoint = [pointMm[0] - origin[0], pointMm[1] - origin[1], pointMm[2] - origin[2]];
  return [dot(away, columnStep) / dot(columnStep, columnStep), dot(away, rowStep) / dot(rowStep, rowStep)];
}

function pairs(points: readonly number[]): readonly PlanePoint[] {
  return Array.from({ length: Math.floor(points.length / 2) }, (_, index) => [points[2 * index] ?? 0, points[2 * index + 1] ?? 0]);
}

function callipersOf({ long, short }: MeasuredAxes, affine: ImageAffine): readonly CalliperEnds[] {
  return [long, short].map(({ fromMm, toMm }) => [patientToPixel(affine, fromMm), patientToPixel(affine, toMm)]);
}

/** What is drawn of a measured nodule on a slice; null where it has no section. */
export function markOfSize(size: NoduleSize, sliceIndex: number, affine: ImageAffine): NoduleMark | null {
  const outline = size.outlines.find((one) => one.sliceIndex === sliceIndex);
  if (outline === undefined) return null;
  return { outline: pairs(outline.points), circle: null, callipers: sliceIndex === size.sliceIndex ? callipersOf(size.axes, affine) : [] };
}

/** What is drawn of a candidate on a slice: its outline, or a ball of its rough size where nothing could be measured. */
export function markOfCandidate(candidate: CandidateView, sliceIndex: number, affine: ImageAffine): NoduleMark | null {
  const { size, centreMm, blobMm } = candidate;
  if (size.kind === 'nodule') return markOfSize(size, sliceIndex, affine);
  if (sliceIndex < candidate.fromSliceIndex || sliceIndex > candidate.toSliceIndex) return null;
  const pixelMm = Math.sqrt(dot(affine.columnStep, affine.columnStep));
  return { outline: [], circle: { centre: patientToPixel(affine, centreMm), radius: blobMm / 2 / pixelMm }, callipers: [] };
}

/** The middle of what is drawn of a candidate on a slice; of its place where nothing is. */
export function middleOfCandidate(candidate: CandidateView, sliceIndex: number, affine: ImageAffine): PlanePoint {
  const outline = markOfCandidate(candidate, sliceIndex, affine)?.outline ?? [];
  if (outline.length === 0) return patientToPixel(affine, candidate.centreMm);
  const [columns, rows] = [outline.map(([column]) => column), outline.map(([, row]) => row)];
  return [(Math.min(...columns) + Math.max(...columns)) / 2, (Math.min(...rows) + Math.max(...rows)) / 2];
}

/** Longest extent of a candidate within its slice, mm; where nothing was measured the rough size. */
export function lengthOfCandidate({ size, blobMm }: Pick<CandidateView, 'size' | 'blobMm'>): number {
  return size.kind === 'nodule' ? size.axes.long.lengthMm : blobMm;
}
