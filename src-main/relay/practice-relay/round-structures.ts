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
  /** Diameter of a disc of the same area. */
  readonly diameterMm: number;
  /** Area over that of a disc as long as the structure, 0..1. */
  readonly roundness: number;
  /** Share of its surroundings that is darker than it. */
  readonly isolation: number;
  readonly meanGrey: number;
}

/** How closely to look: the accurate practice model finds smaller structures. */
export type Pass = 'standard' | 'fine';

/** About -400 HU: denser than that is not lung. */
export const brightGrey = 160;

/** Limits of a pass. */
interface Limits {
  readonly coreRadiusMm: number;
  readonly smallestMm: number;
  readonly roundness: number;
}

const limitsOf: Readonly<Record<Pass, Limits>> = {
  standard: { coreRadiusMm: 3.05, smallestMm: 7.5, roundness: 0.6 },
  fine: { coreRadiusMm: 2.2, smallestMm: 5.4, roundness: 0.6 },
};
const largestMm = 43;
/** Less of it is free where vessels leave the hilum. */
const leastIsolation = 0.8;
/** Surroundings of a structure: from here to there. */
const ringMm = { from: 0.8, to: 2.5 } as const;

/**
 * Finds bright, roughly round structures inside the lung field of a tile. Deterministic.
 *
 * Vessels are thinner than the core radius or longer than they are wide.
 *
 * @param grey - Grey levels of a lung-window tile, columns x rows, row-major.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param pass - How closely to look.
 * @param fieldMm - Width that the tile is taken to show: nobody tells a relay.
 */
export function findRoundStructures(grey: Uint8Array, columns: number, rows: number, pass: Pass, fieldMm: number): readonly RoundStructure[] {
  const limits = limitsOf[pass];
  const pixelMm = fieldMm / columns;
  const radius = limits.coreRadiusMm / pixelMm;
  const field = lungField(grey, columns, rows, pixelMm);
  const bright = grey.map((value, at) => (value >= brightGrey && field[at] === 1 ? 1 : 0));
  const inside = distanceInside(bright, columns, rows, true);
  const core = Uint8Array.from(inside, (value) => (value > radius ? 1 : 0));
  return findComponents(core, columns, rows)
    .map((component) => grownBack(component, bright, grey, columns, rows, radius, pixelMm))
    .filter((found) => found.diameterMm >= limits.smallestMm && found.diameterMm <= largestMm && found.roundness >= limits.roundness && found.isolation >= leastIsolation);
}

/**
 * A core with the rim that an erosion took, without the vessels that lead to it.
 *
 * @param core - What is left of the structure.
 * @param bright - 1 where the structure may lie.
 * @param grey - Grey levels, same order.
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 * @param radius - Of the erosion, pixels.
 * @param pixelMm - Size of a pixel.
 */
export function grownBack(core: Component, bright: Uint8Array, grey: Uint8Array, columns: number, rows: number, radius: number, pixelMm: number): RoundStructure {
  const reach = Math.ceil(radius + ringMm.to / pixelMm) + 1;
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
  const outside = new Uint8Array(width * height).fill(1);
  let area = 0;
  let sum = 0;
  const extent = { columnMin: columns, columnMax: 0, rowMin: rows, rowMax: 0 };
  for (let local = 0; local < away.length; local += 1) {
    const column = (local % width) + box.columnMin;
    const row = Math.floor(local / width) + box.rowMin;
    const at = row * columns + column;
    if (bright[at] !== 1 || (fromCore[local] ?? 0) > radius) continue;
    outside[local] = 0;
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
    diameterMm: 2 * Math.sqrt(area / Math.PI) * pixelMm,
    roundness: Math.min(1, area / ((Math.PI / 4) * longest ** 2)),
    isolation: darkAround(outside, grey, columns, { left: box.columnMin, top: box.rowMin, columns: width, rows: height }, pixelMm),
    meanGrey: sum / Math.max(1, area),
  };
}

function darkAround(outside: Uint8Array, grey: Uint8Array, columns: number, box: { readonly left: number; readonly top: number; readonly columns: number; readonly rows: number }, pixelMm: number): number {
  const away = distanceInside(outside, box.columns, box.rows, false);
  let ring = 0;
  let dark = 0;
  for (let local = 0; local < away.length; local += 1) {
    const mm = (away[local] ?? 0) * pixelMm;
    if (mm <= ringMm.from || mm > ringMm.to) continue;
    ring += 1;
    const at = (Math.floor(local / box.columns) + box.top) * columns + (local % box.columns) + box.left;
    if ((grey[at] ?? 0) < brightGrey) dark += 1;
  }
  return ring === 0 ? 0 : dark / ring;
}
