import { describe, expect, it } from 'vitest';
import { lungLabels } from '../../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../../src-main/imaging/lungs/lung-mask.ts';
import { placeByMidline, placeInLungs } from '../../../src-main/reading/place-finding.ts';

describe('placeByMidline', () => {
  it.each([
    [-50, 'right'], [-10, 'right'], [-9.9, 'indeterminate'], [9.9, 'indeterminate'], [10, 'left'], [50, 'left'],
  ] as const)('puts a point %f mm to the left of the middle %s', (offset, side) => {
    expect(placeByMidline(4)([4 + offset, 0, 0])).toEqual({ side, lobe: 'indeterminate' });
  });

  it('does not know without a middle', () => {
    expect(placeByMidline(null)([50, 0, 0])).toEqual({ side: 'indeterminate', lobe: 'indeterminate' });
  });
});

/** 40 x 20 x 40 cells of 10 mm, x from -200 to 190: a right lung from -150 to -60 mm, a left one from 60 to 150 mm. */
function chest(): { readonly mask: LungMask; readonly slices: Parameters<typeof placeInLungs>[1] } {
  const [columns, rows, slices] = [40, 20, 40];
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  for (let index = 0; index < labels.length; index += 1) {
    const [x, row, slice] = [(index % columns) * 10 - 200, Math.floor(index / columns) % rows, Math.floor(index / columns / rows)];
    if (row < 4 || row > 15 || slice < 5 || slice > 34 || Math.abs(x) < 60 || Math.abs(x) > 150) continue;
    labels[index] = x < 0 ? lungLabels.rightLung : lungLabels.leftLung;
  }
  const mask: LungMask = { kind: 'lungs', reason: null, notes: [], columns, rows, slices, step: [1, 1, 1], labels, rightMm3: 1, leftMm3: 1, extent: [5, 34] };
  const placed = Array.from({ length: slices }, (_, index) => ({
    sopInstanceUid: `1.${String(index)}`, frameNumber: 1, positionMm: 10 * index, problem: null,
    affine: { origin: [-200, -100, 10 * index], columnStep: [10, 0, 0], rowStep: [0, 10, 0] } as const,
  }));
  return { mask, slices: { columns, rows, slices: placed, spacingMm: [10, 10, 10], sliceThicknessMm: null } };
}

describe('placeInLungs', () => {
  const { mask, slices } = chest();
  const placeOf = placeInLungs(mask, slices, () => ({ side: 'left', lobe: 'left-upper' }));

  it.each([
    ['at the top of the right lung', [-100, -20, 330], 'right', 'right-upper'],
    ['at the base of the left lung, behind', [100, 40, 70], 'left', 'left-lower'],
  ] as const)('names side and lobe %s', (_, point, side, lobe) => {
    expect(placeOf(point)).toEqual({ side, lobe });
  });

  it('knows the side of what lies at the edge of a lung', () => {
    expect(placeOf([-165, 0, 200]).side).toBe('right');
    expect(placeOf([45, 0, 200]).side).toBe('left');
  });

  it('asks elsewhere for what is in no lung', () => {
    expect(placeOf([0, 0, 200])).toEqual({ side: 'left', lobe: 'left-upper' });
  });
});
