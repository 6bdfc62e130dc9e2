import { describe, expect, it } from 'vitest';
import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import { lungRegions } from '../../../../src-main/imaging/pictures/lung-regions.ts';
import { tileRegion } from '../../../../src-main/imaging/pictures/tile-region.ts';
import { writtenBlock } from '../lungs/block-phantom.ts';
import { writtenMask } from '../lungs/mask-phantom.ts';

const volume = writtenBlock(() => 0, { columns: 40, rows: 32, spacing: [0.5, 1] });

describe('lungRegions', () => {
  const both = writtenMask(volume, (column, row, slice) => {
    if (column === 2 && row === 3 && slice === 1) return lungLabels.rightLung;
    return column === 6 && row === 4 && slice === 2 ? lungLabels.leftLung : lungLabels.outside;
  });

  it('is a box around each lung with a margin in millimetres, over the slices of both', () => {
    expect(lungRegions(both, volume, 2)).toEqual({
      ...tileRegion(volume, both, 2),
      lungs: [{ side: 'right', crop: { left: 4, top: 10, columns: 12, rows: 8 } }, { side: 'left', crop: { left: 20, top: 14, columns: 12, rows: 8 } }],
    });
  });

  it('has a margin of 8 mm when nothing is said', () => {
    expect(lungRegions(both, volume)).toEqual(lungRegions(both, volume, 8));
  });

  const whole = { left: 0, top: 0, columns: 40, rows: 32 };

  it('is the whole picture where one lung is missing: nobody knows what is in its place', () => {
    const one = writtenMask(volume, (column) => (column === 2 ? lungLabels.rightLung : lungLabels.outside));
    expect(lungRegions(one, volume)).toMatchObject({ crop: whole, lungs: [{ side: null, crop: whole }] });
    expect(lungRegions({ ...both, notes: ['one-lung-missing'] }, volume)).toMatchObject({ crop: whole, lungs: [{ side: null, crop: whole }] });
  });

  it('is the body where that stands in for the lungs, and everything where there is not even a body', () => {
    const body = { ...writtenMask(volume, (column) => (column > 4 ? lungLabels.body : lungLabels.outside)), kind: 'body' as const };
    expect(lungRegions(body, volume, 0)).toMatchObject({ lungs: [{ side: null, crop: { left: 20, columns: 20 } }] });
    const nothing = { ...writtenMask(volume, () => lungLabels.outside), kind: 'body' as const };
    expect(lungRegions(nothing, volume)).toEqual({ extent: [0, 7], crop: whole, lungs: [{ side: null, crop: whole }] });
  });
});
