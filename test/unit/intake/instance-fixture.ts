import type { InstanceFile, InstanceHeader } from '../../../src-shared/domain/study.ts';

/** A CT header with the given UIDs; everything else is plain. */
export function headerFixture(studyInstanceUid: string, sopInstanceUid: string): InstanceHeader {
  return {
    studyInstanceUid, sopInstanceUid, seriesInstanceUid: `${studyInstanceUid}.1`, sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1', modality: 'CT', imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    bodyPartExamined: 'CHEST', burnedInAnnotation: null, recognizableVisualFeatures: null, patientName: null, patientId: null,
    patientBirthDate: null, patientSex: null, studyDate: null, studyTime: null, studyDescription: null, seriesDescription: null,
    seriesNumber: null, instanceNumber: null, acquisitionNumber: null, convolutionKernel: null, frameOfReferenceUid: null,
    sliceThickness: null, imagePositionPatient: null, imageOrientationPatient: null, pixelSpacing: null, rows: 2, columns: 2,
    numberOfFrames: 1, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', bitsAllocated: 16, bitsStored: 16,
    highBit: 15, pixelRepresentation: 0, rescaleSlope: 1, rescaleIntercept: 0, pixelPaddingValue: null, pixelPaddingRangeLimit: null, gantryDetectorTilt: null, hasModalityLut: false, frames: null,
  };
}

/** An instance of a study with the given pixels. */
export function instanceFixture(studyInstanceUid: string, sopInstanceUid: string, pixelSha256: string): InstanceFile {
  return { path: `/exams/${sopInstanceUid}`, sizeBytes: 8, pixelSha256, header: headerFixture(studyInstanceUid, sopInstanceUid) };
}
