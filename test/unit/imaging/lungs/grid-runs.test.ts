import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRuns, joinRuns, thinRuns, visitOverlaps, visitRunCells } from '../../../../src-main/imaging/lungs/grid-runs.ts';
import type { GridRuns } from '../../../../src-main/imaging/lungs/grid-runs.ts';

const shape = { columns: 7, rows: 5, slices: 3 };
const someCells = fc.uint8Array({ minLength: 105, maxLength: 105, max: 1 });

function paint(runs: GridRuns, valueOf: (run: number) => number): number[] {
  const cells = new Array<number>(runs.columns * runs.rows * runs.slices).fill(-1);
  visitRunCells(runs, (run, index) => {
    cells[index] = valueOf(run);
  });
  return cells;
}

/** Flood fill over the neighbours of a cell: the plain twin of joinRuns. */
function flooded(cells: Uint8Array, steps: readonly number[]): number[] {
  const labels = new Array<number>(cells.length).fill(-1);
  let count = 0;
  for (let seed = 0; seed < cells.length; seed += 1) {
    if (cells[seed] !== 1 || labels[seed] !== -1) continue;
    labels[seed] = count;
    const queue = [seed];
    for (const cell of queue) {
      for (const step of steps) {
        const next = cell + step;
        const isSideways = Math.abs(step) === 1;
        const isSameLine = Math.floor(next / 7) === Math.floor(cell / 7);
        const isSameSlice = Math.floor(next / 35) === Math.floor(cell / 35);
        if (next < 0 || next >= cells.length || cells[next] !== 1 || labels[next] !== -1) continue;
        if (isSideways ? !isSameLine : Math.abs(step) === 7 && !isSameSlice) continue;
        labels[next] = count;
        queue.push(next);
      }
    }
    count += 1;
  }
  return labels;
}

describe('findRuns', () => {
  it('finds exactly the cells that hold the value', () => {
    fc.assert(fc.property(someCells, (cells) => {
      expect(paint(findRuns(cells, 1, shape), () => 1)).toEqual([...cells].map((cell) => (cell === 1 ? 1 : -1)));
    }));
  });

  it('starts a run anew on each line', () => {
    const runs = findRuns(new Uint8Array(105).fill(1), 1, shape);
    expect({ count: runs.count, starts: [...runs.starts.subarray(0, 15)], ends: [...runs.ends.subarray(0, 15)] })
      .toEqual({ count: 15, starts: new Array(15).fill(0), ends: new Array(15).fill(7) });
  });
});

describe('joinRuns', () => {
  it.each([['slice', [1, -1, 7, -7]], ['volume', [1, -1, 7, -7, 35, -35]]] as const)('joins what a flood fill within a %s joins, in the same order', (within, steps) => {
    fc.assert(fc.property(someCells, (cells) => {
      const runs = findRuns(cells, 1, shape);
      const { componentOf, count } = joinRuns(runs, within);
      const expected = flooded(cells, steps);
      expect(paint(runs, (run) => componentOf[run] ?? -1)).toEqual(expected);
      expect(count).toBe(Math.max(-1, ...expected) + 1);
    }));
  });
});

describe('thinRuns', () => {
  it('keeps the cells whose four neighbours in the slice are of the kind', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 105, maxLength: 105, max: 6 }), (raw) => {
      const cells = raw.map((value) => (value > 0 ? 1 : 0));
      const expected = [...cells].map((cell, index) => {
        const [column, row] = [index % 7, Math.floor(index / 7) % 5];
        const isInner = column > 0 && column < 6 && row > 0 && row < 4;
        return cell === 1 && isInner && [index - 1, index + 1, index - 7, index + 7].every((next) => cells[next] === 1) ? 1 : -1;
      });
      expect(paint(thinRuns(findRuns(cells, 1, shape)), () => 1)).toEqual(expected);
    }));
  });
});

describe('visitOverlaps', () => {
  it('counts the columns that runs of two lines share', () => {
    const cells = Uint8Array.from([1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1]);
    const found: (readonly number[])[] = [];
    visitOverlaps(findRuns(cells, 1, { columns: 7, rows: 2, slices: 1 }), 0, 1, (a, b, overlap) => found.push([a, b, overlap]));
    expect(found).toEqual([[0, 2, 2], [1, 2, 1]]);
  });
});
