import type { HounsfieldGrid } from './grid-reduce.ts';
import { findRuns, joinRuns, visitOverlaps } from './grid-runs.ts';
import type { GridRuns, RunComponents } from './grid-runs.ts';
import { matters } from './mask-body.ts';
import type { BodyRegion } from './mask-body.ts';

/** Connected air on one slice, inside or outside of the body; counts are cells. */
export interface AirRegion {
  readonly id: number;
  readonly slice: number;
  cells: number;
  /** Cells inside of the body's convex hull, and of those with air on all four sides their number and sum of HU. */
  hullCells: number;
  innerCells: number;
  innerSum: number;
  sum: number;
  /** Cells next to the end of what was reconstructed. */
  edgeCells: number;
  columnSum: number;
  rowSum: number;
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
  /** Regions of the slices below and above that have cells over each other. */
  readonly below: AirLink[];
  readonly above: AirLink[];
}

/** A neighbour on the next slice. */
export interface AirLink {
  readonly region: AirRegion;
  /** Cells in common when seen from above. */
  overlap: number;
}

/** All air of a grid. */
export interface AirMap {
  readonly regions: readonly AirRegion[];
  readonly runs: GridRuns;
  readonly components: RunComponents;
}

/**
 * Finds the connected air of every slice and how it hangs together from slice to slice.
 *
 * @param grid - The reduced volume.
 * @param body - Found in it.
 */
export function findAir(grid: HounsfieldGrid, body: BodyRegion): AirMap {
  const runs = findRuns(body.matter, matters.air, grid);
  const components = joinRuns(runs, 'slice');
  const regions: AirRegion[] = [];
  for (let line = 0; line < grid.rows * grid.slices; line += 1) {
    for (let run = runs.lines[line] ?? 0; run < (runs.lines[line + 1] ?? 0); run += 1) {
      const id = components.componentOf[run] ?? 0;
      const region = regions[id] ?? emptyRegion(id, Math.floor(line / grid.rows));
      regions[id] = region;
      addRun(region, grid, body, line, runs.starts[run] ?? 0, runs.ends[run] ?? 0);
    }
  }
  linkRegions(regions, runs, components);
  return { regions, runs, components };
}

/**
 * The region that a cell of air belongs to.
 *
 * @param air - Of the grid.
 * @param cell - Index of the cell.
 */
export function regionAt({ runs, components, regions }: AirMap, cell: number): AirRegion | undefined {
  const line = Math.floor(cell / runs.columns);
  const column = cell % runs.columns;
  for (let run = runs.lines[line] ?? 0; run < (runs.lines[line + 1] ?? 0); run += 1) {
    if ((runs.starts[run] ?? 0) <= column && column < (runs.ends[run] ?? 0)) return regions[components.componentOf[run] ?? 0];
  }
  return undefined;
}

function emptyRegion(id: number, slice: number): AirRegion {
  return {
    id, slice, cells: 0, hullCells: 0, innerCells: 0, innerSum: 0, sum: 0, edgeCells: 0, columnSum: 0, rowSum: 0,
    firstColumn: 32767, lastColumn: -1, firstRow: 32767, lastRow: -1, below: [], above: [],
  };
}

function addRun(region: AirRegion, grid: HounsfieldGrid, { matter, hullFirst, hullLast }: BodyRegion, line: number, start: number, end: number): void {
  const { columns, rows, hounsfield } = grid;
  const row = line % rows;
  region.cells += end - start;
  region.columnSum += ((start + end - 1) * (end - start)) / 2;
  region.rowSum += row * (end - start);
  region.firstColumn = Math.min(region.firstColumn, start);
  region.lastColumn = Math.max(region.lastColumn, end - 1);
  region.firstRow = Math.min(region.firstRow, row);
  region.lastRow = row;
  const from = line * columns + Math.max(start, hullFirst[line] ?? columns);
  const to = line * columns + Math.min(end, (hullLast[line] ?? -1) + 1);
  if (start === 0 || matter[line * columns + start - 1] === matters.beyond) region.edgeCells += 1;
  if (end === columns || matter[line * columns + end] === matters.beyond) region.edgeCells += 1;
  if (to <= from) return;
  region.hullCells += to - from;
  const isEdgeRow = row === 0 || row === rows - 1;
  if (isEdgeRow) region.edgeCells += to - from;
  for (let index = from; index < to; index += 1) {
    const hu = hounsfield[index] ?? 0;
    region.sum += hu;
    if (isEdgeRow) continue;
    const upper = matter[index - columns];
    const lower = matter[index + columns];
    if (upper === matters.beyond || lower === matters.beyond) region.edgeCells += 1;
    if (upper === matters.air && lower === matters.air && index > from && index < to - 1) {
      region.innerCells += 1;
      region.innerSum += hu;
    }
  }
}

function linkRegions(regions: readonly AirRegion[], runs: GridRuns, { componentOf }: RunComponents): void {
  const links = new Map<number, AirLink>();
  for (let line = runs.rows; line < runs.rows * runs.slices; line += 1) {
    if (line % runs.rows === 0) links.clear();
    visitOverlaps(runs, line - runs.rows, line, (lowerRun, upperRun, overlap) => {
      const lower = regions[componentOf[lowerRun] ?? 0];
      const upper = regions[componentOf[upperRun] ?? 0];
      if (lower === undefined || upper === undefined) return;
      const key = lower.id * regions.length + upper.id;
      const known = links.get(key);
      if (known === undefined) {
        const link = { region: upper, overlap };
        lower.above.push(link);
        upper.below.push({ region: lower, overlap });
        links.set(key, link);
      } else known.overlap += overlap;
    });
  }
  for (const upper of regions) {
    for (const link of upper.below) link.overlap = link.region.above.find(({ region }) => region === upper)?.overlap ?? link.overlap;
  }
}
