import type { LungField } from './lung-field.ts';

/** What rays from a place to all sides meet. */
export interface RayShape {
  /** Density of the middle above the lung's level, HU. */
  readonly coreHu: number;
  /** Way to half of that density, median of the rays that get out, mm within the slices. */
  readonly radiusMm: number;
  /** First over third quartile of the ways out, 0 to 1: 1 for a ball. */
  readonly evenness: number;
  /** Share of the rays that do not end in the wall that go on much further than the others: vessels. */
  readonly longShare: number;
  /** Share of the rays that end in the wall. */
  readonly wallShare: number;
  /** How much of the density falls off within 1 mm around half of it, 0 to 1. */
  readonly sharpness: number;
  /** Share of what lies beyond the surface that is thin as lung. */
  readonly clearance: number;
}

const rays = 80;
const directions = spiralDirections();
/** A ray that goes on this much further than the median is long. */
const longFactor = 1.7;
/** Share in the lung below which a cell belongs to the wall, of 255. */
const wallBelow = 150;
/** What lies beyond the surface is looked at as far as this, in radii from the middle. */
const beyond = [1.35, 1.7] as const;

/**
 * Sends rays from a place to all sides, until they meet half the density of the middle.
 *
 * Along the layers lengths are measured in the field's own stretch there: thick slices stretch what is small.
 *
 * @param field - The lung.
 * @param cell - Place in its grid; may be fractional.
 * @param radiusMm - Expected.
 */
export function rayShape(field: LungField, cell: readonly [number, number, number], radiusMm: number): RayShape {
  const { cellMm, blurMm } = field.grid;
  // A ball of this radius has a variance of radius² / 5 along each axis, blur adds its own.
  const stretch = Math.sqrt((radiusMm ** 2 / 5 + blurMm[2] ** 2) / (radiusMm ** 2 / 5 + blurMm[0] ** 2));
  const toCells = [1 / cellMm[0], 1 / cellMm[1], stretch / cellMm[2]] as const;
  const coreHu = coreOf(field, cell, toCells, radiusMm);
  const stepMm = Math.max(0.4, radiusMm / 14);
  const steps = Math.ceil((2.6 * radiusMm + 2) / stepMm);
  const ways = new Float64Array(rays);
  const isWall = new Uint8Array(rays);
  const out: number[] = [];
  let [walls, sharpness, exits] = [0, 0, 0];
  for (let ray = 0; ray < ways.length; ray += 1) {
    const [x, y, z] = [(directions[3 * ray] ?? 0) * toCells[0] * stepMm, (directions[3 * ray + 1] ?? 0) * toCells[1] * stepMm, (directions[3 * ray + 2] ?? 0) * toCells[2] * stepMm];
    let step = 1;
    let before = coreHu;
    for (; step <= steps; step += 1) {
      const [column, row, layer] = [cell[0] + x * step, cell[1] + y * step, cell[2] + z * step];
      const share = insideAt(field, column, row, layer);
      if (share < wallBelow) {
        isWall[ray] = 1;
        break;
      }
      const value = valueAt(field, column, row, layer);
      if (value < coreHu / 2) {
        const part = before > value ? (before - coreHu / 2) / (before - value) : 0;
        ways[ray] = (step - 1 + Math.min(1, Math.max(0, part))) * stepMm;
        const offMm = 0.7;
        const [inner, outer] = [ways[ray] ?? 0, ways[ray] ?? 0].map((way, index) => {
          const at = (way + (index === 0 ? -offMm : offMm)) / stepMm;
          return valueAt(field, cell[0] + x * at, cell[1] + y * at, cell[2] + z * at);
        });
        sharpness += Math.max(0, (inner ?? 0) - (outer ?? 0)) / coreHu;
        exits += 1;
        break;
      }
      before = value;
    }
    if (isWall[ray] === 1) {
      walls += 1;
      ways[ray] = step * stepMm;
    } else {
      if (step > steps) ways[ray] = Infinity;
      out.push(ways[ray] ?? 0);
    }
  }
  out.sort((a, b) => a - b);
  const at = (share: number): number => Math.min(out[Math.floor(share * (out.length - 1))] ?? radiusMm, steps * stepMm);
  const median = out.length < 8 ? radiusMm : at(0.4);
  const longMm = longFactor * median + 0.8;
  let long = 0;
  for (const way of out) if (way > longMm) long += 1;
  return {
    coreHu, radiusMm: median,
    evenness: out.length < 8 ? 0 : at(0.25) / Math.max(at(0.75), 1e-6),
    longShare: out.length === 0 ? 1 : long / out.length,
    wallShare: walls / ways.length,
    sharpness: exits === 0 ? 0 : sharpness / exits,
    clearance: clearanceOf(field, cell, toCells, median, coreHu),
  };
}

