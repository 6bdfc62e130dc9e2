import type { HounsfieldGrid } from './grid-reduce.ts';
import { innerMean, isInBody } from './mask-region-kind.ts';
import type { AirMap, AirRegion } from './mask-air.ts';

/** Cross-section of a trachea or main bronchus, mm2: adults have 150 to 350, and 800 where it parts in two. */
const leastTracheaMm2 = 25;
const mostTracheaMm2 = 900;
/** Its air, mixed with that of the wall on a coarse grid. */
const tracheaHu = -850;
/** A trachea is followed over at least this length before it is believed. */
const leastLengthMm = 22;
/** How far from the middle of the body it may run. */
const offMiddleMm = 50;
/** Below the point where it parts, bronchi are followed this far. */
const bronchiMm = 30;
/** A lumen in pieces further above than this is a larynx, not the carina. */
const aroundCarinaMm = 25;
/** HU that the lumen must stay below, tried in this order: the first that does not leak into the lung is taken. */
const lumenHu = [-500, -650, -750, -820, -870, -910, -940, -960] as const;

/** The trachea and main bronchi of a volume. */
export interface Airway {
  /** Cells of the lumen and of the wall around it, mixed with air on this grid. */
  readonly cells: readonly number[];
  /** Those of them in the lumen beyond the point where the trachea parts. */
  readonly bronchi: readonly number[];
  /** Column and row of the trachea's middle. */
  readonly column: number;
  readonly row: number;
  /** Mean HU of air in it. */
  readonly airHu: number;
}

/**
 * Finds the trachea as the longest chain of small, round, dark regions near the middle of the body, and follows its lumen down
 * into the main bronchi from slice to slice; a piece that grows faster than a bronchus can has leaked and is given up.
 *
 * @param grid - The reduced volume.
 * @param air - Of the grid.
 * @param middle - Column and row of the body's middle.
 * @param chestBottom - Slice below which no trachea begins: half of the lungs' air lies above it.
 * @returns Null when none can be told; lungs then keep their airways.
 */
export function findAirway(grid: HounsfieldGrid, air: AirMap, middle: readonly [column: number, row: number], chestBottom: number): Airway | null {
  const chain = longestChain(grid, air, middle, chestBottom);
  if (chain === null) return null;
  const marks = new Uint8Array(grid.hounsfield.length);
  const tracer = new Tracer(grid, marks);
  const [top, bottom] = [chain[0], chain.at(-1)];
  if (top === undefined || bottom === undefined) return null;
  tracer.markRegion(air, top);
  tracer.follow(top, medianCells(chain), bottom.slice);
  let cells = 0;
  let [column, row, sum] = [0, 0, 0];
  for (const region of chain) {
    tracer.markRegion(air, region);
    cells += region.cells;
    column += region.columnSum;
    row += region.rowSum;
    sum += innerMean(region) / chain.length;
  }
  return { bronchi: tracer.bronchi, cells: tracer.thickened(), column: column / cells, row: row / cells, airHu: sum };
}

function longestChain(grid: HounsfieldGrid, { regions }: AirMap, [column, row]: readonly [number, number], chestBottom: number): readonly AirRegion[] | null {
  const [columnMm, rowMm, sliceMm] = grid.cellMm;
  const areaMm2 = columnMm * rowMm;
  const candidates = regions.filter((region) => {
    const across = [(region.lastColumn - region.firstColumn + 1) * columnMm, (region.lastRow - region.firstRow + 1) * rowMm] as const;
    const offMm = Math.hypot((region.columnSum / region.cells - column) * columnMm, (region.rowSum / region.cells - row) * rowMm * 0.4);
    return region.slice >= chestBottom && isInBody(region) && region.cells * areaMm2 >= leastTracheaMm2 && region.cells * areaMm2 <= mostTracheaMm2
      && region.innerCells > 0 && innerMean(region) < tracheaHu && offMm < offMiddleMm
      && Math.max(...across) <= 2.5 * Math.min(...across) && region.cells * areaMm2 > 0.45 * across[0] * across[1];
  });
  const isCandidate = new Set(candidates);
  let best: readonly AirRegion[] = [];
  const seen = new Set<AirRegion>();
  for (const top of candidates.sort((a, b) => b.slice - a.slice)) {
    if (seen.has(top)) continue;
    const chain: AirRegion[] = [];
    for (let next: AirRegion | undefined = top; next !== undefined && !seen.has(next);) {
      chain.push(next);
      seen.add(next);
      const from: AirRegion = next;
      next = from.below.find(({ region, overlap }) => isCandidate.has(region) && overlap >= 0.35 * Math.min(region.cells, from.cells) && region.cells < 2.2 * from.cells + 8)?.region;
    }
    if (chain.length > best.length) best = chain;
  }
  return best.length >= 2 && best.length * sliceMm >= leastLengthMm ? best : null;
}

