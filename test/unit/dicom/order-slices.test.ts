import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesOf } from '../../../src-main/dicom/instance-frames.ts';
import { orderSlices } from '../../../src-main/dicom/order-slices.ts';
import type { OrderedSlices } from '../../../src-main/dicom/order-slices.ts';
import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import { seriesFiles } from '../../helpers/instance-header.ts';

const steps = (count: number, spacing = 2.5): readonly number[] => Array.from({ length: count }, (_, index) => index * spacing);

function orderFiles(files: readonly InstanceFile[]): OrderedSlices {
  return orderSlices(framesOf(files));
}

describe('orderSlices', () => {
  it('orders from feet to head whatever the instance numbers say', () => {
    const { slices, spacingBetweenSlicesMm, problems } = orderFiles(seriesFiles([10, 2.5, 7.5, 0, 5]));
    expect(slices.map((slice) => slice.positionMm)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(spacingBetweenSlicesMm).toBe(2.5);
    expect(problems).toEqual([]);
  });

  it('orders from feet to head when the slices are seen from above', () => {
    const { slices } = orderFiles(seriesFiles(steps(4), { imageOrientationPatient: [1, 0, 0, 0, -1, 0] }));
    expect(slices.map((slice) => slice.positionMm)).toEqual([0, 2.5, 5, 7.5]);
  });

  it('measures positions along the normal of a tilted gantry', () => {
    const files = seriesFiles(steps(3, 5), { imageOrientationPatient: [1, 0, 0, 0, 0.8, -0.6] });
    expect(orderFiles(files).spacingBetweenSlicesMm).toBeCloseTo(4);
  });

  it.each([
    [[0, 2.5, 5, 10, 12.5], 'a gap of 5.0 mm: about 1 slice is missing between z 5.0 mm and 10.0 mm'],
    [[0, 2.5, 5, 15, 17.5], 'a gap of 10.0 mm: about 3 slices are missing between z 5.0 mm and 15.0 mm'],
    [[0, 10, 20, 35.1, 45.1], 'a gap of 15.1 mm: about 1 slice is missing between z 20.0 mm and 35.1 mm'],
  ])('reports the gap in %o', (positions, message) => {
    expect(orderFiles(seriesFiles(positions)).problems).toEqual([{ code: 'series-gap', message }]);
  });

  it('takes 1.5 times the usual distance for uneven and not for a gap', () => {
    expect(orderFiles(seriesFiles([0, 10, 20, 35, 45])).problems.map(({ code }) => code)).toEqual(['spacing-uneven']);
  });

  it('does not call rounded positions uneven', () => {
    expect(orderFiles(seriesFiles([0, 1.2, 2.5, 3.7, 5, 6.2])).problems).toEqual([]);
  });

  it('keeps the lower instance number of two slices at one position', () => {
    const { slices, problems } = orderFiles(seriesFiles([0, 2.5, 2.5, 5]));
    expect(slices.map((slice) => slice.instanceNumber)).toEqual([1, 2, 4]);
    expect(problems).toEqual([expect.objectContaining({ code: 'slice-conflict', sopInstanceUid: '1.2.3.4.2' })]);
  });

  it('merely notes a second slice with the same pixels', () => {
    const files = seriesFiles([0, 2.5, 2.5, 5]).map((file) => ({ ...file, pixelSha256: 'same' }));
    expect(orderFiles(files).problems).toEqual([expect.objectContaining({ code: 'slice-duplicate', sopInstanceUid: '1.2.3.4.2' })]);
  });

  it('takes a copied file once and says nothing', () => {
    const files = seriesFiles(steps(3));
    const { slices, problems } = orderFiles([...files, ...files.map((file) => ({ ...file, path: `${file.path} copy` }))]);
    expect(slices).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  it('reports an instance that is there twice with different pixels', () => {
    const files = seriesFiles(steps(3));
    const changed = files.slice(0, 1).map((file) => ({ ...file, pixelSha256: 'other' }));
    expect(orderFiles([...files, ...changed]).problems.map(({ code }) => code)).toEqual(['same-uid-other-pixels']);
  });

  it('gives the same order for every order of the files', () => {
    const files = seriesFiles([0, 2.5, 2.5, 5, 7.5, 30, 32.5]);
    const expected = orderFiles(files);
    fc.assert(
      fc.property(fc.shuffledSubarray([...files], { minLength: files.length }), (shuffled) => {
        expect(orderFiles(shuffled)).toEqual(expected);
      }),
    );
  });

  it('gives no slices without geometry', () => {
    expect(orderFiles(seriesFiles(steps(3), { imageOrientationPatient: null })).slices).toEqual([]);
    expect(orderFiles([])).toEqual({ slices: [], spacingBetweenSlicesMm: null, problems: [] });
  });
});
