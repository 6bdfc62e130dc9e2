import { describe, expect, it } from 'vitest';
import { findCentralStructure } from '../../../../src-main/relay/practice-relay/central-structure.ts';
import type { GreyImage } from '../../../../src-main/relay/practice-relay/sheet-tiles.ts';

const side = 200;
const gap = 4;

type Panel = (column: number, row: number) => number;

/** Four panels of 50 mm in one row or in two; 85 is lung, 236 soft tissue. */
function tile(panels: readonly Panel[], across = 2): GreyImage {
  const down = panels.length / across;
  const columns = across * (side + gap) - gap;
  const rows = down * (side + gap) - gap;
  const grey = new Uint8Array(columns * rows).fill(40);
  for (const [index, panel] of panels.entries()) {
    const left = (index % across) * (side + gap);
    const top = Math.floor(index / across) * (side + gap);
    for (let row = 0; row < side; row += 1) for (let column = 0; column < side; column += 1) grey[(top + row) * columns + left + column] = panel(column, row);
  }
  return { grey, columns, rows };
}
function disc(radiusMm: number, level = 236, offMm = 0): Panel {
  return (column, row) => (Math.hypot(column - 100 - 4 * offMm, row - 100) <= 4 * radiusMm ? level : 85);
}
const lung: Panel = () => 85;
/** A tube along a row. */
function tube(radiusMm: number): Panel {
  return (_, row) => (Math.abs(row - 100) <= 4 * radiusMm ? 236 : 85);
}

describe('findCentralStructure', () => {
  it.each([4, 2])('sees a ball in the middle, panels %i across', (across) => {
    const found = findCentralStructure(tile([disc(4), disc(4), disc(4), disc(4)], across), 'standard');
    expect(found?.roundness).toBeGreaterThan(0.9);
    expect(Math.abs((found?.diameterMm ?? 0) - 8)).toBeLessThan(0.5);
  });
  it('sees one that one plane does not show, and one that a vessel leads to', () => {
    expect(findCentralStructure(tile([disc(4), disc(4), tube(1), disc(4)]), 'standard')).not.toBeNull();
    const withVessel: Panel = (column, row) => Math.max(disc(4)(column, row), column < 100 ? tube(1)(column, row) : 0);
    expect(findCentralStructure(tile([withVessel, withVessel, withVessel, disc(4)]), 'standard')).not.toBeNull();
  });
  it.each([
    ['nothing', [lung, lung, lung, lung]], ['a vessel across the slice', [disc(3), disc(3), tube(3), tube(3)]], ['a vessel in the slice', [tube(3), tube(3), tube(3), disc(3)]],
    ['something beside the middle', [disc(3, 236, 12), disc(3, 236, 12), disc(3, 236, 12), disc(3, 236, 12)]], ['chest wall', [disc(30), disc(30), disc(30), disc(30)]], ['something faint', [disc(4, 150), disc(4, 150), disc(4, 150), disc(4, 150)]],
  ])('sees %s for nothing', (_, panels) => {
    expect(findCentralStructure(tile(panels), 'fine')).toBeNull();
  });
  it('leaves out what is too small for the pass', () => {
    const small = tile([disc(1.8), disc(1.8), disc(1.8), disc(1.8)]);
    expect(findCentralStructure(small, 'standard')).toBeNull();
    expect(findCentralStructure(small, 'fine')).not.toBeNull();
  });
  it('sees nothing in a tile of another form', () => {
    expect(findCentralStructure({ grey: new Uint8Array(300 * 200).fill(236), columns: 300, rows: 200 }, 'fine')).toBeNull();
  });
});
