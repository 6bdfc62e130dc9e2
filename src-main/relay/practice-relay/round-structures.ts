import { findComponents } from './components.ts';
import type { Component } from './components.ts';
import { distanceInside } from './distance.ts';
import { lungField } from './lung-field.ts';

/** A bright round structure: its box in pixels (inclusive), its size and how round it is. */
export interface RoundStructure {
  readonly columnMin: number;
  readonly rowMin: number;
  readonly columnMax: number;
  readonly rowMax: number;
  /** Diameter of a disc of the same area, in parts of the picture's width. */
  readonly diameterFraction: number;
  /** Area over that of a disc as long as the structure, 0..1. */
  readonly roundness: number;
  readonly meanGrey: number;
}

/** How closely to look: the accurate practice model finds smaller structures. */
export type Pass = 'standard' | 'fine';

/** About -400 HU: denser than that is not lung. */
const brightGrey = 160;

/** Limits of a pass; lengths in parts of the picture's width (512 px and 0.7 mm: 0.0195 is 10 px or 7 mm). */
interface Limits {
  readonly coreRadius: number;
  readonly smallest: number;
  readonly roundness: number;
}

const limitsOf: Readonly<Record<Pass, Limits>> = {
  standard: { coreRadius: 0.0085, smallest: 0.021, roundness: 0.6 },
  fine: { coreRadius: 0.0062, smallest: 0.015, roundness: 0.6 },
};
const largest = 0.12;

/**
 * Finds bright, roughly round structures inside the lung field of a tile. Deterministic.
 *
 * Vessels are thinner than the core radius or longer than they are wide.
 *
 * @param grey - Grey levels of a lung-window tile, columns x rows, row-major.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param pass - How closely to look.
 */
export function findRoundStructures(grey: Uint8Array, columns: number, rows: number, pass: Pass): readonly RoundStructure[] {
  const limits = limitsOf[pass];
  const field = lungField(grey, columns, rows);
  const bright = grey.map((value, at) => (value >= brightGrey && field[at] === 1 ? 1 : 0));
  const inside = distanceInside(bright, columns, rows, true);
  const core = inside.map((value) => (value > limits.coreRadius * columns ? 1 : 0));
  const cores = findComponents(Uint8Array.from(core), columns, rows);
  return cores
    .map((component) => grownBack(component, bright, grey, columns, rows, limits.coreRadius * columns))
    .filter((found) => found.diameterFraction >= limits.smallest && found.diameterFraction <= largest && found.roundness >= limits.roundness);
}

/** The core with the rim that the erosion took, without the vessels that lead to it. */
function grownBack(core: Component, bright: Uint8Array, grey: Uint8Array, columns: number, rows: number, radius: number): RoundStructure {
  const reach = Math.ceil(radius) + 1;
  const box = {
    columnMin: Math.max(0, core.columnMin - reach),
    columnMax: Math.min(columns - 1, core.columnMax + reach),
    rowMin: Math.max(0, core.rowMin - reach),
    rowMax: Math.min(rows - 1, core.rowMax + reach),
  };
  const width = box.columnMax - box.columnMin + 1;
  const height = box.rowMax - box.rowMin + 1;
  const away = new Uint8Array(width * height).fill(1);
  for (const at of core.pixels) {
    const column = at % columns;
    away[((at - column) / columns - box.rowMin) * width + column - box.columnMin] = 0;
  }
  const fromCore = distanceInside(away, width, height, false);
  let area = 0;
  let sum = 0;
  const extent = { columnMin: columns, columnMax: 0, rowMin: rows, rowMax: 0 };
  for (let local = 0; local < away.length; local += 1) {
    const column = (local % width) + box.columnMin;
    const row = Math.floor(local / width) + box.rowMin;
    const at = row * columns + column;
    if (bright[at] !== 1 || (fromCore[local] ?? 0) > radius) continue;
    area += 1;
    sum += grey[at] ?? 0;
    extent.columnMin = Math.min(extent.columnMin, column);
    extent.columnMax = Math.max(extent.columnMax, column);
    extent.rowMin = Math.min(extent.rowMin, row);
    extent.rowMax = Math.max(extent.rowMax, row);
  }
  const longest = Math.max(extent.columnMax - extent.columnMin, extent.rowMax - extent.rowMin) + 1;
  return {
    ...extent,
    diameterFraction: (2 * Math.sqrt(area / Math.PI)) / columns,
    roundness: Math.min(1, area / ((Math.PI / 4) * longest ** 2)),
    meanGrey: sum / Math.max(1, area),
  };
}
