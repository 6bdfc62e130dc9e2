import { describe, expect, it } from 'vitest';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { tileRegion } from '../../../../src-main/imaging/pictures/tile-region.ts';
import { writtenBlock } from '../lungs/block-phantom.ts';
import { writtenMask } from '../lungs/mask-phantom.ts';

const volume = writtenBlock(() => 0, { columns: 40, rows: 32, spacing: [0.5, 1] });

describe('tileRegion', () => {
  it('is the box around both lungs with a margin in millimetres, over the slices of the mask', () => {
    const mask = writtenMask(volume, (column, row, slice) => {
      if (column === 4 && row === 3 && slice === 1) return lungLabels.rightLung;
      return column === 6 && row === 4 && slice === 2 ? lungLabels.leftLung : lungLabels.outside;
    });
    // Cells of 4 x 4 x 2 voxels: columns 16 to 27, rows 12 to 19; a margin of 2 mm is 4 columns and 2 rows.
    expect(tileRegion(volume, mask, 2)).toEqual({ extent: [2, 5], crop: { left: 12, top: 10, columns: 20, rows: 12 } });
  });

  it('ends at the edge of the picture', () => {
    const mask = writtenMask(volume, () => lungLabels.leftLung);
    expect(tileRegion(volume, mask, 5).crop).toEqual({ left: 0, top: 0, columns: 40, rows: 32 });
  });

  it('does not count airways', () => {
    const mask = writtenMask(volume, (column) => (column === 0 ? lungLabels.airway : column === 9 ? lungLabels.rightLung : lungLabels.outside));
    expect(tileRegion(volume, mask, 0).crop).toMatchObject({ left: 36, columns: 4 });
  });

  it('is the body where that stands in for the lungs, and everything where there is not even a body', () => {
    const body = { ...writtenMask(volume, (column) => (column > 4 ? lungLabels.body : lungLabels.outside)), kind: 'body' as const };
    expect(tileRegion(volume, body, 0).crop).toMatchObject({ left: 20, columns: 20 });
    const nothing = { ...writtenMask(volume, () => lungLabels.outside), kind: 'body' as const };
    expect(tileRegion(volume, nothing, 0)).toEqual({ extent: [0, 7], crop: { left: 0, top: 0, columns: 40, rows: 32 } });
  });
});
