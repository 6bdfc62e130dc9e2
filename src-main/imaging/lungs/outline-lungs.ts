import type { CtVolume } from '../volume/ct-volume.ts';
import { reduceVolume } from './grid-reduce.ts';
import type { HounsfieldGrid } from './grid-reduce.ts';
import { lungLabels } from './lung-mask.ts';
import type { LungMask, NoLungsReason } from './lung-mask.ts';
import { findAir } from './mask-air.ts';
import type { AirMap, AirRegion } from './mask-air.ts';
import { findAirway } from './mask-airway.ts';
import type { Airway } from './mask-airway.ts';
import { gridAxes } from './mask-axes.ts';
import type { GridAxes } from './mask-axes.ts';
import { findBody, matters } from './mask-body.ts';
import type { BodyRegion } from './mask-body.ts';
import { closeLung } from './mask-closing.ts';
import { cellsPerSlice, extentOf, hasMissingSlices } from './mask-extent.ts';
import { chooseLungRegions } from './mask-lung-regions.ts';
import { partLungs } from './mask-parting.ts';
import { findMiddle } from './mask-middle.ts';
import { outlineNotes, whyNoLungs } from './mask-plausibility.ts';
import type { OutlineFigures } from './mask-plausibility.ts';
import { isGasRegion, isInBody } from './mask-region-kind.ts';

/** Fewer slices than this make no three-dimensional shape. */
const leastSlices = 3;
/** A trachea begins above the slice that this share of the lungs' air lies below. */
const airBelowTrachea = 0.35;

/**
 * Outlines the lungs of a chest CT on a coarser grid from its voxels alone: body, air within it, trachea and bronchi, right and
 * left lung, and what is dense within them.
 *
 * Pure and synchronous; says so when the lungs cannot be told, and outlines the body instead. In doubt it does: what the mask
 * leaves out nobody reads.
 *
 * @param volume - Of transverse slices; those with a problem have no say.
 */
export function outlineLungs(volume: CtVolume): LungMask {
  const grid = reduceVolume(volume);
  const body = findBody(grid);
  if (body === null) return { ...emptyMask(grid), reason: 'no-body' };
  if (volume.slices.filter(({ problem }) => problem === null).length < leastSlices) return bodyMask(volume, grid, body, 'too-few-slices');
  const air = findAir(grid, body);
  const axes = gridAxes(volume);
  const { column, row, isSpine } = findMiddle(grid, body, axes);
  const airway = findAirway(grid, air, [column, row], chestBottom(air));
  const regions = chooseLungRegions(grid, air, airway);
  const mask = emptyMask(grid);
  const { labels } = mask;
  for (const cell of airway?.cells ?? []) labels[cell] = lungLabels.airway;
  const middle = [airway?.column ?? column, airway?.row ?? row] as const;
  const cutSlices = partLungs(labels, grid, air, regions, axes, axes.sideAxis === 'column' ? middle[0] : middle[1]);
  shutOut(body, air, airway);
  const centre = axes.sideAxis === 'column' ? [middle[0], centreOf(regions)[1]] as const : [centreOf(regions)[0], middle[1]] as const;
  const [rightRim, leftRim] = [lungLabels.rightLung, lungLabels.leftLung].map((label) => {
    const bronchi = (airway?.bronchi ?? []).filter((cell) => sideOf(cell, grid, axes, middle) === label);
    return closeLung(labels, label, bronchi, body.matter, grid, centre);
  });
  const rim = { right: rightRim ?? 0, left: leftRim ?? 0 };
  const figures = outlineFigures({ volume, grid, body, labels, regions, cutSlices, rim, hasAirway: airway !== null, hasSpine: isSpine });
  const reason = whyNoLungs(figures);
  if (reason !== null) return bodyMask(volume, grid, body, reason);
  return { ...mask, kind: 'lungs', notes: outlineNotes(figures), rightMm3: figures.rightMm3, leftMm3: figures.leftMm3, extent: figures.extent };
}

function emptyMask({ columns, rows, slices, step }: HounsfieldGrid): LungMask {
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  return { kind: 'body', reason: null, notes: [], columns, rows, slices, step, labels, rightMm3: 0, leftMm3: 0, extent: null };
}

/** The body's convex hull on each slice: nothing of the patient lies outside of it. */
function bodyMask(volume: CtVolume, grid: HounsfieldGrid, { hullFirst, hullLast }: BodyRegion, reason: NoLungsReason): LungMask {
  const mask = emptyMask(grid);
  for (let line = 0; line < grid.rows * grid.slices; line += 1) {
    const [first, last] = [hullFirst[line] ?? 0, hullLast[line] ?? -1];
    if (first <= last) mask.labels.fill(lungLabels.body, line * grid.columns + first, line * grid.columns + last + 1);
  }
  const counts = cellsPerSlice(mask.labels, grid)[lungLabels.body] ?? new Int32Array(0);
  return { ...mask, reason, extent: extentOf(counts, grid, volume) };
}

