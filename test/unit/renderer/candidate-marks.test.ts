import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { markOfCandidate, middleOfCandidate, patientToPixel } from '../../../src-renderer/viewer/candidate-marks.ts';
import { syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { sampleCandidates } from '../../helpers/renderer-harness/sample-candidates.ts';

const series = syntheticSeries(107);
const candidates = sampleCandidates(series);

function affineOf(sliceIndex: number): ImageAffine {
  const slice = series[sliceIndex];
  if (slice === undefined) throw new Error('no such slice');
  return { origin: slice.origin, columnStep: [slice.pixelSpacing[1], 0, 0], rowStep: [0, slice.pixelSpacing[0], 0] };
}

describe('patientToPixel', () => {
  it('takes back what pixelToPatient does, on turned slices too', () => {
    const angle = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    const pixel = fc.double({ min: -20, max: 600, noNaN: true });
    fc.assert(fc.property(angle, angle, pixel, pixel, (turn, tilt, column, row) => {
      const affine: ImageAffine = {
        origin: [-180, -170, 42], columnStep: [0.7 * Math.cos(turn), 0.7 * Math.sin(turn), 0],
        rowStep: [-0.8 * Math.sin(turn) * Math.cos(tilt), 0.8 * Math.cos(turn) * Math.cos(tilt), 0.8 * Math.sin(tilt)],
      };
      const back = patientToPixel(affine, pixelToPatient(affine, column, row));
      expect(back[0]).toBeCloseTo(column, 6);
      expect(back[1]).toBeCloseTo(row, 6);
    }));
  });
});

describe('markOfCandidate', () => {
  const [first] = candidates;
  if (first?.size.kind !== 'nodule') throw new Error('the first sample is measured');
  const { size } = first;

  it('draws the callipers on the slice of the axes only, as long as they were measured', () => {
    const mark = markOfCandidate(first, size.sliceIndex, affineOf(size.sliceIndex));
    const lengths = mark?.callipers.map(([from, to]) => Math.hypot(to[0] - from[0], to[1] - from[1]) * 2.8);
    expect(lengths?.[0]).toBeCloseTo(size.axes.long.lengthMm, 6);
    expect(lengths?.[1]).toBeCloseTo(size.axes.short.lengthMm, 6);
    expect(markOfCandidate(first, size.sliceIndex + 1, affineOf(size.sliceIndex + 1))).toMatchObject({ callipers: [], circle: null });
  });

  it('draws nothing where the nodule has no section', () => {
    expect(markOfCandidate(first, first.toSliceIndex + 1, affineOf(first.toSliceIndex + 1))).toBeNull();
  });

  it('draws a ball of the rough size where nothing was measured', () => {
    const unmeasured = candidates.find((one) => one.size.kind === 'no-region');
    if (unmeasured === undefined) throw new Error('one sample is not measured');
    const { sliceIndex, centreMm, blobMm } = unmeasured;
    const mark = markOfCandidate(unmeasured, sliceIndex, affineOf(sliceIndex));
    expect(mark).toMatchObject({ outline: [], callipers: [] });
    expect(mark?.circle?.radius).toBeCloseTo(blobMm / 2 / 2.8, 6);
    expect(mark?.circle?.centre).toEqual(patientToPixel(affineOf(sliceIndex), centreMm));
    expect(markOfCandidate(unmeasured, unmeasured.toSliceIndex + 1, affineOf(unmeasured.toSliceIndex + 1))).toBeNull();
  });
});

describe('middleOfCandidate', () => {
  it('is within half a pixel of the centre the sample was made at', () => {
    for (const candidate of candidates) {
      const affine = affineOf(candidate.sliceIndex);
      const [column, row] = middleOfCandidate(candidate, candidate.sliceIndex, affine);
      const wanted = patientToPixel(affine, candidate.centreMm);
      expect(Math.hypot(column - wanted[0], row - wanted[1]), `rank ${candidate.rank}`).toBeLessThan(0.5);
    }
  });
});