/** Median of the values in the inner half of the ball. */
function coreOf(field: LungField, cell: readonly [number, number, number], toCells: readonly [number, number, number], radiusMm: number): number {
  const values = [valueAt(field, ...cell)];
  for (const share of [0.25, 0.5]) {
    for (let ray = 0; ray < rays; ray += share === 0.25 ? 4 : 2) {
      const way = share * radiusMm;
      values.push(valueAt(
        field, cell[0] + (directions[3 * ray] ?? 0) * way * toCells[0], cell[1] + (directions[3 * ray + 1] ?? 0) * way * toCells[1], cell[2] + (directions[3 * ray + 2] ?? 0) * way * toCells[2],
      ));
    }
  }
  values.sort((a, b) => a - b);
  return Math.max(1, values[Math.floor(values.length * 0.6)] ?? 0);
}

function clearanceOf(field: LungField, cell: readonly [number, number, number], toCells: readonly [number, number, number], radiusMm: number, coreHu: number): number {
  let [clear, seen] = [0, 0];
  for (const factor of beyond) {
    const way = factor * radiusMm + 1;
    for (let ray = 0; ray < rays; ray += 1) {
      const place = [
        cell[0] + (directions[3 * ray] ?? 0) * way * toCells[0], cell[1] + (directions[3 * ray + 1] ?? 0) * way * toCells[1], cell[2] + (directions[3 * ray + 2] ?? 0) * way * toCells[2],
      ] as const;
      if (insideAt(field, ...place) < wallBelow) continue;
      seen += 1;
      if (valueAt(field, ...place) < coreHu * 0.35) clear += 1;
    }
  }
  return seen === 0 ? 0 : clear / seen;
}

function insideAt({ inside, grid: { columns, rows, layers } }: LungField, column: number, row: number, layer: number): number {
  const [x, y, z] = [Math.round(column), Math.round(row), Math.round(layer)];
  // Where the scan ends the lung goes on as it was.
  const held = Math.min(Math.max(z, 0), layers - 1);
  return x < 0 || y < 0 || x >= columns || y >= rows ? 0 : inside[(held * rows + y) * columns + x] ?? 0;
}

function valueAt({ values, grid: { columns, rows, layers } }: LungField, column: number, row: number, layer: number): number {
  const [x, y, z] = [Math.min(Math.max(column, 0), columns - 1.001), Math.min(Math.max(row, 0), rows - 1.001), Math.min(Math.max(layer, 0), layers - 1)];
  const [left, top, low] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [a, b, c] = [x - left, y - top, z - low];
  const at = (low * rows + top) * columns + left;
  const up = low + 1 < layers ? rows * columns : 0;
  const lower = ((values[at] ?? 0) * (1 - a) + (values[at + 1] ?? 0) * a) * (1 - b) + ((values[at + columns] ?? 0) * (1 - a) + (values[at + columns + 1] ?? 0) * a) * b;
  if (c === 0) return lower;
  const upper = ((values[at + up] ?? 0) * (1 - a) + (values[at + up + 1] ?? 0) * a) * (1 - b) + ((values[at + up + columns] ?? 0) * (1 - a) + (values[at + up + columns + 1] ?? 0) * a) * b;
  return lower * (1 - c) + upper * c;
}

/** Evenly over the sphere, in opposite pairs, so that a mirrored lung is met by mirrored rays as nearly as can be. */
function spiralDirections(): Float64Array {
  const all = new Float64Array(3 * rays);
  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let pair = 0; pair < rays / 2; pair += 1) {
    const z = 1 - (2 * pair + 1) / rays;
    const radius = Math.sqrt(1 - z * z);
    const [x, y] = [radius * Math.cos(golden * pair), radius * Math.sin(golden * pair)];
    all.set([x, y, z, -x, -y, -z], 6 * pair);
  }
  return all;
}
