import { describe, expect, it } from 'vitest';
import { areSimpleColumns, simpleRows } from '../../../evaluate/truth/simple-rows.ts';

describe('simpleRows', () => {
  it('reads the rows of the exam and those without one', () => {
    const text = 'exam,x_mm,y_mm,z_mm,diameter_mm,type,attachment,volume_mm3,kind\na,1,2,3,8,Solid,juxtapleural,250,\nb,4,5,6,9,,,,\n,7,8,9,12,ground-glass,,,nodule\na,0,0,0,2,,,,irrelevant\n';
    expect(simpleRows(text, (name) => name === 'a')).toEqual({
      source: 'csv',
      nodules: [
        { centreMm: [1, 2, 3], diameterMm: 8, volumeMm3: 250, profile: 'solid', attachment: 'juxtapleural', readers: null },
        { centreMm: [7, 8, 9], diameterMm: 12, volumeMm3: null, profile: 'ground-glass', attachment: null, readers: null },
      ],
      irrelevant: [{ centreMm: [0, 0, 0], radiusMm: 5, why: 'excluded' }],
    });
  });

  it('needs only place and diameter', () => {
    expect(simpleRows('Diameter_mm,x_mm,y_mm,z_mm\n5,1,2,3', () => false).nodules).toHaveLength(1);
    expect(areSimpleColumns(['x_mm', 'y_mm', 'z_mm'])).toBe(false);
  });

  it.each([
    ['x_mm,y_mm,z_mm,diameter_mm,type\n1,2,3,4,fluffy', 'row 2: type is none of solid, part-solid, ground-glass'],
    ['x_mm,y_mm,z_mm,diameter_mm\n1,2,3,-4', 'row 2: diameter_mm is not above 0'],
    ['x_mm,y_mm,z_mm,diameter_mm,exam\n1,2,,4,of somebody else', 'row 2: z_mm is not a number'],
    ['x_mm,y_mm,z_mm,diameter_mm,volume_mm3\n1,2,3,4,0', 'row 2: volume_mm3 is not above 0'],
  ])('refuses a row, of whichever exam', (text, message) => {
    expect(() => simpleRows(text, () => false)).toThrow(expect.objectContaining({ name: 'TruthError', message }));
  });
});
