import { describe, expect, it } from 'vitest';
import { boxRows } from '../../../evaluate/truth/box-rows.ts';

const slices = [0, 1, 2, 3, 4].map((index) => ({
  sopInstanceUid: String(index), affine: { origin: [0, 0, index * 8] as const, columnStep: [0.5, 0, 0] as const, rowStep: [0, 0.5, 0] as const },
}));
const header = 'file,sop_instance_uid,z_mm,xmin,ymin,xmax,ymax,label';

describe('boxRows', () => {
  it('joins boxes of neighbouring slices that overlap, in whatever order they are listed', () => {
    const truth = boxRows(`${header}\na,2,16,100,100,139,159,A\na,1,8,110,100,129,119,A\na,4,32,100,100,119,119,A\na,9,72,0,0,9,9,A\n`, slices);
    expect(truth.nodules.map(({ centreMm, diameterMm }) => ({ centreMm, diameterMm }))).toEqual([
      { centreMm: [59.75, 59.75, 12], diameterMm: 25 },
      { centreMm: [54.75, 54.75, 32], diameterMm: 10 },
    ]);
  });

  it('keeps boxes apart that lie beside each other', () => {
    expect(boxRows(`${header}\na,1,8,0,0,9,9,A\na,2,16,50,50,59,59,A\n`, slices).nodules).toHaveLength(2);
  });

  it('refuses a box without area', () => {
    expect(() => boxRows(`${header}\na,1,8,10,0,9,9,A\n`, slices)).toThrow('row 2: the box has no area');
  });
});
