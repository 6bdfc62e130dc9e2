import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import type { InstanceFile, InstanceHeader } from '../../../src-shared/domain/study.ts';
import { seriesFiles } from '../../helpers/instance-header.ts';

function stack(count: number, differing: Partial<InstanceHeader> = {}, spacing = 2.5): readonly InstanceFile[] {
  return seriesFiles(Array.from({ length: count }, (_, index) => index * spacing), differing);
}

function verdict(differing: Partial<InstanceHeader>): string | null {
  const { series, chosen } = assessStudy(stack(20, differing));
  expect(chosen === null).toBe(series[0]?.rejection !== null);
  return series[0]?.rejection?.code ?? null;
}

describe('assessStudy', () => {
  it.each<[Partial<InstanceHeader>, string | null]>([
    [{}, null],
    [{ modality: 'PT', sopClassUid: '1.2.840.10008.5.1.4.1.1.128' }, 'not-ct'],
    [{ modality: 'MR' }, 'not-ct'],
    [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.7' }, 'secondary-capture'],
    [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.7.4' }, 'secondary-capture'],
    [{ samplesPerPixel: 3, photometricInterpretation: 'RGB' }, 'secondary-capture'],
    [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.2.1' }, 'multi-frame'],
    [{ numberOfFrames: 40 }, 'multi-frame'],
    [{ imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }, 'localizer'],
    [{ imageType: ['DERIVED', 'SECONDARY', 'REFORMATTED', 'AVERAGE'] }, 'derived'],
    [{ imageType: ['ORIGINAL', 'SECONDARY', 'AXIAL', 'SCREEN SAVE'] }, 'derived'],
    [{ imageType: [] }, null],
    [{ imageType: ['ORIGINAL', 'PRIMARY'] }, null],
    [{ imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL', 'CT_SOM5 SPI'] }, null],
    [{ burnedInAnnotation: 'YES' }, 'burned-in-annotation'],
    [{ burnedInAnnotation: 'NO' }, null],
    [{ recognizableVisualFeatures: 'YES' }, 'head-or-face'],
    [{ imageOrientationPatient: [0, 1, 0, 0, 0, -1] }, 'not-axial'],
    [{ imageOrientationPatient: [1, 0, 0, 0, 0, -1] }, 'not-axial'],
    [{ imageOrientationPatient: null }, 'geometry-missing'],
    [{ imagePositionPatient: null }, 'geometry-missing'],
    [{ pixelSpacing: null }, 'geometry-missing'],
    [{ imageOrientationPatient: [1, 0, 0, 0, 0.9135, 0.4067] }, null],
    [{ imageOrientationPatient: [1, 0, 0, 0, 0.8988, 0.4384] }, 'not-axial'],
  ])('judges %o as %s', (differing, code) => {
    expect(verdict(differing)).toBe(code);
  });

  it.each<[string | null, string | null, string | null]>([
    ['CHEST', null, null], ['THORAX', null, null], ['LUNG', null, null], ['TORSO', null, null], ['WHOLEBODY', null, null],
    ['CHESTABDPELVIS', null, null], [null, null, null], [null, 'Thorax 1.0', null],
    ['ABDOMEN', null, 'not-chest'], ['ABDOMEN', 'Lung 1.25 mm', null], ['ABDOMEN', '胸部平扫', null], ['SPINE', 'Routine', 'not-chest'],
    ['HEAD', 'Chest', 'head-or-face'], ['BRAIN', null, 'head-or-face'], ['NECK', null, 'head-or-face'], ['HEADNECKCHEST', null, 'head-or-face'],
    [null, 'Head without contrast', 'head-or-face'], [null, '头颅平扫', 'head-or-face'], [null, 'Overhead arms', null],
  ])('judges body part %s with description %s as %s', (bodyPartExamined, seriesDescription, code) => {
    expect(verdict({ bodyPartExamined, seriesDescription })).toBe(code);
  });

  it.each([[7, 'too-few-slices'], [8, null]])('judges %d slices as %s', (count, code) => {
    expect(assessStudy(stack(count)).series[0]?.rejection?.code ?? null).toBe(code);
  });

  it('leaves a localizer among the slices out', () => {
    const localizer = seriesFiles([500], { sopInstanceUid: '9', imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] });
    const { chosen } = assessStudy([...localizer, ...stack(20)]);
    expect([chosen?.instanceCount, chosen?.slices.length]).toEqual([21, 20]);
    expect(chosen?.problems).toEqual([]);
  });

  /** A stack whose slice at 25 mm is written otherwise. */
  function withOdd(differing: Partial<InstanceHeader>): readonly InstanceFile[] {
    return stack(20).map((file, index) => (index === 10 ? { ...file, header: { ...file.header, ...differing } } : file));
  }

  it.each<[Partial<InstanceHeader>, string]>([
    [{ imagePositionPatient: null }, 'geometry-missing'], [{ imageOrientationPatient: null }, 'geometry-missing'],
    [{ pixelSpacing: null }, 'geometry-missing'], [{ imageType: ['DERIVED', 'SECONDARY'] }, 'instance-set-aside'],
    [{ modality: 'PT' }, 'instance-set-aside'], [{ numberOfFrames: 3, imagePositionPatient: null }, 'instance-set-aside'],
    [{ rows: 256, columns: 256 }, 'instance-set-aside'], [{ imageOrientationPatient: [1, 0, 0, 0, 0.97, 0.2431] }, 'instance-set-aside'],
  ])('reads the others when one slice has %o, and says %s', (differing, code) => {
    const { chosen } = assessStudy(withOdd(differing));
    expect(chosen?.slices).toHaveLength(19);
    expect(chosen?.problems).toContainEqual(expect.objectContaining({ code, sopInstanceUid: '1.2.3.4.10' }));
  });

  it.each<[Partial<InstanceHeader>]>([
    [{ imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }], [{ imageOrientationPatient: [1, 0, 0, 0, 0, -1] }],
  ])('makes no problem of an image with %o', (differing) => {
    expect(assessStudy(withOdd(differing)).chosen?.problems.map(({ code }) => code)).toEqual(['series-gap']);
  });

  it('makes no problem of a computed image where a slice is read', () => {
    const computed = seriesFiles([25], { sopInstanceUid: '9', imageType: ['DERIVED'] });
    expect(assessStudy([...stack(20), ...computed]).chosen?.problems).toEqual([]);
  });

  it('takes ten copies of one slice for one slice', () => {
    const copies = seriesFiles(Array.from({ length: 10 }, () => 0)).map((file) => ({ ...file, pixelSha256: 'same' }));
    expect(assessStudy(copies).series[0]?.rejection?.code).toBe('too-few-slices');
  });

  it('notes slices further apart than they are thick, and uneven scales', () => {
    const codes = (files: readonly InstanceFile[]): unknown => assessStudy(files).chosen?.problems.map(({ code }) => code);
    expect(codes(stack(20, { sliceThickness: 1.25 }))).toEqual(['slices-apart']);
    expect(codes(withOdd({ rescaleIntercept: 0 }))).toEqual(['scale-uneven']);
  });

  it('rejects a series for one slice with burned-in text', () => {
    const [first, ...rest] = stack(20);
    if (first === undefined) throw new Error('no slice');
    const files = [{ ...first, header: { ...first.header, burnedInAnnotation: 'YES' } }, ...rest];
    expect(assessStudy(files).series[0]?.rejection?.code).toBe('burned-in-annotation');
  });

  it.each<[Partial<InstanceHeader>]>([
    [{ rows: 256, columns: 256 }], [{ pixelSpacing: [0.8, 0.8] }], [{ imageOrientationPatient: [1, 0, 0, 0, 0.97, 0.2431] }], [{ frameOfReferenceUid: '7' }],
  ])('rejects a series in which some slices differ by %o', (differing) => {
    const lower = stack(10);
    const upper = seriesFiles([30, 32.5, 35], differing).map((file, index) => ({
      ...file, header: { ...file.header, sopInstanceUid: `8.${String(index)}` },
    }));
    expect(assessStudy([...lower, ...upper]).series[0]?.rejection?.code).toBe('mixed-geometry');
  });

  it('chooses the thin series and says so of the thick one', () => {
    const { series, chosen } = assessStudy([
      ...stack(30, { seriesInstanceUid: 'thick', seriesNumber: 2 }, 5),
      ...stack(120, { seriesInstanceUid: 'thin', seriesNumber: 3, sliceThickness: 1.25 }, 1.25),
    ]);
    expect(chosen?.seriesInstanceUid).toBe('thin');
    expect(series.map(({ rejection }) => rejection?.code ?? null)).toEqual(['another-series-chosen', null]);
  });

  it('prefers coverage to thinness', () => {
    const { chosen } = assessStudy([
      ...stack(60, { seriesInstanceUid: 'whole', sliceThickness: 5 }, 5),
      ...stack(40, { seriesInstanceUid: 'part', sliceThickness: 1 }, 1),
    ]);
    expect(chosen?.seriesInstanceUid).toBe('whole');
  });

  it('prefers a whole series to one with a gap', () => {
    const gappy = seriesFiles([...Array(60).keys()].filter((index) => index < 20 || index > 30).map((index) => index * 2), { seriesInstanceUid: 'gap', sliceThickness: 1 });
    expect(assessStudy([...gappy, ...stack(24, { seriesInstanceUid: 'whole', sliceThickness: 5 }, 5)]).chosen?.seriesInstanceUid).toBe('whole');
  });

  it.each(['LUNG', 'B70f', 'Bl57f', 'FC51', 'BONEPLUS', 'YC'])('prefers the sharp kernel %s on ties', (convolutionKernel) => {
    const { chosen } = assessStudy([
      ...stack(30, { seriesInstanceUid: 'a', seriesNumber: 1, convolutionKernel: 'B30f' }),
      ...stack(30, { seriesInstanceUid: 'b', seriesNumber: 2, convolutionKernel }),
    ]);
    expect(chosen?.seriesInstanceUid).toBe('b');
  });

  it('does not depend on the order of the files', () => {
    const files = [
      ...stack(9, { seriesInstanceUid: 'a', seriesNumber: null }),
      ...stack(9, { seriesInstanceUid: 'b', seriesNumber: null }),
      ...stack(3, { seriesInstanceUid: 'c', seriesNumber: 1, imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }),
      ...stack(2, { seriesInstanceUid: 'd', seriesNumber: 2, modality: 'SR' }),
    ];
    const expected = assessStudy(files);
    expect(expected.chosen?.seriesInstanceUid).toBe('a');
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(assessStudy(shuffled)).toEqual(expected);
      }),
    );
  });

  it('chooses nothing from nothing', () => {
    expect(assessStudy([])).toEqual({ series: [], chosen: null });
  });

  it('keeps UIDs and names out of its texts', () => {
    const { series } = assessStudy([...seriesFiles([0, 1, 2, 9, 9], { seriesInstanceUid: '1.2.840.99.77', patientName: 'Secret' })]);
    const texts = series.flatMap((entry) => [entry.rejection?.text, ...entry.problems.map(({ message }) => message)]);
    expect(texts.join(' ')).not.toMatch(/1\.2\.840|Secret|\.dcm/);
    expect(texts.length).toBeGreaterThan(2);
  });
});
