import { describe, expect, it } from 'vitest';
import { bodyMidlineMm } from '../../../../src-main/imaging/lungs/body-midline.ts';
import type { HounsfieldSource } from '../../../../src-main/imaging/lungs/body-midline.ts';
import { sliceAffine } from '../../../../src-main/imaging/volume/slice-affine.ts';
import { instanceHeader } from '../../../helpers/instance-header.ts';

const columns = 128;

/** An oval body with lungs around a centre column, and a separate couch below it. */
function slice(centreColumn: number): HounsfieldSource {
  return sourceOf(Int16Array.from({ length: columns * columns }, (_, index) => {
    const x = (index % columns) - centreColumn;
    const y = Math.floor(index / columns) - 56;
    if (y > 56 && y < 62) return 100;
    if ((x / 40) ** 2 + (y / 30) ** 2 > 1) return -1000;
    return ((Math.abs(x) - 18) / 12) ** 2 + (y / 20) ** 2 < 1 ? -850 : 40;
  }));
}

function sourceOf(hounsfield: Int16Array): HounsfieldSource {
  return { columns, rows: columns, hounsfieldAt: (index) => hounsfield[index] ?? NaN };
}

describe('bodyMidlineMm', () => {
  const header = instanceHeader({ rows: columns, columns, pixelSpacing: [2, 2], imagePositionPatient: [-128, -128, 0] });

  it.each([40, 64, 80])('finds the middle of a body around column %d', (column) => {
    const midline = bodyMidlineMm(slice(column), sliceAffine(header)) ?? NaN;
    expect(Math.abs(midline - (-128 + column * 2))).toBeLessThan(3);
  });

  it('follows the orientation of the slice', () => {
    const flipped = { ...header, imageOrientationPatient: [-1, 0, 0, 0, 1, 0] as const, imagePositionPatient: [128, -128, 0] as const };
    const midline = bodyMidlineMm(slice(40), sliceAffine(flipped)) ?? NaN;
    expect(Math.abs(midline - (128 - 40 * 2))).toBeLessThan(3);
  });

  it('finds none in air', () => {
    expect(bodyMidlineMm(sourceOf(new Int16Array(columns * columns).fill(-1000)), sliceAffine(header))).toBeNull();
  });
});
