import { describe, expect, it } from 'vitest';
import type { PlannedPanel } from '../../../src-shared/domain/request-plan.ts';
import type { TileAnswer } from '../../../src-shared/domain/tile-answer.ts';
import { picturePlanOf, picturesToAskAgain, tileNumbersOf, withoutTiles } from '../../../src-main/relay/picture-plan.ts';
import { plannedSheet } from '../../helpers/asked-request.ts';

function panel(left: number, top: number): PlannedPanel {
  return { left, top, columns: 50, rows: 40, plane: 'axial', thicknessMm: 2, affine: null };
}

describe('picturePlanOf', () => {
  it('draws one box around all panels of a tile, in whatever order they are', () => {
    const tile = { number: 3, role: 'candidate', panels: [panel(62, 28), panel(8, 28), panel(8, 72), panel(62, 72)], sliceIndices: [], side: null, candidateRank: 1 } as const;
    expect(picturePlanOf({ columns: 120, rows: 120, tiles: [tile] })).toEqual({ columns: 120, rows: 120, tiles: [{ number: 3, left: 8, top: 28, columns: 104, rows: 84 }] });
  });
});

describe('withoutTiles', () => {
  it('leaves out tiles that were not drawn', () => {
    const sheet = plannedSheet([1, 2, 3]);
    expect(withoutTiles(sheet, [2, 9])).toEqual({ ...sheet, tiles: [sheet.tiles[0], sheet.tiles[2]] });
  });
});

describe('tileNumbersOf', () => {
  it('lists the numbers of all pictures in ascending order', () => {
    expect(tileNumbersOf([plannedSheet([10, 2]), plannedSheet([1])])).toEqual([1, 2, 10]);
  });
});

describe('picturesToAskAgain', () => {
  const pictures = [plannedSheet([1, 2]), plannedSheet([3, 4]), plannedSheet([5])];
  const valid: TileAnswer = { state: 'valid', regions: [] };
  it('keeps whole pictures with a tile that failed, was refused or has no answer at all', () => {
    expect(picturesToAskAgain(pictures, new Map<number, TileAnswer>([[1, valid], [2, { state: 'failed', code: 'answer-invalid' }], [3, valid], [4, valid]]))).toEqual([pictures[0], pictures[2]]);
    expect(picturesToAskAgain(pictures, new Map<number, TileAnswer>([[1, valid], [2, valid], [3, valid], [4, { state: 'refused', code: 'answer-refused' }], [5, valid]]))).toEqual([pictures[1]]);
  });
  it('keeps none when all is valid and all when nothing is', () => {
    expect(picturesToAskAgain(pictures, new Map([1, 2, 3, 4, 5].map((number) => [number, valid])))).toEqual([]);
    expect(picturesToAskAgain(pictures, new Map())).toEqual(pictures);
  });
});
