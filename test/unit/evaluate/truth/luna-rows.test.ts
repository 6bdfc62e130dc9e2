import { describe, expect, it } from 'vitest';
import { lunaRows } from '../../../evaluate/truth/luna-rows.ts';

const header = 'seriesuid,coordX,coordY,coordZ,diameter_mm';

describe('lunaRows', () => {
  it('reads what is to be found, by series', () => {
    const truth = lunaRows(`${header}\n1.2.3,-10.5,20,-300.25,6.5\n1.2.4,1,2,3,12\n1.2.3,40,50,60,4\n`);
    expect([...truth.keys()]).toEqual(['1.2.3', '1.2.4']);
    expect(truth.get('1.2.3')?.nodules.map(({ centreMm, diameterMm }) => ({ centreMm, diameterMm }))).toEqual([
      { centreMm: [-10.5, 20, -300.25], diameterMm: 6.5 }, { centreMm: [40, 50, 60], diameterMm: 4 },
    ]);
  });

  it('takes what is excluded for irrelevant, with 5 mm around it where no diameter is told, but not what is to be found', () => {
    const truth = lunaRows(`${header}\n1.2.3,0,0,0,14\n`, `${header}\n1.2.3,30,0,0,-1\n1.2.3,6.9,0,0,4\n1.2.3,60,0,0,20\n1.2.9,1,1,1,-1\n`);
    expect(truth.get('1.2.3')?.irrelevant).toEqual([
      { centreMm: [30, 0, 0], radiusMm: 5, why: 'excluded' }, { centreMm: [60, 0, 0], radiusMm: 10, why: 'excluded' },
    ]);
    expect(truth.get('1.2.9')).toMatchObject({ nodules: [], irrelevant: [{ centreMm: [1, 1, 1] }] });
  });

  it.each([
    [`${header}\n1.2.3,a,0,0,5`, 'row 2: coordx is not a number'],
    [`${header}\nDoe^Jane,0,0,0,5`, 'row 2: seriesuid is no UID'],
    [`${header}\n1.2,0,0,0,0`, 'row 2: diameter_mm is not above 0'],
  ])('refuses a row, and does not repeat what is in it', (text, message) => {
    expect(() => lunaRows(text)).toThrow(expect.objectContaining({ name: 'TruthError', message }));
  });
});
