import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import { voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../../../src-main/imaging/pictures/picture.ts';
import { cropPlane } from '../../../../src-main/imaging/pictures/plane.ts';
import { blockLies, slope, writtenBlock } from '../lungs/block-phantom.ts';

const planes = ['axial', 'coronal', 'sagittal'] as const;
const small = { fieldMm: 4, pixels: 9, thicknessMm: 0 } as const;

function middleOf(volume: VoxelBlock): PatientPoint {
  return voxelToPatient(volume, (volume.columns - 1) / 2, (volume.rows - 1) / 2, (volume.slices.length - 1) / 2);
}

describe('cropPlane', () => {
  it.each(blockLies.flatMap((lie) => planes.map((plane) => [plane, lie] as const)))('cuts %s planes of %s slices where the affine says', (plane, lie) => {
    const volume = writtenBlock(slope, { lie });
    const centre = middleOf(volume);
    for (const thicknessMm of [0, 3]) {
      const crop = cropPlane(volume, { ...small, centre, plane, thicknessMm });
      expect(crop.touchesGap).toBe(false);
      for (const [index, value] of crop.pixels.entries()) {
        expect(Math.abs(value - slope(pixelToPatient(crop.affine, index % 9, Math.floor(index / 9))))).toBeLessThanOrEqual(1);
      }
    }
  });

  it('follows uneven slices', () => {
    const volume = writtenBlock(slope, { positions: [0, 2, 3.7, 6, 8.3, 10, 12.5, 14], lie: 'tilted' });
    const crop = cropPlane(volume, { ...small, centre: middleOf(volume), plane: 'coronal' });
    for (const [index, value] of crop.pixels.entries()) {
      expect(Math.abs(value - slope(pixelToPatient(crop.affine, index % 9, Math.floor(index / 9))))).toBeLessThanOrEqual(1);
    }
  });

  it('puts the centre in the middle and the field around it, as pictures are hung', () => {
    fc.assert(fc.property(fc.constantFrom(...planes), fc.integer({ min: 1, max: 40 }), fc.double({ min: 1, max: 300, noNaN: true }), (plane, pixels, fieldMm) => {
      const centre: PatientPoint = [-21, 20, 8];
      const { affine } = cropPlane(writtenBlock(() => 0, { columns: 4, rows: 4 }), { centre, plane, pixels, fieldMm, thicknessMm: 0 });
      const first = pixelToPatient(affine, -0.5, -0.5);
      const last = pixelToPatient(affine, pixels - 0.5, pixels - 0.5);
      const half = fieldMm / 2;
      const expected = { axial: [half, half, 0], coronal: [half, 0, -half], sagittal: [0, half, -half] }[plane];
      for (const axis of [0, 1, 2] as const) {
        expect(last[axis] - centre[axis]).toBeCloseTo(expected[axis] ?? 0, 6);
        expect(first[axis] - centre[axis]).toBeCloseTo(-(expected[axis] ?? 0), 6);
      }
    }), { numRuns: 60 });
  });

  it('is air outside of the volume, up to half a voxel beyond the outermost centres', () => {
    const volume = writtenBlock(() => 200);
    const crop = cropPlane(volume, { centre: [-29.8, 20, 8], plane: 'axial', fieldMm: 5.6, pixels: 8, thicknessMm: 0 });
    // Columns of 0.7 mm: the volume begins half a voxel left of x = -30.
    expect([...crop.pixels.subarray(0, 8)]).toEqual([-1024, -1024, -1024, 200, 200, 200, 200, 200]);
    expect(crop.touchesGap).toBe(false);
    const above = (z: number): number | undefined => cropPlane(volume, { centre: [-25, 20, z], plane: 'axial', fieldMm: 0.5, pixels: 1, thicknessMm: 0 }).pixels[0];
    expect([above(18.7), above(18.8), above(-1.2), above(-1.3)]).toEqual([200, -1024, 200, -1024]);
  });

  it('draws no tissue into a gap of the series and says so', () => {
    const volume = writtenBlock(() => 200, { positions: [0, 2.5, 5, 15, 17.5, 20] });
    const crop = cropPlane(volume, { centre: [-25, 20, 10], plane: 'coronal', fieldMm: 11, pixels: 11, thicknessMm: 0 });
    const column = Array.from({ length: 11 }, (_, row) => crop.pixels[row * 11 + 5]);
    expect(column).toEqual([200, 200, -1024, -1024, -1024, -1024, -1024, -1024, -1024, 200, 200]);
    expect(crop.touchesGap).toBe(true);
  });

  it('does not interpolate with a slice that could not be decoded and says so', () => {
    const volume = writtenBlock(() => 200, { undecoded: [3] });
    const at = (z: number) => cropPlane(volume, { centre: [-25, 20, z], plane: 'axial', fieldMm: 1, pixels: 1, thicknessMm: 0 });
    expect(at(6)).toMatchObject({ pixels: Int16Array.of(200), touchesGap: false });
    expect(at(7.5)).toMatchObject({ pixels: Int16Array.of(-1024), touchesGap: true });
  });

  it('loses nothing between pixels that are larger than voxels', () => {
    const bright = writtenBlock(() => 0);
    bright.voxels[3 * 24 * 20 + 7 * 24 + 11] = 3000;
    const crop = cropPlane(bright, { centre: [-30 + 11.5 * 0.7, 12 + 9.5 * 0.8, 7.5], plane: 'axial', fieldMm: 12, pixels: 4, thicknessMm: 0 });
    const total = crop.pixels.reduce((sum, value) => sum + value, 0) * 3 * 3;
    expect(total / (3000 * 0.7 * 0.8)).toBeGreaterThan(0.8);
    expect(total / (3000 * 0.7 * 0.8)).toBeLessThan(1.2);
  });

  it('shows the brightest of its thickness when asked', () => {
    const volume = writtenBlock(([, , z]) => (Math.abs(z - 7.5) < 0.1 ? 500 : -800));
    const cut = { centre: [-25, 20, 8.75] as PatientPoint, plane: 'axial', fieldMm: 1, pixels: 1, thicknessMm: 10 } as const;
    expect(cropPlane(volume, { ...cut, mode: 'maximum' }).pixels[0]).toBeGreaterThan(100);
    expect(cropPlane(volume, cut).pixels[0]).toBeLessThan(-300);
  });

  it.each([[{ fieldMm: 0 }], [{ pixels: 0 }], [{ pixels: 2.5 }], [{ thicknessMm: -1 }], [{ fieldMm: NaN }]])('refuses %j', (differing) => {
    expect(() => cropPlane(writtenBlock(slope), { ...small, centre: [0, 0, 0], plane: 'axial', ...differing })).toThrow(RangeError);
  });
});
