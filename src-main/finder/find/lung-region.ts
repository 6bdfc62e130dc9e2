import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import { lungLabels } from '../../imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import { cellBounds } from '../cell-bounds.ts';
import { gridAxes } from '../../imaging/lungs/mask-axes.ts';

/** Halves of the chest that are searched apart, of the patient. */
export type LungSide = 'right' | 'left';

/** A box of the mask's cells with what belongs to one lung. */
export interface LungRegion {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** First cell of the box in the mask's grid. */
  readonly firstColumn: number;
  readonly firstRow: number;
  readonly firstSlice: number;
  /** 1 in the lung, 0 elsewhere, column fastest. */
  readonly cells: Uint8Array;
}

/** Cells around the lung that belong to the box, where the grid has them. */
const marginCells = 3;

/**
 * Cuts one lung out of a mask; where there is no outline of the lungs, one half of the body.
 *
 * @param mask - Of the volume.
 * @param volume - Tells which side is which.
 * @param side - Of the patient.
 * @returns Null where the mask has nothing on that side.
 */
export function lungRegion(mask: LungMask, volume: Pick<CtVolume, 'slices'>, side: LungSide): LungRegion | null {
  const { columns, rows, slices, labels } = mask;
  const isMeant = mask.kind === 'lungs' ? lungTest(side) : bodyTest(mask, volume, side);
  const own = new Uint8Array(labels.length);
  for (let slice = 0, at = 0; slice < slices; slice += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) if (isMeant(labels[at] ?? 0, column, row)) own[at] = 1;
    }
  }
  const bounds = cellBounds(own, { columns, rows, layers: slices }, [marginCells, marginCells, marginCells]);
  if (bounds === null) return null;
  const { from: [firstColumn, firstRow, firstSlice], to } = bounds;
  const size = { columns: to[0] - firstColumn + 1, rows: to[1] - firstRow + 1, slices: to[2] - firstSlice + 1 };
  const cells = new Uint8Array(size.columns * size.rows * size.slices);
  for (let line = 0; line < size.rows * size.slices; line += 1) {
    const from = ((firstSlice + Math.floor(line / size.rows)) * rows + firstRow + (line % size.rows)) * columns + firstColumn;
    cells.set(own.subarray(from, from + size.columns), line * size.columns);
  }
  return { ...size, firstColumn, firstRow, firstSlice, cells };
}

function lungTest(side: LungSide): (label: number) => boolean {
  const own = side === 'right' ? lungLabels.rightLung : lungLabels.leftLung;
  return (label) => label === own;
}

/** The middle of the body is where half of its cells lie on either side. */
function bodyTest({ columns, rows, labels }: LungMask, volume: Pick<CtVolume, 'slices'>, side: LungSide): (label: number, column: number, row: number) => boolean {
  const { sideAxis, isTowardsLeft } = gridAxes(volume);
  const isColumn = sideAxis === 'column';
  let sum = 0;
  let count = 0;
  for (let at = 0; at < labels.length; at += 1) {
    if (labels[at] !== lungLabels.body) continue;
    sum += isColumn ? at % columns : Math.floor(at / columns) % rows;
    count += 1;
  }
  const middle = count === 0 ? 0 : sum / count;
  const isUpper = isTowardsLeft === (side === 'left');
  return (label, column, row) => {
    if (label !== lungLabels.body) return false;
    const place = isColumn ? column : row;
    return isUpper ? place > middle : place <= middle;
  };
}
