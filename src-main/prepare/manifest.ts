import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { SeriesRejection } from '../../src-shared/domain/study.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import type { PixelBox } from '../imaging/pictures/picture.ts';
import type { SheetTile } from '../imaging/pictures/sheet.ts';
import type { SlabStack } from '../imaging/pictures/slab.ts';
import type { ProjectionMode } from '../imaging/pictures/slab-runs.ts';
import type { VoiWindow } from '../imaging/pictures/voi.ts';

/** What pictures are made of a CT. */
export type PrepareMode = 'slices' | 'slabs' | 'sheets';

/** File types that pictures are written as. */
export type PrepareFormat = 'png' | 'jpeg' | 'webp';

/**
 * manifest.json: what was written and where it lies in the patient. Lengths in mm, points in the DICOM patient coordinate system
 * (LPS), rows and columns from 0. Nothing in it comes from a header that identifies; UIDs only when they were asked for.
 */
export interface PreparedManifest {
  readonly schema: 'lungdesk.prepared/1';
  readonly notice: string;
  readonly mode: PrepareMode;
  readonly format: PrepareFormat;
  /** Whether everything that should have been prepared was. */
  readonly complete: boolean;
  readonly exams: readonly PreparedExam[];
}

/** One exam of the folder. */
export interface PreparedExam {
  /** From 1; in several exams also the name of the folder: exam-1. */
  readonly exam: number;
  readonly complete: boolean;
  /** Null when the exam has no chest CT that can be prepared. */
  readonly ct: PreparedCt | null;
  readonly pictures: readonly PreparedPicture[];
  /** Series that were not prepared as a CT, and why; their single images may have been. */
  readonly leftOut: readonly (SeriesRejection & { readonly images: number })[];
  readonly problems: readonly PreparedProblem[];
}

/** The series that was prepared. */
export interface PreparedCt {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: readonly [column: number, row: number, slice: number];
  /** Position of every slice along the slice normal, from feet to head. */
  readonly slicePositionsMm: readonly number[];
  /** SHA-256 over the decoded voxels; equal for copies of the series in any encoding without loss. */
  readonly contentSha256: string;
  readonly lungs: Pick<LungMask, 'kind' | 'reason' | 'notes' | 'rightMm3' | 'leftMm3' | 'extent'>;
  /** The part of every slice that slabs and sheets show; null for whole slices. */
  readonly crop: PixelBox | null;
  readonly projection: ProjectionMode | null;
  readonly undecodedSlices: readonly number[];
  readonly gaps: SlabStack['gaps'];
}

/** One picture file. */
export interface PreparedPicture {
  /** Path below the folder of the manifest. */
  readonly file: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly columns: number;
  readonly rows: number;
  readonly role: 'slice' | 'slab' | 'sheet' | 'unmarked-sheet' | 'image';
  /** Null for what the image itself says, and for images that say nothing. */
  readonly window: VoiWindow | null;
  /** What the picture shows; null for a sheet, whose tiles show it, and for images without a place in the patient. */
  readonly place: PreparedPlace | null;
  readonly tiles?: readonly PreparedTile[];
  /** Sheets: the other file of the pair. */
  readonly twin?: string;
  /** Images: DICOM modality. */
  readonly modality?: string;
  /** Images without a place: how far apart their pixels are, at the patient or on the detector. */
  readonly spacing?: { readonly kind: 'pixel-spacing' | 'imager-pixel-spacing'; readonly rowMm: number; readonly columnMm: number } | null;
  /** Images, with UIDs only. */
  readonly sopInstanceUid?: string;
}

/** Where something lies in the patient. */
export interface PreparedPlace {
  /** From pixel centres of the picture to the patient; for a tile of a sheet, from those of the sheet. */
  readonly affine: ImageAffine;
  readonly thicknessMm: number | null;
  /** Of the middle along the slice normal; null for an image that is no slice. */
  readonly positionMm: number | null;
  /** Slices of the CT, from 0 at the feet. */
  readonly sliceIndices: readonly number[];
  /** Slices that belong there and could not be decoded. */
  readonly undecodedSlices: readonly number[];
  /** Whether slices are missing there. */
  readonly touchesGap: boolean;
  /** Of sliceIndices, with UIDs only. */
  readonly sopInstanceUids?: readonly string[];
}

/** A tile of a sheet. */
export interface PreparedTile extends Omit<SheetTile, 'affine'>, PreparedPlace {}

/** What is wrong with an exam. */
export interface PreparedProblem {
  readonly code: ErrorCode;
  readonly message: string;
  /** Whether something is missing from the pictures because of it. */
  readonly leavesGap: boolean;
  /** With UIDs only. */
  readonly sopInstanceUid?: string;
}

/** Said in every manifest. */
export const prepareNotice = 'Research use only. Not a medical device.';

/** Worth knowing, while everything is there. Whatever is not named here leaves a gap. */
const harmlessCodes: ReadonlySet<ErrorCode> = new Set([
  'slice-duplicate', 'spacing-uneven', 'scale-uneven', 'slices-apart', 'gantry-tilt', 'file-not-dicom',
  // Reports, presentation states and directories lie beside the images of most exams.
  'pixel-data-missing',
]);

/**
 * A problem as the manifest tells it.
 *
 * @param problem - From any room; messages never identify.
 * @param withUids - Whether the instance may be named.
 */
export function preparedProblem({ code, message, sopInstanceUid }: Problem, withUids: boolean): PreparedProblem {
  const leavesGap = !harmlessCodes.has(code);
  return withUids && sopInstanceUid !== undefined ? { code, message, leavesGap, sopInstanceUid } : { code, message, leavesGap };
}
