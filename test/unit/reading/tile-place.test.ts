import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateBox, isOnTile, isShownBy, tileBoxes, tileCentre } from '../../../src-main/reading/tile-place.ts';
import { patientToPixel, pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PlannedTile } from '../../../src-shared/domain/request-plan.ts';
import { sampleCandidate, sampleSize } from '../../helpers/sample-candidate.ts';

/** 100 x 100 axial slices of 2 mm pixels, 5 mm apart; the first pixel is at -99, -99 mm. */
const slices = Array.from({ length: 10 }, (_, sliceIndex) => ({
  sliceIndex, sopInstanceUid: `1.2.${String(sliceIndex)}`, columns: 100, rows: 100,
  affine: { origin: [-99, -99, 5 * sliceIndex], columnStep: [2, 0, 0], rowStep: [0, 2, 0] } as const,
}));

/** 40 x 60 pixels of 1 mm at 20, 30 on its sheet; its own first pixel is at 10.5, -40.5 mm. */
function tile(change: Partial<PlannedTile> = {}, isMirrored = false): PlannedTile {
  const columnStep = [isMirrored ? -1 : 1, 0, 0] as const;
  const first = isMirrored ? 10.5 + 39 : 10.5;
  return {
    number: 1, role: 'slab', side: 'left', sliceIndices: [2, 3], candidateRank: null,
    panels: [{ left: 20, top: 30, columns: 40, rows: 60, plane: 'axial', thicknessMm: 10, affine: { origin: [first - 20 * columnStep[0], -40.5 - 30, 12.5], columnStep, rowStep: [0, 1, 0] } }],
    ...change,
  };
}

const coordinate = fc.double({ min: -400, max: 400, noNaN: true });
const step = fc.double({ min: 0.1, max: 3, noNaN: true });

/** Right-angled, in any direction, with pixels of any shape. */
const affines: fc.Arbitrary<ImageAffine> = fc.record({
  origin: fc.tuple(coordinate, coordinate, coordinate), across: step, down: step, turn: fc.double({ min: 0, max: 6.28, noNaN: true }), tilt: fc.double({ min: -1.5, max: 1.5, noNaN: true }), flip: fc.boolean(),
}).map(({ origin, across, down, turn, tilt, flip }) => {
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  const sign = flip ? -1 : 1;
  return {
    origin,
    columnStep: [sign * across * c, sign * across * s, 0] as const,
    rowStep: [-down * s * ct, down * c * ct, down * st] as const,
  };
});

describe('patientToPixel', () => {
  it('inverts pixelToPatient for any affine', () => {
    fc.assert(fc.property(affines, fc.double({ min: -50, max: 1000, noNaN: true }), fc.double({ min: -50, max: 1000, noNaN: true }), (affine, column, row) => {
      const [x, y] = patientToPixel(affine, pixelToPatient(affine, column, row));
      expect(x).toBeCloseTo(column, 6);
      expect(y).toBeCloseTo(row, 6);
    }));
  });

  it('leaves out how far a place lies above the picture', () => {
    fc.assert(fc.property(affines, coordinate, (affine, height) => {
      const { columnStep: a, rowStep: b } = affine;
      const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const;
      const length = Math.hypot(...normal);
      const [x, y, z] = pixelToPatient(affine, 12, 34);
      const [column, row] = patientToPixel(affine, [x + (height * normal[0]) / length, y + (height * normal[1]) / length, z + (height * normal[2]) / length]);
      expect(column).toBeCloseTo(12, 5);
      expect(row).toBeCloseTo(34, 5);
    }));
  });
});

describe('isOnTile', () => {
  it.each([
    ['in the middle', [30, 0, 12], 2, true],
    ['on another slice', [30, 0, 12], 4, false],
    ['just inside of the left edge', [10.01, 0, 12], 3, true],
    ['just outside of the left edge', [9.99, 0, 12], 3, false],
    ['just inside of the right edge', [49.99, 0, 12], 3, true],
    ['at the right edge', [50.01, 0, 12], 3, false],
    ['above', [30, -41.01, 12], 3, false],
    ['below', [30, 19.01, 12], 3, false],
  ] as const)('tells of a place %s', (_, point, sliceIndex, isOn) => {
    expect(isOnTile(tile(), point, sliceIndex)).toBe(isOn);
    expect(isOnTile(tile({}, true), point, sliceIndex)).toBe(isOn);
  });

  it('says no of a tile whose place nobody knows', () => {
    expect(isOnTile(tile({ panels: [] }), [30, 0, 12], 2)).toBe(false);
    expect(isOnTile(tile({ panels: tile().panels.map((panel) => ({ ...panel, affine: null })) }), [30, 0, 12], 2)).toBe(false);
  });
});

describe('tileBoxes', () => {
  it('gives what each covered slice shows of the tile, mirrored or not, held within the slice', () => {
    for (const isMirrored of [false, true]) {
      const boxes = tileBoxes(tile({}, isMirrored), slices);
      expect(boxes.map(({ sliceIndex, sopInstanceUid }) => [sliceIndex, sopInstanceUid])).toEqual([[2, '1.2.2'], [3, '1.2.3']]);
      // From 10 to 50 mm and from -41 to 19 mm; a slice's pixel edges are at -100, -98, …
      expect(boxes[0]).toMatchObject({ columnMin: 55, columnMax: 75, rowMin: 29.5, rowMax: 59.5 });
    }
    const [wide] = tileBoxes(tile({ panels: tile().panels.map((panel) => ({ ...panel, left: -400, columns: 1000 })) }), slices);
    expect(wide).toMatchObject({ columnMin: 0, columnMax: 100 });
  });
});

describe('candidateBox', () => {
  it('is as large as the longest diameter, or as what was found where nothing was measured', () => {
    const [, , slice] = slices;
    if (slice === undefined) throw new Error('no slice');
    expect(candidateBox(slice, sampleCandidate({ centreMm: [1, 1, 10], size: sampleSize() }))).toMatchObject({ columnMin: 48.5, columnMax: 52.5, rowMin: 48.5, rowMax: 52.5 });
    const unmeasured = sampleCandidate({ centreMm: [1, 1, 10], size: { kind: 'no-region', reason: 'no-wall' } as never, blobMm: 4 });
    expect(candidateBox(slice, unmeasured)).toMatchObject({ columnMin: 49.5, columnMax: 51.5 });
  });
});

describe('tileCentre and isShownBy', () => {
  it('give the middle of the tiles, to tenths, and tell whose candidate a tile shows', () => {
    expect(tileCentre([tile()])).toEqual([30, -11, 12.5]);
    expect(tileCentre([tile({}, true)])).toEqual([30, -11, 12.5]);
    expect(tileCentre([tile(), tile({ panels: tile().panels.map((panel) => ({ ...panel, left: 40 })) })])).toEqual([40, -11, 12.5]);
    expect([isShownBy(tile(), [30, -11, 12.5]), isShownBy(tile(), [30.9, -11, 12.5]), isShownBy(tile(), [30, -11, 13.6]), isShownBy(tile({ panels: [] }), [0, 0, 0])])
      .toEqual([true, true, false, false]);
  });
});
