import type { HounsfieldGrid } from './grid-reduce.ts';
import { lungLabels } from './lung-mask.ts';
import type { AirMap, AirRegion } from './mask-air.ts';
import { sideAndDepth } from './mask-axes.ts';
import type { GridAxes } from './mask-axes.ts';
import { partingWay } from './mask-sides.ts';

/** A region has cells on both sides of the middle in earnest from this share and area on. */
const leastShare = 0.06;
const leastMm2 = 120;
/** Smaller regions follow the larger ones above and below them. */
const smallMm2 = 500;

/** A region of lung with what lies of it towards the upper end of the side axis. */
interface Part {
  readonly region: AirRegion;
  /** Cells behind the straight middle, and behind the way where one was looked for. */
  behindMiddle: number;
  behindWay: number;
  /** Label of the whole region; null when it has to be cut. */
  side: number | null;
}

/** A run of a part: its line (slice * rows + row), first column and the column behind its last. */
interface PartRun {
  readonly part: Part;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Labels the air of lungs as right or left by where it lies in the patient, and cuts regions that are of both lungs.
 *
 * @param labels - One per cell, 0 or lungLabels.airway so far; cells of the regions that are not airway get their label.
 * @param grid - The reduced volume.
 * @param air - Of the grid.
 * @param regions - Chosen as lung.
 * @param axes - How the grid lies in the patient.
 * @param middle - Of the body, index along the side axis.
 * @returns Number of slices on which both lungs were one region and had to be cut.
 */
export function partLungs(labels: Uint8Array, grid: HounsfieldGrid, air: AirMap, regions: readonly AirRegion[], axes: GridAxes, middle: number): number {
  const areaMm2 = grid.cellMm[0] * grid.cellMm[1];
  const upper = axes.isTowardsLeft ? lungLabels.leftLung : lungLabels.rightLung;
  const lower = axes.isTowardsLeft ? lungLabels.rightLung : lungLabels.leftLung;
  const parts = new Array<Part | undefined>(air.regions.length);
  for (const region of regions) parts[region.id] = { region, behindMiddle: 0, behindWay: 0, side: null };
  const straight = new Int16Array(sideAndDepth(grid, axes).depthCount).fill(Math.round(middle));
  const runs = runsOf(air, parts);
  for (const { part, line, from, to } of runs) part.behindMiddle += cellsBehind(axes, line % grid.rows, from, to, straight);
  const isBoth = ({ region }: Part, behind: number): boolean => {
    const least = Math.min(behind, region.cells - behind);
    return least >= leastShare * region.cells && least * areaMm2 >= leastMm2;
  };
  const spanning = regions.map(({ id }) => parts[id]).filter((part) => part !== undefined).filter((part) => isBoth(part, part.behindMiddle));
  const ways = findWays(labels, grid, air, spanning, axes, middle);
  for (const { part, line, from, to } of runs) {
    const way = ways.get(part.region.slice);
    if (way !== undefined) part.behindWay += cellsBehind(axes, line % grid.rows, from, to, way);
  }
  for (const { id } of regions) {
    const part = parts[id];
    if (part === undefined) continue;
    const hasWay = ways.has(part.region.slice);
    if (!hasWay || !isBoth(part, part.behindWay)) part.side = (hasWay ? part.behindWay : part.behindMiddle) * 2 > part.region.cells ? upper : lower;
  }
  for (const { id, cells } of regions) {
    const part = parts[id];
    if (part !== undefined && part.side !== null && cells * areaMm2 < smallMm2) part.side = votedSide(part, parts);
  }
  const airway = cellsOf(labels, lungLabels.airway);
  for (const { part: { region, side }, line, from, to } of runs) {
    const base = line * grid.columns;
    if (side !== null) labels.fill(side, base + from, base + to);
    else for (let column = from; column < to; column += 1) labels[base + column] = cellsBehind(axes, line % grid.rows, column, column + 1, ways.get(region.slice) ?? straight) === 1 ? upper : lower;
  }
  for (const cell of airway) labels[cell] = lungLabels.airway;
  return new Set(regions.filter(({ id }) => parts[id]?.side === null).map(({ slice }) => slice)).size;
}

/** Ways through the slices of regions that lie on both sides of the middle. */
function findWays(labels: Uint8Array, grid: HounsfieldGrid, air: AirMap, spanning: readonly Part[], axes: GridAxes, middle: number): ReadonlyMap<number, Int16Array> {
  const plane = sideAndDepth(grid, axes);
  const size = grid.columns * grid.rows;
  const marks = new Uint8Array(size);
  const ways = new Map<number, Int16Array>();
  for (const { region: { slice } } of spanning) {
    if (ways.has(slice)) continue;
    const parts = spanning.filter(({ region }) => region.slice === slice);
    marks.fill(0);
    for (const { region } of parts) visitRegion(air, region, (line, from, to) => marks.fill(1, (line % grid.rows) * grid.columns + from, (line % grid.rows) * grid.columns + to));
    for (let index = 0; index < size; index += 1) if (labels[slice * size + index] === lungLabels.airway) marks[index] = 0;
    const [from, to] = parts.reduce(([low, high], { region }) => [
      Math.min(low, axes.sideAxis === 'column' ? region.firstRow : region.firstColumn),
      Math.max(high, axes.sideAxis === 'column' ? region.lastRow : region.lastColumn),
    ], [plane.depthCount, 0]);
    const layer = { ...grid, slices: 1, hounsfield: grid.hounsfield.subarray(slice * size, (slice + 1) * size) };
    ways.set(slice, partingWay(layer, marks, plane, 0, middle, { from, to: to + 1 }));
  }
  return ways;
}

/** Cells of a run that lie at or behind a way, towards the upper end of the side axis. */
function cellsBehind({ sideAxis }: GridAxes, row: number, from: number, to: number, way: Int16Array): number {
  if (sideAxis === 'column') return Math.max(0, to - Math.max(from, way[row] ?? 0));
  let count = 0;
  for (let column = from; column < to; column += 1) if (row >= (way[column] ?? 0)) count += 1;
  return count;
}

function cellsOf(labels: Uint8Array, label: number): readonly number[] {
  const cells: number[] = [];
  for (let index = labels.indexOf(label); index >= 0; index = labels.indexOf(label, index + 1)) cells.push(index);
  return cells;
}

/** The runs of all parts, in the order of the grid. */
function runsOf({ runs, components }: AirMap, parts: readonly (Part | undefined)[]): readonly PartRun[] {
  const found: PartRun[] = [];
  for (let line = 0; line < runs.rows * runs.slices; line += 1) {
    for (let run = runs.lines[line] ?? 0, end = runs.lines[line + 1] ?? 0; run < end; run += 1) {
      const part = parts[components.componentOf[run] ?? 0];
      if (part !== undefined) found.push({ part, line, from: runs.starts[run] ?? 0, to: runs.ends[run] ?? 0 });
    }
  }
  return found;
}

function visitRegion({ runs, components }: AirMap, region: AirRegion, visit: (line: number, from: number, to: number) => void): void {
  for (let line = region.slice * runs.rows + region.firstRow; line <= region.slice * runs.rows + region.lastRow; line += 1) {
    for (let run = runs.lines[line] ?? 0; run < (runs.lines[line + 1] ?? 0); run += 1) {
      if (components.componentOf[run] === region.id) visit(line, runs.starts[run] ?? 0, runs.ends[run] ?? 0);
    }
  }
}

function votedSide({ region, side }: Part, parts: readonly (Part | undefined)[]): number | null {
  let votes = 0;
  for (const { region: other, overlap } of [...region.below, ...region.above]) {
    const otherSide = parts[other.id]?.side ?? null;
    if (otherSide !== null && other.cells > region.cells) votes += otherSide === side ? overlap : -overlap;
  }
  if (votes >= 0) return side;
  return side === lungLabels.rightLung ? lungLabels.leftLung : lungLabels.rightLung;
}