function medianCells(chain: readonly AirRegion[]): number {
  return chain.map(({ cells }) => cells).sort((a, b) => a - b)[chain.length >> 1] ?? 0;
}

/** Follows a lumen from slice to slice and keeps its marks. */
class Tracer {
  readonly #grid: HounsfieldGrid;
  readonly #marks: Uint8Array;
  readonly bronchi: number[] = [];

  constructor(grid: HounsfieldGrid, marks: Uint8Array) {
    this.#grid = grid;
    this.#marks = marks;
  }

  markRegion({ runs, components }: AirMap, { id, slice, firstRow, lastRow }: AirRegion): void {
    for (let line = slice * runs.rows + firstRow; line <= slice * runs.rows + lastRow; line += 1) {
      for (let run = runs.lines[line] ?? 0; run < (runs.lines[line + 1] ?? 0); run += 1) {
        if (components.componentOf[run] === id) this.#marks.fill(1, line * runs.columns + (runs.starts[run] ?? 0), line * runs.columns + (runs.ends[run] ?? 0));
      }
    }
  }

  /** Goes down from a region that is marked; `usual` is the trachea's size in cells, `carina` about the slice where it parts. */
  follow({ slice }: AirRegion, usual: number, carina: number): void {
    const { columns, rows, cellMm } = this.#grid;
    const size = columns * rows;
    let pieces: readonly (readonly number[])[] = [this.#marked(slice)];
    let partedAt: number | null = null;
    for (let below = slice - 1; below >= 0 && pieces.length > 0; below -= 1) {
      if (partedAt !== null && (partedAt - below) * cellMm[2] > bronchiMm) break;
      const next: (readonly number[])[] = [];
      for (const piece of pieces) {
        const most = partedAt === null ? Math.max(2.6 * piece.length, 1.2 * usual) : Math.min(1.4 * piece.length + 10, 1.3 * usual);
        for (const found of this.#lumensUnder(piece.map((index) => index - size), Math.min(most, 3.2 * usual))) next.push(found);
      }
      if (next.length > 1 && (below - carina) * cellMm[2] <= aroundCarinaMm) partedAt ??= below;
      if (partedAt !== null) for (const lumen of next) for (const cell of lumen) this.bronchi.push(cell);
      pieces = next;
    }
  }

  /** Marks what continues one piece on the next slice, each connected part with the loosest bound that does not leak. */
  #lumensUnder(seeds: readonly number[], mostCells: number): readonly (readonly number[])[] {
    const found: (readonly number[])[] = [];
    for (const bound of lumenHu) {
      for (const seed of seeds) {
        if ((this.#grid.hounsfield[seed] ?? 0) >= bound || this.#marks[seed] === 1) continue;
        const lumen = this.#flood(seed, bound, mostCells);
        if (lumen !== null && lumen.length >= 3) found.push(lumen);
      }
    }
    return found;
  }

  /** Flood fill in the slice; leaves no marks and returns null when there is more than a bronchus holds. */
  #flood(seed: number, bound: number, mostCells: number): readonly number[] | null {
    const { columns, rows, hounsfield } = this.#grid;
    const marks = this.#marks;
    const size = columns * rows;
    const cells = [seed];
    marks[seed] = 1;
    for (const cell of cells) {
      const column = cell % columns;
      const row = Math.floor((cell % size) / columns);
      for (const next of [column > 0 ? cell - 1 : -1, column < columns - 1 ? cell + 1 : -1, row > 0 ? cell - columns : -1, row < rows - 1 ? cell + columns : -1]) {
        if (next < 0 || marks[next] === 1 || (hounsfield[next] ?? 0) >= bound) continue;
        marks[next] = 1;
        cells.push(next);
      }
      if (cells.length > mostCells) {
        for (const leaked of cells) marks[leaked] = 0;
        return null;
      }
    }
    return cells;
  }

  #marked(slice: number): readonly number[] {
    const size = this.#grid.columns * this.#grid.rows;
    const cells: number[] = [];
    for (let index = slice * size; index < (slice + 1) * size; index += 1) if (this.#marks[index] === 1) cells.push(index);
    return cells;
  }

  /** The marked cells and those next to them in their slice. */
  thickened(): readonly number[] {
    const { columns } = this.#grid;
    const marks = this.#marks;
    const cells: number[] = [];
    for (let index = marks.indexOf(1); index >= 0; index = marks.indexOf(1, index + 1)) cells.push(index);
    for (let lumen = cells.length - 1; lumen >= 0; lumen -= 1) {
      const index = cells[lumen] ?? 0;
      for (const next of [index - 1, index + 1, index - columns, index + columns]) {
        if (marks[next] !== 0) continue;
        marks[next] = 1;
        cells.push(next);
      }
    }
    return cells;
  }
}
