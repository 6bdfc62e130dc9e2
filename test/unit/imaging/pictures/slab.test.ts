import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import { sliceVoxels } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../../../src-main/imaging/pictures/picture.ts';
import { projectPlanned, projectSlab, slabStack } from '../../../../src-main/imaging/pictures/slab.ts';
import type { Slab } from '../../../../src-main/imaging/pictures/slab.ts';
import { planEachSlice } from '../../../../src-main/imaging/pictures/slab-plan.ts';
import { blockLies, slope, writtenBlock } from '../lungs/block-phantom.ts';

const usual = { thicknessMm: 10, stepMm: 5, mode: 'maximum' } as const;

function expectSlope(slab: Slab): void {
  for (const [index, value] of slab.pixels.entries()) {
    const expected = slope(pixelToPatient(slab.affine, index % slab.columns, Math.floor(index / slab.columns)));
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(1);
  }
}

/** The plain projection that the shared one has to equal. */
function plainExtreme(volume: VoxelBlock, slices: readonly number[], pixel: number, mode: 'maximum' | 'minimum'): number {
  const values = slices.map((slice) => sliceVoxels(volume as CtVolume, slice)[pixel] ?? 0);
  return mode === 'maximum' ? Math.max(...values) : Math.min(...values);
}

function hashed(point: readonly number[]): number {
  return Math.round((Math.sin(point[0]! * 12.9 + point[1]! * 78.2 + point[2]! * 37.7) * 43758.5) % 1000);
}

describe('slabStack', () => {
  it.each(blockLies)('lays the mean of %s slices where its affine says', (lie) => {
    const { slabs } = slabStack(writtenBlock(slope, { lie }), { ...usual, mode: 'mean' });
    expect(slabs.length).toBeGreaterThan(2);
    for (const slab of slabs) expectSlope(slab);
  });

  it('lays the mean of uneven slices where its affine says', () => {
    const { slabs } = slabStack(writtenBlock(slope, { positions: [0, 1, 2.2, 3, 4.1, 5, 6.4, 7, 8, 9.3, 10], lie: 'tilted' }), { ...usual, thicknessMm: 4, stepMm: 2, mode: 'mean' });
    for (const slab of slabs) expectSlope(slab);
  });

  it('takes four slices of 2.5 mm into 10 mm and shares two with the next slab', () => {
    const { slabs } = slabStack(writtenBlock(slope), usual);
    expect(slabs.map((slab) => slab.sliceIndices)).toEqual([[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7]]);
    expect(slabs.map((slab) => slab.positionMm)).toEqual([3.75, 8.75, 13.75]);
    expect(slabs.map((slab) => slab.thicknessMm)).toEqual([10, 10, 10]);
  });

  it('lets every slab show a slice that the one before did not, also where slices are thicker than the step', () => {
    const { slabs } = slabStack(writtenBlock(slope, { positions: [0, 8, 16, 24, 32] }), usual);
    expect(slabs.map((slab) => slab.sliceIndices)).toEqual([[0], [1], [2], [2, 3], [4]]);
  });

  it('equals the plain projection and holds every decoded slice, whatever the positions', () => {
    const arbitrary = fc.record({
      distances: fc.array(fc.double({ min: 0.4, max: 9, noNaN: true }), { minLength: 1, maxLength: 14 }),
      undecoded: fc.array(fc.nat(14), { maxLength: 3 }),
      thicknessMm: fc.double({ min: 1, max: 30, noNaN: true }),
      step: fc.double({ min: 0.1, max: 1, noNaN: true }),
      mode: fc.constantFrom('maximum' as const, 'minimum' as const),
    });
    fc.assert(fc.property(arbitrary, ({ distances, undecoded, thicknessMm, step, mode }) => {
      let height = -20;
      const positions = [height, ...distances.map((distance) => (height += distance))];
      const volume = writtenBlock(hashed, { columns: 5, rows: 4, positions, undecoded });
      const crop = { left: 1, top: 1, columns: 3, rows: 2 };
      const { slabs, undecodedSlices } = slabStack(volume, { thicknessMm, stepMm: thicknessMm * step, mode, crop });
      const decoded = volume.slices.flatMap(({ problem }, index) => (problem === null ? [index] : []));
      expect([...new Set(slabs.flatMap((slab) => slab.sliceIndices))].sort((a, b) => a - b)).toEqual(decoded);
      expect(undecodedSlices).toEqual([...volume.slices.keys()].filter((index) => !decoded.includes(index)));
      for (const { pixels, sliceIndices } of slabs) {
        expect([...pixels]).toEqual([6, 7, 8, 11, 12, 13].map((pixel) => plainExtreme(volume, sliceIndices, pixel, mode)));
      }
    }), { numRuns: 200 });
  });

  it('covers the extent that is asked for and nothing else', () => {
    const { slabs } = slabStack(writtenBlock(slope), { ...usual, extent: [2, 6] });
    expect(slabs.map((slab) => slab.sliceIndices)).toEqual([[2, 3, 4, 5], [4, 5, 6]]);
  });

  it('says where slices are missing and which slabs reach there', () => {
    const { slabs, gaps } = slabStack(writtenBlock(slope, { positions: [0, 2.5, 5, 15, 17.5, 20, 22.5, 25] }), usual);
    expect(gaps).toEqual([{ fromMm: 5, toMm: 15 }]);
    expect(slabs.map(({ sliceIndices, touchesGap }) => [sliceIndices, touchesGap])).toEqual([
      [[0, 1, 2], true], [[3, 4], true], [[3, 4, 5, 6], false], [[5, 6, 7], false],
    ]);
  });

  it('leaves out slices that could not be decoded and says so', () => {
    const { slabs, undecodedSlices } = slabStack(writtenBlock(slope, { undecoded: [1, 5] }), { ...usual, mode: 'minimum' });
    expect(undecodedSlices).toEqual([1, 5]);
    expect(slabs.map((slab) => [slab.sliceIndices, slab.undecodedSlices])).toEqual([[[0, 2, 3], [1]], [[2, 3, 4], [5]], [[4, 6, 7], [5]]]);
    for (const slab of slabs) expect(Math.min(...slab.pixels)).toBeGreaterThan(-1024);
  });

  it('never projects across a jump of the picture plane', () => {
    const volume = writtenBlock(slope, { shift: (slice) => (slice < 3 ? [0, 0] : [40, -25]) });
    const { slabs } = slabStack(volume, { ...usual, mode: 'mean' });
    expect(slabs.map((slab) => slab.sliceIndices)).toEqual([[0, 1, 2], [3], [3, 4, 5], [4, 5, 6, 7]]);
    for (const slab of slabs) expectSlope(slab);
  });

  it.each([
    [{ thicknessMm: 5, stepMm: 10 }], [{ thicknessMm: 0, stepMm: 0 }], [{ stepMm: -1 }], [{ thicknessMm: NaN }],
    [{ extent: [0, 8] as const }], [{ crop: { left: 0, top: 0, columns: 25, rows: 20 } }], [{ crop: { left: 0.5, top: 0, columns: 4, rows: 4 } }],
  ])('refuses %j', (differing) => {
    expect(() => slabStack(writtenBlock(slope), { ...usual, ...differing })).toThrow(RangeError);
  });
});

