import type { DataSet } from 'dicom-parser';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { decodeText } from './character-set.ts';
import { cleanText } from './clean-text.ts';

/**
 * Reads the header of an instance from its parsed data set.
 *
 * @param dataSet - Top level of the instance, little or big endian.
 * @param transferSyntaxUid - As the file declares it, or as guessed.
 * @param isCut - Whether the rest of the file is missing: then a header without a series UID is better than none; its series is ''.
 * @returns Null when the study, series or instance UID is missing or no UID.
 * @see DICOM PS3.3 C.7.1 to C.8.2 and PS3.6 chapter 6 for the tags
 */
export function readHeader(dataSet: DataSet, transferSyntaxUid: string, isCut = false): InstanceHeader | null {
  const studyInstanceUid = uid(dataSet, 'x0020000d');
  const seriesInstanceUid = uid(dataSet, 'x0020000e') ?? (isCut ? '' : null);
  const sopInstanceUid = readSopInstanceUid(dataSet);
  if (studyInstanceUid === null || seriesInstanceUid === null || sopInstanceUid === null) return null;
  const sets = strings(dataSet, 'x00080005');
  const bitsAllocated = dataSet.uint16('x00280100') ?? 0;
  const bitsStored = dataSet.uint16('x00280101') ?? bitsAllocated;
  const pixelRepresentation = dataSet.uint16('x00280103') === 1 ? 1 : 0;
  return {
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid,
    sopClassUid: uid(dataSet, 'x00080016') ?? '',
    transferSyntaxUid,
    modality: code(dataSet, 'x00080060') ?? '',
    imageType: strings(dataSet, 'x00080008').map((value) => value.toUpperCase()),
    bodyPartExamined: code(dataSet, 'x00180015'),
    burnedInAnnotation: code(dataSet, 'x00280301'),
    recognizableVisualFeatures: code(dataSet, 'x00280302'),
    // Empty groups and components at the end are padding, as the standard lets writers leave them out.
    patientName: text(dataSet, 'x00100010', sets)?.replace(/[=^]+$/, '') || null,
    patientId: text(dataSet, 'x00100020', sets),
    patientBirthDate: text(dataSet, 'x00100030', sets),
    patientSex: code(dataSet, 'x00100040'),
    studyDate: text(dataSet, 'x00080020', sets),
    studyTime: text(dataSet, 'x00080030', sets),
    studyDescription: text(dataSet, 'x00081030', sets),
    seriesDescription: text(dataSet, 'x0008103e', sets) ?? text(dataSet, 'x00181030', sets),
    seriesNumber: integer(dataSet, 'x00200011'),
    instanceNumber: integer(dataSet, 'x00200013'),
    acquisitionNumber: integer(dataSet, 'x00200012'),
    convolutionKernel: text(dataSet, 'x00181210', sets),
    frameOfReferenceUid: uid(dataSet, 'x00200052'),
    sliceThickness: numbers(dataSet, 'x00180050', 1)?.[0] ?? null,
    imagePositionPatient: numbers(dataSet, 'x00200032', 3) as InstanceHeader['imagePositionPatient'],
    imageOrientationPatient: numbers(dataSet, 'x00200037', 6) as InstanceHeader['imageOrientationPatient'],
    pixelSpacing: numbers(dataSet, 'x00280030', 2) as InstanceHeader['pixelSpacing'],
    rows: dataSet.uint16('x00280010') ?? 0,
    columns: dataSet.uint16('x00280011') ?? 0,
    numberOfFrames: Math.max(1, integer(dataSet, 'x00280008') ?? 1),
    samplesPerPixel: dataSet.uint16('x00280002') ?? 1,
    photometricInterpretation: code(dataSet, 'x00280004') ?? 'MONOCHROME2',
    bitsAllocated,
    bitsStored,
    highBit: dataSet.uint16('x00280102') ?? Math.max(0, bitsStored - 1),
    pixelRepresentation,
    rescaleSlope: numbers(dataSet, 'x00281053', 1)?.[0] ?? null,
    rescaleIntercept: numbers(dataSet, 'x00281052', 1)?.[0] ?? null,
    // The VR follows the pixels (US or SS), and files get it wrong: the pixels' own signedness decides.
    pixelPaddingValue: (pixelRepresentation === 1 ? dataSet.int16('x00280120') : dataSet.uint16('x00280120')) ?? null,
    pixelPaddingRangeLimit: (pixelRepresentation === 1 ? dataSet.int16('x00280121') : dataSet.uint16('x00280121')) ?? null,
    gantryDetectorTilt: numbers(dataSet, 'x00181120', 1)?.[0] ?? null,
    hasModalityLut: dataSet.elements['x00283000'] !== undefined,
    frames: null,
  };
}

/**
 * Reads the instance's own UID, which comes early in a file: a cut file may have it and nothing else.
 *
 * @returns Null when it is missing or no UID.
 */
export function readSopInstanceUid(dataSet: DataSet): string | null {
  return uid(dataSet, 'x00080018');
}

function bytesOf(dataSet: DataSet, tag: string): Uint8Array | null {
  const element = dataSet.elements[tag];
  if (element === undefined || element.length === 0 || element.length > 65536) return null;
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
}

function text(dataSet: DataSet, tag: string, characterSets: readonly string[]): string | null {
  const bytes = bytesOf(dataSet, tag);
  return bytes === null ? null : cleanText(decodeText(bytes, characterSets));
}

function strings(dataSet: DataSet, tag: string): readonly string[] {
  const bytes = bytesOf(dataSet, tag);
  return bytes === null ? [] : decodeText(bytes, []).split('\\').map((value) => cleanText(value) ?? '');
}

function code(dataSet: DataSet, tag: string): string | null {
  return strings(dataSet, tag)[0]?.toUpperCase() || null;
}

function uid(dataSet: DataSet, tag: string): string | null {
  const value = strings(dataSet, tag)[0] ?? '';
  return /^[0-9A-Za-z._-]{1,64}$/.test(value) ? value : null;
}

function integer(dataSet: DataSet, tag: string): number | null {
  const value = numbers(dataSet, tag, 1)?.[0];
  return value === undefined ? null : Math.trunc(value);
}

/** Decimal strings; null unless exactly the first `count` values are finite numbers. */
function numbers(dataSet: DataSet, tag: string, count: number): readonly number[] | null {
  const values = strings(dataSet, tag).slice(0, count).map((value) => (value === '' ? NaN : Number(value)));
  return values.length === count && values.every(Number.isFinite) ? values : null;
}
