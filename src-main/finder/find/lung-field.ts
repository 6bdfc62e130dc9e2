import type { LungMask } from '../../imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../imaging/volume/ct-volume.ts';
import { withoutDenseRim } from './dense-rim.ts';
import type { LungRegion } from './lung-region.ts';
import type { ResampledRegion } from './resample-region.ts';
import { sliceAtPosition } from './search-grid.ts';
import type { GridValues, LineSpans } from './search-grid.ts';

/** A lung alone: how much denser than lung each cell is, and nothing around it. */
export interface LungField extends GridValues {
  /** HU above the lung's own level, times the share in the lung; 0 outside. */
  readonly values: Float32Array;
  /** Share of each cell that lies in the lung, 0 to 255. */
  readonly inside: Uint8Array;
  /** Cells that hold something, line by line. */
  readonly spans: LineSpans;
  /** Median of the aerated lung, HU. */
  readonly lungHu: number;
}

/** Aerated lung, HU, and what stands for its level where there is too little of it. */
const aerated = [-1000, -600] as const;
const usualLungHu = -850;
const leastAerated = 2000;
/** The lung's edge runs between these shares of a smoothed cell, sixteenths. */
const outerShare = 0.3 * 16;
const innerShare = 0.8 * 16;

/**
 * Takes everything away that is not the lung: what the mask leaves out becomes lung, softly, so that a nodule on the wall stands out
 * from it and the wall itself is gone.
 *
 * The mask reaches up to a cell into the wall. Dense cells at its rim are taken off; what they leave is thin. The steps of its cells are
 * smoothed, so that what is left of the wall is an even line and no row of specks as bright as small nodules.
 *
 * @param volume - The series.
 * @param mask - Its mask.
 * @param region - One lung of it.
 * @param resampled - HU; its memory is used for the result.
 */
export function lungField(volume: CtVolume, mask: LungMask, region: LungRegion, resampled: ResampledRegion): LungField {
  const { grid, values, seenLayers } = resampled;
  const cells = smoothSteps(mask.kind === 'lungs' ? withoutDenseRim(volume, mask, region, resampled) : region.cells, region);
  const lungHu = lungLevel(values);
  const inside = new Uint8Array(values.length);
  const spans = new Int32Array(2 * grid.rows * grid.layers);
  const size = region.columns * region.rows;
  const plane = new Float32Array(size);
  const line = new Float32Array(region.columns);
  const across = lerpPlaces(grid.columns, (column) => toCell(grid.firstColumn + column * grid.columnStep, mask.step[0], region.firstColumn), region.columns);
  const down = lerpPlaces(grid.rows, (row) => toCell(grid.firstRow + row * grid.rowStep, mask.step[1], region.firstRow), region.rows);
  const up = lerpPlaces(grid.layers, (layer) => toCell(sliceAtPosition(volume, grid.firstMm + layer * grid.cellMm[2]), mask.step[2], region.firstSlice), region.slices);
  for (let layer = 0, at = 0; layer < grid.layers; layer += 1) {
    const [lower, upper, share] = [(up.low[layer] ?? 0) * size, (up.high[layer] ?? 0) * size, up.share[layer] ?? 0];
    const isSeen = seenLayers[layer] === 1;
    for (let cell = 0; cell < size; cell += 1) plane[cell] = (cells[lower + cell] ?? 0) * (1 - share) + (cells[upper + cell] ?? 0) * share;
    for (let row = 0; row < grid.rows; row += 1) {
      const [above, below, rowShare] = [(down.low[row] ?? 0) * region.columns, (down.high[row] ?? 0) * region.columns, down.share[row] ?? 0];
      let most = 0;
      for (let column = 0; column < region.columns; column += 1) {
        const value = (plane[above + column] ?? 0) * (1 - rowShare) + (plane[below + column] ?? 0) * rowShare;
        line[column] = value;
        if (value > most) most = value;
      }
      let from = grid.columns;
      let to = 0;
      if (most <= outerShare || !isSeen) {
        values.fill(0, at, at + grid.columns);
        at += grid.columns;
      } else {
        for (let column = 0; column < grid.columns; column += 1, at += 1) {
          const share = (line[across.low[column] ?? 0] ?? 0) * (1 - (across.share[column] ?? 0)) + (line[across.high[column] ?? 0] ?? 0) * (across.share[column] ?? 0);
          const weight = share <= outerShare ? 0 : share >= innerShare ? 1 : (share - outerShare) / (innerShare - outerShare);
          if (weight === 0) {
            values[at] = 0;
            continue;
          }
          if (column < from) from = column;
          to = column + 1;
          inside[at] = 255 * weight;
          values[at] = weight * ((values[at] ?? 0) - lungHu);
        }
      }
      const place = 2 * (layer * grid.rows + row);
      spans[place] = Math.min(from, to);
      spans[place + 1] = to;
    }
  }
  return { grid, values, inside, spans, lungHu };
}

/** Smooths the steps of a region's cells within each slice, by 1 2 1 along both axes; sixteenths. */
function smoothSteps(cells: Uint8Array, { columns, rows, slices }: LungRegion): Uint8Array {
  const along = new Uint8Array(cells.length);
  for (let line = 0, at = 0; line < rows * slices; line += 1) {
    let before = cells[at] ?? 0;
    let here = before;
    for (const end = at + columns; at < end; at += 1) {
      const after = at + 1 < end ? cells[at + 1] ?? 0 : here;
      along[at] = before + 2 * here + after;
      before = here;
      here = after;
    }
  }
  const smooth = new Uint8Array(cells.length);
  for (let line = 0, at = 0; line < rows * slices; line += 1) {
    const row = line % rows;
    const [above, below] = [row === 0 ? 0 : -columns, row === rows - 1 ? 0 : columns];
    for (const end = at + columns; at < end; at += 1) smooth[at] = (along[at + above] ?? 0) + 2 * (along[at] ?? 0) + (along[at + below] ?? 0);
  }
  return smooth;
}

function toCell(voxel: number, step: number, first: number): number {
  return (voxel - (step - 1) / 2) / step - first;
}

interface LerpPlaces {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
}

function lerpPlaces(count: number, place: (index: number) => number, size: number): LerpPlaces {
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  const share = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const at = Math.min(Math.max(place(index), 0), size - 1);
    low[index] = Math.floor(at);
    high[index] = Math.min(Math.floor(at) + 1, size - 1);
    share[index] = at - Math.floor(at);
  }
  return { low, high, share };
}

function lungLevel(values: Float32Array): number {
  const counts = new Int32Array(aerated[1] - aerated[0]);
  let total = 0;
  for (let at = 0; at < values.length; at += 3) {
    const bin = Math.floor((values[at] ?? 0) - aerated[0]);
    // What is held at the lower bound is air around the patient or in the airway.
    if (bin <= 20 || bin >= counts.length) continue;
    counts[bin] = (counts[bin] ?? 0) + 1;
    total += 1;
  }
  if (total < leastAerated / 3) return usualLungHu;
  let passed = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    passed += counts[bin] ?? 0;
    if (passed * 2 >= total) return aerated[0] + bin;
  }
  return usualLungHu;
}
