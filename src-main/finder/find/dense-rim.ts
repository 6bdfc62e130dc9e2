import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import type { LungRegion } from './lung-region.ts';
import type { ResampledRegion } from './resample-region.ts';

/** A cell at the rim of the mask that is denser than this is wall, not lung, HU. */
const wallHu = -450;
/** Cells up to this height have a rim above and below too, mm. */
const lowCellMm = 3;

/**
 * Takes off the cells of a lung's outermost layer that are dense: the mask reaches up to a cell into the wall.
 *
 * @param volume - The series.
 * @param mask - Its mask.
 * @param region - One lung of it.
 * @param resampled - HU over the region.
 * @returns The region's cells: 1 in the lung, 0 elsewhere.
 */
export function withoutDenseRim(volume: CtVolume, mask: LungMask, region: LungRegion, { grid, values, seenLayers }: ResampledRegion): Uint8Array {
  const { columns, rows, slices, cells } = region;
  const kept = cells.slice();
  const size = columns * rows;
  const gridSize = grid.columns * grid.rows;
  // Under the dome a cell of a thick slice is no rim: it may hold a whole nodule.
  const isLow = mask.step[2] * volume.spacingMm[2] <= lowCellMm;
  for (let slice = 0, at = 0; slice < slices; slice += 1) {
    const positionMm = volume.slices[Math.min(volume.slices.length - 1, Math.round((region.firstSlice + slice) * mask.step[2] + (mask.step[2] - 1) / 2))]?.positionMm ?? 0;
    const layer = Math.min(Math.max(Math.round((positionMm - grid.firstMm) / grid.cellMm[2]), 0), grid.layers - 1);
    for (let row = 0; row < rows; row += 1) {
      const gridRow = (((region.firstRow + row) * mask.step[1] + (mask.step[1] - 1) / 2) - grid.firstRow) / grid.rowStep;
      const low = Math.min(Math.max(Math.floor(gridRow), 0), grid.rows - 2);
      for (let column = 0; column < columns; column += 1, at += 1) {
        if (cells[at] !== 1) continue;
        const isRim = (column > 0 && cells[at - 1] !== 1) || (column < columns - 1 && cells[at + 1] !== 1) || (row > 0 && cells[at - columns] !== 1)
          || (row < rows - 1 && cells[at + columns] !== 1) || (isLow && ((slice > 0 && cells[at - size] !== 1) || (slice < slices - 1 && cells[at + size] !== 1)));
        if (!isRim) continue;
        const gridColumn = (((region.firstColumn + column) * mask.step[0] + (mask.step[0] - 1) / 2) - grid.firstColumn) / grid.columnStep;
        const left = Math.min(Math.max(Math.floor(gridColumn), 0), grid.columns - 2);
        const place = layer * gridSize + low * grid.columns + left;
        const hu = ((values[place] ?? 0) + (values[place + 1] ?? 0) + (values[place + grid.columns] ?? 0) + (values[place + grid.columns + 1] ?? 0)) / 4;
        if (seenLayers[layer] === 1 && hu > wallHu) kept[at] = 0;
      }
    }
  }
  return kept;
}
