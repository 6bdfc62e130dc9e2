import type { InstanceFile, InstanceHeader } from '../../src-shared/domain/study.ts';

/**
 * Header of an axial chest CT slice for tests.
 *
 * @param differing - What differs from 512 x 512 signed 16-bit pixels of 0.7 mm at the origin.
 */
export function instanceHeader(differing: Partial<InstanceHeader> = {}): InstanceHeader {
  return {
    studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4', sopInstanceUid: '1.2.3.4.5',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxUid: '1.2.840.10008.1.2.1', modality: 'CT',
    imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'], bodyPartExamined: 'CHEST', burnedInAnnotation: null, recognizableVisualFeatures: null,
    patientName: null, patientId: null, patientBirthDate: null, patientSex: null,
    studyDate: null, studyTime: null, studyDescription: null, seriesDescription: null,
    seriesNumber: 1, instanceNumber: 1, acquisitionNumber: null, convolutionKernel: null, frameOfReferenceUid: null, sliceThickness: 2.5,
    imagePositionPatient: [0, 0, 0], imageOrientationPatient: [1, 0, 0, 0, 1, 0], pixelSpacing: [0.7, 0.7],
    rows: 512, columns: 512, numberOfFrames: 1, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2',
    bitsAllocated: 16, bitsStored: 16, highBit: 15, pixelRepresentation: 1,
    rescaleSlope: 1, rescaleIntercept: -1024, pixelPaddingValue: null, pixelPaddingRangeLimit: null, gantryDetectorTilt: null, hasModalityLut: false, frames: null,
    ...differing,
  };
}

/**
 * A series of slices one above the other for tests.
 *
 * @param positions - z of each slice, mm.
 * @param differing - Header values that all slices share.
 */
export function seriesFiles(positions: readonly number[], differing: Partial<InstanceHeader> = {}): readonly InstanceFile[] {
  const series = differing.seriesInstanceUid ?? '1.2.3.4';
  return positions.map((z, index) => ({
    path: `/study/${series}/${String(index)}.dcm`,
    sizeBytes: 1,
    pixelSha256: `${series}-${String(index)}`,
    header: instanceHeader({
      sopInstanceUid: `${series}.${String(index)}`, instanceNumber: index + 1, imagePositionPatient: [0, 0, z], ...differing,
    }),
  }));
}
