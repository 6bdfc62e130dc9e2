import type { ErrorCode, Problem } from './errors.ts';
import type { EpochMs, PatientPoint } from './units.ts';

/** A distance between neighbouring slices above this multiple of the usual one means that slices are missing. */
export const gapFactor = 1.5;

/** Header of one DICOM instance, parsed once at the door; lengths in mm, values as the attributes hold them. */
export interface InstanceHeader {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly modality: string;
  readonly imageType: readonly string[];
  readonly bodyPartExamined: string | null;
  readonly burnedInAnnotation: string | null;
  readonly recognizableVisualFeatures: string | null;
  readonly patientName: string | null;
  readonly patientId: string | null;
  readonly patientBirthDate: string | null;
  readonly patientSex: string | null;
  readonly studyDate: string | null;
  readonly studyTime: string | null;
  readonly studyDescription: string | null;
  readonly seriesDescription: string | null;
  readonly seriesNumber: number | null;
  readonly instanceNumber: number | null;
  readonly acquisitionNumber: number | null;
  readonly convolutionKernel: string | null;
  readonly frameOfReferenceUid: string | null;
  readonly sliceThickness: number | null;
  readonly imagePositionPatient: PatientPoint | null;
  readonly imageOrientationPatient: readonly [number, number, number, number, number, number] | null;
  /** Row spacing, column spacing (0028,0030), mm. */
  readonly pixelSpacing: readonly [row: number, column: number] | null;
  readonly rows: number;
  readonly columns: number;
  readonly numberOfFrames: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly pixelRepresentation: 0 | 1;
  readonly rescaleSlope: number | null;
  readonly rescaleIntercept: number | null;
  readonly pixelPaddingValue: number | null;
  /** Pixel Padding Range Limit (0028,0121): padding is everything between it and the padding value. */
  readonly pixelPaddingRangeLimit: number | null;
  /** Gantry/Detector Tilt (0018,1120), degrees. */
  readonly gantryDetectorTilt: number | null;
  /** Whether the stored values become HU by a Modality LUT Sequence (0028,3000), which lies beside the pixels in the file. */
  readonly hasModalityLut: boolean;
  /** One per frame of an Enhanced multi-frame image, from its functional groups; null for a single-frame image. */
  readonly frames: readonly FrameHeader[] | null;
}

/**
 * What the functional groups of an Enhanced multi-frame image say of one frame; shared groups are already merged in.
 *
 * @see DICOM PS3.3 C.7.6.16
 */
export interface FrameHeader {
  readonly imageType: readonly string[];
  readonly imagePositionPatient: InstanceHeader['imagePositionPatient'];
  readonly imageOrientationPatient: InstanceHeader['imageOrientationPatient'];
  readonly pixelSpacing: InstanceHeader['pixelSpacing'];
  readonly sliceThickness: number | null;
  readonly rescaleSlope: number | null;
  readonly rescaleIntercept: number | null;
  /** Stack ID (0020,9056): frames of different stacks are different volumes. */
  readonly stackId: string | null;
  /** Temporal Position Index (0020,9128): frames of different times are different volumes. */
  readonly temporalPositionIndex: number | null;
}

/** A file of an exam with its parsed header. */
export interface InstanceFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 (hex) of the Pixel Data element's value as stored; the study's content hash is made of these. */
  readonly pixelSha256: string;
  readonly header: InstanceHeader;
}

/** What one look at a file told: an instance that is whole, something else, or a fault. */
export type FileInspection =
  | { readonly kind: 'instance'; readonly file: InstanceFile }
  | { readonly kind: 'not-dicom' }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly header: InstanceHeader | null };

/** Why a series is not read; `text` says it in plain English for a person. */
export interface SeriesRejection {
  readonly code:
    | 'not-ct' | 'localizer' | 'not-axial' | 'derived' | 'not-chest' | 'too-few-slices' | 'secondary-capture'
    | 'burned-in-annotation' | 'head-or-face' | 'multi-frame' | 'geometry-missing' | 'mixed-geometry' | 'other-patient' | 'another-series-chosen';
  readonly text: string;
}

/** One slice of a series in reading order (feet to head along the slice normal). */
export interface Slice {
  readonly sopInstanceUid: string;
  /** Frame of the instance, from 1 as DICOM counts; 1 for a single-frame image. */
  readonly frameNumber: number;
  readonly path: string;
  /** Position along the slice normal, mm. */
  readonly positionMm: number;
  readonly instanceNumber: number | null;
  /** As in InstanceFile: whoever reads the file again can tell whether its pixels are still the ones inspected. */
  readonly pixelSha256: string;
  /** Of the frame: for a multi-frame image the frame's own position, orientation, spacing and scale. */
  readonly header: InstanceHeader;
}

/** A series with its verdict: the slices to read, or why it is not read. */
export interface Series {
  readonly seriesInstanceUid: string;
  readonly modality: string;
  readonly transferSyntaxUid: string;
  readonly seriesNumber: number | null;
  readonly seriesDescription: string | null;
  readonly instanceCount: number;
  readonly slices: readonly Slice[];
  /** Median distance of neighbouring slices, mm; null with fewer than two. */
  readonly spacingBetweenSlicesMm: number | null;
  readonly rejection: SeriesRejection | null;
  /** Gaps, duplicates, uneven spacing: each a coverage problem to show. */
  readonly problems: readonly Problem[];
}

/** An exam that has stopped changing: what intake hands to the rest. */
export interface SettledStudy {
  readonly studyInstanceUid: string;
  /** Folder or watched root the files lie under; local only, never logged or sent. */
  readonly sourcePath: string;
  readonly files: readonly InstanceFile[];
  /** Files that belong to the folder but could not be used, counted by reason; `sopInstanceUid` where the header could be read. */
  readonly problems: readonly Problem[];
  /** Files that are not DICOM and were left alone. */
  readonly ignoredCount: number;
  readonly settledAt: EpochMs;
}

/** What the queue shows while an exam is still arriving. */
export interface ArrivingStudy {
  readonly studyInstanceUid: string;
  readonly sourcePath: string;
  readonly header: InstanceHeader;
  readonly fileCount: number;
  readonly sizeBytes: number;
  readonly waitingReason: ErrorCode | null;
  /** Milliseconds of quiet so far of the quiet time that settles it. */
  readonly quietMs: number;
  readonly quietNeededMs: number;
}
