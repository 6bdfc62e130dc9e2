import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseImages } from '../../../src-main/reading/choose-images.ts';
import { shippedProfiles } from '../../../src-main/reading/reading-profiles.ts';
import type { InstanceFile, InstanceHeader } from '../../../src-shared/domain/study.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';

const profiles = shippedProfiles();
const projection = { imagePositionPatient: null, imageOrientationPatient: null, pixelSpacing: null } as const;

function image(number: number, header: Partial<InstanceHeader>): InstanceFile {
  const sopInstanceUid = `1.2.3.${String(number)}`;
  return { path: `/exam/${String(number)}`, sizeBytes: 1, pixelSha256: `hash-${String(number)}`, header: instanceHeader({ sopInstanceUid, instanceNumber: number, ...header }) };
}

const radiograph = (number: number, header: Partial<InstanceHeader> = {}): InstanceFile => image(number, { modality: 'DX', ...projection, ...header });
const brain = (number: number, header: Partial<InstanceHeader> = {}): InstanceFile => image(number, { modality: 'MR', bodyPartExamined: 'BRAIN', ...header });
const numbers = (files: readonly InstanceFile[]): unknown => chooseImages(files, profiles)?.images.map(({ header }) => header.instanceNumber);

describe('chooseImages', () => {
  it('takes the images of a profile in their order, each once, whatever the order of the files', () => {
    const files = [radiograph(3), radiograph(1), radiograph(2, { seriesNumber: 0 }), radiograph(1)];
    fc.assert(fc.property(fc.shuffledSubarray(files, { minLength: 4 }), (shuffled) => {
      expect(numbers(shuffled)).toEqual([2, 1, 3]);
      expect(chooseImages(shuffled, profiles)).toMatchObject({ profile: { id: 'chest-radiograph' }, problems: [] });
    }));
  });

  it('takes no CT, no other part of the body and nothing that it does not know', () => {
    expect(chooseImages([image(1, {}), radiograph(2, { bodyPartExamined: 'HAND' }), image(3, { modality: 'US', bodyPartExamined: null })], profiles)).toBeNull();
    expect(chooseImages([], profiles)).toBeNull();
  });

  it('takes the profile with the most images', () => {
    const breast = [1, 2, 3, 4].map((number) => image(number, { modality: 'MG', bodyPartExamined: 'BREAST', ...projection }));
    expect(chooseImages([...breast, radiograph(5)], profiles)).toMatchObject({ profile: { id: 'mammogram' }, images: { length: 4 } });
  });

  it.each<[string, Partial<InstanceHeader>, RegExp]>([
    ['text in the pixels', { burnedInAnnotation: 'YES' }, /text/],
    ['a face', { recognizableVisualFeatures: 'YES' }, /recognised/],
    ['colour', { samplesPerPixel: 3, photometricInterpretation: 'RGB' }, /colour/],
    ['frames without a description', { numberOfFrames: 40 }, /multi-frame/],
    ['another patient', { patientId: 'B' }, /another patient/],
  ])('leaves out %s and says so', (_, header, reason) => {
    const chosen = chooseImages([radiograph(1, { patientId: 'A' }), radiograph(2, header)], profiles);
    expect(chosen?.images.length).toBe(1);
    expect(chosen?.problems).toEqual([{ code: 'instance-set-aside', message: expect.stringMatching(reason) as string, sopInstanceUid: '1.2.3.2' }]);
  });

  it('takes of a head what is axial alone: other planes show the face', () => {
    const sagittal = { imageOrientationPatient: [0, 1, 0, 0, 0, -1] } as const;
    const coronal = { imageOrientationPatient: [1, 0, 0, 0, 0, -1] } as const;
    const chosen = chooseImages([brain(1), brain(2, sagittal), brain(3, coronal), brain(4, { imageOrientationPatient: null }), brain(5)], profiles);
    expect(chosen?.images.map(({ header }) => header.instanceNumber)).toEqual([1, 5]);
    expect(chosen?.problems.length).toBe(3);
    expect(chooseImages([brain(2, sagittal)], profiles)).toBeNull();
  });
});