describe('planEachSlice', () => {
  it('gives every decoded slice as it is', () => {
    const volume = writtenBlock(hashed, { positions: [0, 2, 3, 7, 8, 9], undecoded: [4], lie: 'tilted' });
    const planned = planEachSlice(volume, [1, 5]);
    expect(planned.map(({ sliceIndices }) => sliceIndices)).toEqual([[1], [2], [3], [5]]);
    for (const { sliceIndices: [index], pixels, affine, positionMm } of projectPlanned(volume, planned, { mode: 'maximum' })) {
      expect(pixels).toEqual(sliceVoxels(volume as CtVolume, index ?? -1).slice());
      expect({ affine, positionMm }).toEqual({ affine: volume.slices[index ?? -1]?.affine, positionMm: volume.slices[index ?? -1]?.positionMm });
    }
  });

  it('refuses slices that the volume does not have', () => {
    expect(() => planEachSlice(writtenBlock(slope), [0, 8])).toThrow(RangeError);
  });
});

describe('projectSlab', () => {
  it('projects the slices around a height', () => {
    const slab = projectSlab(writtenBlock(slope), { centreMm: 6.25, thicknessMm: 5, mode: 'mean' });
    expect(slab.sliceIndices).toEqual([2, 3]);
    expectSlope(slab);
  });

  it('gives the nearest slice where the slab is thinner than the slices', () => {
    const slab = projectSlab(writtenBlock(slope), { centreMm: 6, thicknessMm: 0.5, mode: 'maximum' });
    expect(slab).toMatchObject({ sliceIndices: [2], thicknessMm: 2.5 });
    expectSlope(slab);
  });

  it('crops with its affine', () => {
    const crop = { left: 3, top: 5, columns: 7, rows: 6 };
    expectSlope(projectSlab(writtenBlock(slope, { lie: 'oblique' }), { centreMm: 5, thicknessMm: 5, mode: 'mean', crop }));
  });

  it('refuses a place that no slice stands for', () => {
    const volume = writtenBlock(slope, { positions: [0, 2.5, 5, 15, 17.5] });
    for (const centreMm of [-5, 10, 40]) expect(() => projectSlab(volume, { centreMm, thicknessMm: 1, mode: 'mean' })).toThrow(RangeError);
  });
});
