import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeWithBall, fillHoles } from '../../../../src-main/imaging/lungs/grid-morphology.ts';

const shape = { columns: 14, rows: 12, slices: 8 };
const cellMm = [2, 2, 3] as const;

/** Dilation as it is defined, cell by cell: the plain twin. */
function dilated(cells: Uint8Array, radiusMm: number): Uint8Array {
  const result = new Uint8Array(cells.length);
  const reach = cellMm.map((mm) => Math.floor(radiusMm / mm));
  for (let index = 0; index < cells.length; index += 1) {
    if (cells[index] !== 1) continue;
    const [x, y, z] = [index % 14, Math.floor(index / 14) % 12, Math.floor(index / 168)];
    for (let dz = -reach[2]!; dz <= reach[2]!; dz += 1) for (let dy = -reach[1]!; dy <= reach[1]!; dy += 1) for (let dx = -reach[0]!; dx <= reach[0]!; dx += 1) {
      if ((dx * 2) ** 2 + (dy * 2) ** 2 + (dz * 3) ** 2 > radiusMm ** 2) continue;
      if (x + dx >= 0 && x + dx < 14 && y + dy >= 0 && y + dy < 12 && z + dz >= 0 && z + dz < 8) result[index + (dz * 12 + dy) * 14 + dx] = 1;
    }
  }
  return result;
}

function turned(cells: Uint8Array): Uint8Array {
  return cells.map((cell) => (cell === 1 ? 0 : 1));
}

describe('closeWithBall', () => {
  it('closes as dilation and erosion cell by cell do', () => {
    fc.assert(fc.property(fc.array(fc.nat(shape.columns * shape.rows * shape.slices - 1), { maxLength: 60 }), fc.constantFrom(2, 4.5, 6), (filled, radiusMm) => {
      const cells = new Uint8Array(14 * 12 * 8);
      for (const index of filled) cells[index] = 1;
      expect([...closeWithBall(cells, shape, cellMm, radiusMm)]).toEqual([...turned(dilated(turned(dilated(cells, radiusMm)), radiusMm))]);
    }), { numRuns: 60 });
  });

  it('bridges a gap that the ball cannot enter, and leaves one that it can', () => {
    const cells = new Uint8Array(40 * 21);
    for (let row = 6; row < 15; row += 1) for (const column of [6, 7, 8, 12, 13, 14, 26, 27, 28]) cells[row * 40 + column] = 1;
    const closed = closeWithBall(cells, { columns: 40, rows: 21, slices: 1 }, [2, 2, 3], 8);
    expect([closed[10 * 40 + 10], closed[10 * 40 + 20]]).toEqual([1, 0]);
  });
});

describe('fillHoles', () => {
  it('fills what is enclosed on all sides and nothing that is open', () => {
    const small = { columns: 5, rows: 5, slices: 5 };
    const shell = new Uint8Array(125);
    for (let index = 0; index < 125; index += 1) {
      const [x, y, z] = [index % 5, Math.floor(index / 5) % 5, Math.floor(index / 25)];
      if (Math.min(x, y, z) >= 1 && Math.max(x, y, z) <= 3) shell[index] = 1;
    }
    shell[62] = 0;
    const open = shell.slice();
    open[37] = 0;
    const before = open.slice();
    fillHoles(shell, small);
    fillHoles(open, small);
    expect(shell[62]).toBe(1);
    expect([...open]).toEqual([...before]);
  });
});
