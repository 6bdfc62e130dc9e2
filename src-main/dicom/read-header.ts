import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { readCode, readInt16, readInteger, readNumbers, readText, readTexts, readUid, readUint16 } from './attribute-values.ts';
import { itemsOf } from './data-set.ts';
import type { DataSet } from './data-set.ts';
import { readAnatomy, readFrames, readKernel } from './functional-groups.ts';

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
  const studyInstanceUid = readUid(dataSet, 0x0020000d);
  const seriesInstanceUid = readUid(dataSet, 0x0020000e) ?? (isCut ? '' : null);
  const sopInstanceUid = readSopInstanceUid(dataSet);
  if (studyInstanceUid === null || seriesInstanceUid === null || sopInstanceUid === null) return null;
  const sets = readTexts(dataSet, 0x00080005);
  const bitsAllocated = readUint16(dataSet, 0x00280100) ?? 0;
  const bitsStored = readUint16(dataSet, 0x00280101) ?? bitsAllocated;
  const pixelRepresentation = readUint16(dataSet, 0x00280103) === 1 ? 1 : 0;
  const modality = readCode(dataSet, 0x00080060) ?? '';
  const numberOfFrames = Math.max(1, readInteger(dataSet, 0x00280008) ?? 1);
  const frames = readFrames(dataSet);
  return {
    studyInstanceUid,
    seriesInstanceUid,
    sopInstanceUid,
    sopClassUid: readUid(dataSet, 0x00080016) ?? '',
    transferSyntaxUid,
    modality,
    imageType: readTexts(dataSet, 0x00080008).map((value) => value.toUpperCase()),
    bodyPartExamined: readCode(dataSet, 0x00180015) ?? readAnatomy(dataSet, sets),
    burnedInAnnotation: readCode(dataSet, 0x00280301),
    recognizableVisualFeatures: readCode(dataSet, 0x00280302),
    // Empty groups and components at the end are padding, as the standard lets writers leave them out.
    patientName: readText(dataSet, 0x00100010, sets)?.replace(/[=^]+$/, '') || null,
    patientId: readText(dataSet, 0x00100020, sets),
    patientBirthDate: readText(dataSet, 0x00100030, sets),
    patientSex: readCode(dataSet, 0x00100040),
    studyDate: readText(dataSet, 0x00080020, sets),
    studyTime: readText(dataSet, 0x00080030, sets),
    studyDescription: readText(dataSet, 0x00081030, sets),
    seriesDescription: readText(dataSet, 0x0008103e, sets) ?? readText(dataSet, 0x00181030, sets),
    seriesNumber: readInteger(dataSet, 0x00200011),
    instanceNumber: readInteger(dataSet, 0x00200013),
    acquisitionNumber: readInteger(dataSet, 0x00200012),
    convolutionKernel: readText(dataSet, 0x00181210, sets) ?? readKernel(dataSet, sets),
    frameOfReferenceUid: readUid(dataSet, 0x00200052),
    sliceThickness: readNumbers(dataSet, 0x00180050, 1)?.[0] ?? null,
    imagePositionPatient: readNumbers(dataSet, 0x00200032, 3) as InstanceHeader['imagePositionPatient'],
    imageOrientationPatient: readNumbers(dataSet, 0x00200037, 6) as InstanceHeader['imageOrientationPatient'],
    pixelSpacing: readNumbers(dataSet, 0x00280030, 2) as InstanceHeader['pixelSpacing'],
    rows: readUint16(dataSet, 0x00280010) ?? 0,
    columns: readUint16(dataSet, 0x00280011) ?? 0,
    numberOfFrames,
    samplesPerPixel: readUint16(dataSet, 0x00280002) ?? 1,
    photometricInterpretation: readCode(dataSet, 0x00280004) ?? 'MONOCHROME2',
    bitsAllocated,
    bitsStored,
    highBit: readUint16(dataSet, 0x00280102) ?? Math.max(0, bitsStored - 1),
    pixelRepresentation,
    rescaleSlope: readNumbers(dataSet, 0x00281053, 1)?.[0] ?? null,
    rescaleIntercept: readNumbers(dataSet, 0x00281052, 1)?.[0] ?? null,
    // The VR follows the pixels (US or SS), and files get it wrong: the pixels' own signedness decides.
    pixelPaddingValue: (pixelRepresentation === 1 ? readInt16(dataSet, 0x00280120) : readUint16(dataSet, 0x00280120)) ?? null,
    pixelPaddingRangeLimit: (pixelRepresentation === 1 ? readInt16(dataSet, 0x00280121) : readUint16(dataSet, 0x00280121)) ?? null,
    gantryDetectorTilt: readNumbers(dataSet, 0x00181120, 1)?.[0] ?? null,
    hasModalityLut: itemsOf(dataSet, 0x00283000).length > 0,
    // Groups that do not match the frames are an error of a CT (checkHeader); other kinds are shown without them.
    frames: frames?.length === numberOfFrames || modality === 'CT' ? frames : null,
  };
}

/**
 * Reads the instance's own UID, which comes early in a file: a cut file may have it and nothing else.
 *
 * @returns Null when it is missing or no UID.
 */
export function readSopInstanceUid(dataSet: DataSet): string | null {
  return readUid(dataSet, 0x00080018);
}
