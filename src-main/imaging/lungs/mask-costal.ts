import type { MeasuredShape } from './grid-coarser.ts';
import { findRuns, joinRuns, visitRunCells } from './grid-runs.ts';

/** Angle between two neighbouring rays, radians. */
const rayStep = Math.PI / 60;
const rayCount = 120;
/** Longest straight way along the ribs that a dent is bridged by, mm: the width of a mass on the pleura. */
const longestBridgeMm = 85;
/** A dent is at least this deep, mm; what is not may be a wall that is flat. */
const leastDentMm = 3;
/** How far the wall may bulge outwards between two points of a lung's outline, mm. */
const mostBulgeMm = 8;
/** Lung that must lie between the mediastinum and a dent, mm. */
const leastLungMm = 4;
/** Share of a dent's underside that lies on lung. */
const leastOnLung = 0.5;
/** Mark of cells in a dent until it is known to be one. */
const dent = 2;

/** The plane of the slices in polar coordinates around the middle of the chest. */
export interface ChestRays {
  /** Ray of each cell of a slice, and its distance from the middle in mm. */
  readonly ray: Uint8Array;
  readonly radiusMm: Float32Array;
}

/**
 * Lays rays from the middle of the chest over a slice.
 *
 * @param grid - The reduced volume.
 * @param middle - Column and row of the mediastinum.
 */
export function chestRays({ columns, rows, cellMm }: MeasuredShape, middle: readonly [column: number, row: number]): ChestRays {
  const ray = new Uint8Array(columns * rows);
  const radiusMm = new Float32Array(columns * rows);
  for (let index = 0; index < ray.length; index += 1) {
    const x = ((index % columns) - middle[0]) * cellMm[0];
    const y = (Math.floor(index / columns) - middle[1]) * cellMm[1];
    radiusMm[index] = Math.sqrt(x * x + y * y);
    ray[index] = Math.min(rayCount - 1, Math.floor((Math.atan2(y, x) + Math.PI) / rayStep));
  }
  return { ray, radiusMm };
}

/**
 * Fills dents that something dense on the ribs' side makes into a lung, in place: the lung's outline there is convex, so that a
 * straight way between two of its points no further apart than 85 mm stays inside of the chest.
 *
 * A dent is filled only where lung lies between it and the mediastinum (heart, aorta and spine have none there), and where lung
 * lies below it (below the dome of the diaphragm lies the liver or spleen).
 *
 * @param lung - 1 in one lung, 0 elsewhere.
 * @param grid - The reduced volume.
 * @param rays - Of the grid.
 */
export function fillCostalDents(lung: Uint8Array, grid: MeasuredShape, rays: ChestRays): void {
  const size = grid.columns * grid.rows;
  const inner = new Int16Array(rayCount);
  const outermost = new Float32Array(rayCount);
  let hasDents = false;
  for (let slice = 0; slice < grid.slices; slice += 1) {
    const cells = lung.subarray(slice * size, (slice + 1) * size);
    inner.fill(0);
    outermost.fill(0);
    for (let index = 0; index < size; index += 1) {
      if (cells[index] !== 1) continue;
      const ray = rays.ray[index] ?? 0;
      inner[ray] = (inner[ray] ?? 0) + 1;
      outermost[ray] = Math.max(outermost[ray] ?? 0, rays.radiusMm[index] ?? 0);
    }
    const bridged = bridge(outermost, inner, Math.ceil(leastLungMm / grid.cellMm[0]));
    if (bridged === null) continue;
    hasDents = true;
    for (let index = 0; index < size; index += 1) {
      const ray = rays.ray[index] ?? 0;
      const radius = rays.radiusMm[index] ?? 0;
      if (radius > (outermost[ray] ?? 0) && radius <= (bridged[ray] ?? 0)) cells[index] = dent;
    }
  }
  if (hasDents) keepClosedDents(lung, grid);
}

/** Dents with mostly lung under them become lung, the others are given up. */
function keepClosedDents(cells: Uint8Array, grid: MeasuredShape): void {
  const runs = findRuns(cells, dent, grid);
  const { count, componentOf } = joinRuns(runs, 'volume');
  const bottoms = new Int32Array(count);
  const onLung = new Int32Array(count);
  const size = grid.columns * grid.rows;
  visitRunCells(runs, (run, index) => {
    const component = componentOf[run] ?? 0;
    const below = cells[index - size] ?? 0;
    if (below === dent) return;
    bottoms[component] = (bottoms[component] ?? 0) + 1;
    if (below === 1) onLung[component] = (onLung[component] ?? 0) + 1;
  });
  visitRunCells(runs, (run, index) => {
    const component = componentOf[run] ?? 0;
    cells[index] = (onLung[component] ?? 0) >= leastOnLung * (bottoms[component] ?? 0) ? 1 : 0;
  });
}

/** The outline with its dents bridged; null when there are none. */
function bridge(outermost: Float32Array, inner: Int16Array, leastCells: number): Float32Array | null {
  const sines = Float32Array.from(outermost, (_, ray) => Math.sin(ray * rayStep));
  const bridged = outermost.slice();
  let isChanged = false;
  for (let from = 0; from < rayCount; from += 1) {
    const a = outermost[from] ?? 0;
    if (a === 0) continue;
    for (let span = 2; span < rayCount / 4; span += 1) {
      const b = outermost[(from + span) % rayCount] ?? 0;
      const sine = sines[span] ?? 0;
      if (b === 0 || a * a + b * b - 2 * a * b * (sines[span + rayCount / 4] ?? 0) > longestBridgeMm ** 2) continue;
      for (let between = 1; between < span; between += 1) {
        const ray = (from + between) % rayCount;
        if ((inner[ray] ?? 0) < leastCells) continue;
        // Where the ray meets the straight way from a to b, and further out as the wall bulges.
        const straight = (a * b * sine) / (a * (sines[between] ?? 0) + b * (sines[span - between] ?? 0));
        if (straight <= (outermost[ray] ?? 0) + leastDentMm) continue;
        const radius = Math.min(straight + mostBulgeMm, a + ((b - a) * between) / span);
        if (radius > (bridged[ray] ?? 0)) {
          bridged[ray] = radius;
          isChanged = true;
        }
      }
    }
  }
  return isChanged ? bridged : null;
}