/** The slice that a share of all air that may be lung lies below. */
function chestBottom({ regions }: AirMap): number {
  const candidates = regions.filter((region) => isInBody(region) && !isGasRegion(region, null));
  const total = candidates.reduce((sum, { cells }) => sum + cells, 0);
  let below = 0;
  for (const { slice, cells } of candidates) {
    below += cells;
    if (below >= airBelowTrachea * total) return slice;
  }
  return 0;
}

/** The lung on whose side of the middle a cell lies. */
function sideOf(cell: number, { columns, rows }: HounsfieldGrid, { sideAxis, isTowardsLeft }: GridAxes, middle: readonly [number, number]): number {
  const isBehind = sideAxis === 'column' ? cell % columns >= middle[0] : Math.floor(cell / columns) % rows >= middle[1];
  return isBehind === isTowardsLeft ? lungLabels.leftLung : lungLabels.rightLung;
}

function centreOf(regions: readonly AirRegion[]): readonly [column: number, row: number] {
  const [columns, rows, cells] = regions.reduce(([a, b, c], region) => [a + region.columnSum, b + region.rowSum, c + region.cells], [0, 0, 0]);
  return cells === 0 ? [0, 0] : [columns / cells, rows / cells];
}

/** Air outside of the body and gas that is no lung's cannot join a lung that is closed. */
function shutOut({ matter, hullFirst, hullLast }: BodyRegion, { runs, components, regions }: AirMap, airway: Airway | null): void {
  const isShutOut = Uint8Array.from(regions, (region) => (isInBody(region) && !isGasRegion(region, airway) ? 0 : 1));
  const { columns, starts, ends, lines } = runs;
  for (let line = 0; line < runs.rows * runs.slices; line += 1) {
    for (let run = lines[line] ?? 0, end = lines[line + 1] ?? 0; run < end; run += 1) {
      if (isShutOut[components.componentOf[run] ?? 0] === 1) matter.fill(matters.beyond, line * columns + (starts[run] ?? 0), line * columns + (ends[run] ?? 0));
    }
    const [first, last] = [hullFirst[line] ?? columns, hullLast[line] ?? -1];
    matter.fill(matters.beyond, line * columns, line * columns + Math.min(first, columns));
    matter.fill(matters.beyond, line * columns + Math.max(last + 1, 0), (line + 1) * columns);
  }
}

/** What an outline's figures are made of. */
interface Outlined {
  readonly volume: CtVolume;
  readonly grid: HounsfieldGrid;
  readonly body: BodyRegion;
  readonly labels: Uint8Array;
  readonly regions: readonly AirRegion[];
  readonly cutSlices: number;
  /** Cells that lungs reach into by a part: they are read, but are no volume. */
  readonly rim: { readonly right: number; readonly left: number };
  readonly hasAirway: boolean;
  readonly hasSpine: boolean;
}

function outlineFigures({ volume, grid, body: { hullFirst, hullLast }, labels, regions, cutSlices, rim, hasAirway, hasSpine }: Outlined): OutlineFigures & Pick<LungMask, 'extent'> {
  const areaMm2 = grid.cellMm[0] * grid.cellMm[1];
  const counts = cellsPerSlice(labels, grid);
  const right = counts[lungLabels.rightLung] ?? new Int32Array(0);
  const left = counts[lungLabels.leftLung] ?? new Int32Array(0);
  const both = right.map((cells, slice) => cells + (left[slice] ?? 0));
  const volumeOf = (side: Int32Array, rimCells: number): number => (side.reduce((sum, count) => sum + count, 0) - rimCells) * areaMm2 * grid.cellMm[2];
  const filled = both.filter((cells) => cells > 0).length;
  let [hu, cells, edges] = [0, 0, 0];
  for (const region of regions) {
    hu += region.sum;
    cells += region.hullCells;
    edges += region.edgeCells;
  }
  const shares = Array.from(both, (count, slice) => {
    let hull = 0;
    for (let line = slice * grid.rows; line < (slice + 1) * grid.rows; line += 1) hull += Math.max(0, (hullLast[line] ?? -1) - (hullFirst[line] ?? 0) + 1);
    return hull === 0 ? 0 : count / hull;
  });
  const extent = extentOf(both, grid, volume);
  return {
    extent,
    rightMm3: volumeOf(right, rim.right),
    leftMm3: volumeOf(left, rim.left),
    heightMm: filled * grid.cellMm[2],
    meanHu: cells === 0 ? 0 : hu / cells,
    widestShare: shares.reduce((a, b) => Math.max(a, b), 0),
    bottomMm2: (both[0] ?? 0) * areaMm2,
    topMm2: (both.at(-1) ?? 0) * areaMm2,
    hasAirway,
    hasSpine,
    isCutAtSides: edges > 0,
    cutShare: filled === 0 ? 0 : cutSlices / filled,
    hasMissingSlices: extent !== null && hasMissingSlices(volume, extent),
  };
}
