import type { LungField } from './lung-field.ts';
import { insideAt, valueAt } from './sample-field.ts';

/** What rays from a place to all sides meet. */
export interface RayShape {
  /** Density of the middle above the lung's level, HU. */
  readonly coreHu: number;
  /** Way to half of that density, median of the rays that get out, mm within the slices. */
  readonly radiusMm: number;
  /** A fifth over four fifths of the ways out that lie nearly within the slice, 0 to 1: 1 for a ball. Thick slices show form there alone. */
  readonly evenness: number;
  /** Shortest over longest way through the middle, of those that lie nearly within the slice, 0 to 1: low in vessels that run along it. */
  readonly chordRatio: number;
  /** Share of the rays that do not end in the wall that go on much further than the others: vessels. */
  readonly longShare: number;
  /** Share of the rays that end in the wall. */
  readonly wallShare: number;
  /** How much of the density falls off within 1 mm around half of it, 0 to 1. */
  readonly sharpness: number;
  /** Share of what lies beyond the surface that is thin as lung. */
  readonly clearance: number;
  /** Density of the densest that lies beyond it, as a share of the middle's: high where a vessel goes on. */
  readonly beyondShare: number;
}

const rays = 80;
const directions = spiralDirections();
/** From this one on rays lie nearly within the slice, in opposite pairs. */
const firstFlat = 56;
/** What evenness is where too few rays get out to tell. */
const unknownEvenness = 0.5;
/** Fewer rays than this that meet lung beyond the surface tell nothing of what lies there. */
const fewestFar = 6;
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
    evenness: flatEvenness(ways, isWall, steps * stepMm),
    chordRatio: chordRatio(ways, isWall, steps * stepMm),
    longShare: out.length === 0 ? 1 : long / out.length,
    wallShare: walls / ways.length,
    sharpness: exits === 0 ? 0 : sharpness / exits,
    ...surroundingsOf(field, cell, toCells, median, coreHu),
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

function flatEvenness(ways: Float64Array, isWall: Uint8Array, mostMm: number): number {
  const out: number[] = [];
  for (let ray = firstFlat; ray < rays; ray += 1) if (isWall[ray] === 0) out.push(Math.min(ways[ray] ?? 0, mostMm));
  if (out.length < 6) return unknownEvenness;
  out.sort((a, b) => a - b);
  const at = (share: number): number => out[Math.floor(share * (out.length - 1))] ?? 0;
  return at(0.2) / Math.max(at(0.8), 1e-6);
}

function chordRatio(ways: Float64Array, isWall: Uint8Array, mostMm: number): number {
  let [shortest, longest, count] = [Infinity, 0, 0];
  for (let ray = firstFlat; ray < rays; ray += 2) {
    if (isWall[ray] === 1 || isWall[ray + 1] === 1) continue;
    const chord = Math.min(ways[ray] ?? 0, mostMm) + Math.min(ways[ray + 1] ?? 0, mostMm);
    if (chord < shortest) shortest = chord;
    if (chord > longest) longest = chord;
    count += 1;
  }
  return count < 3 ? unknownEvenness : shortest / Math.max(longest, 1e-6);
}

function surroundingsOf(
  field: LungField, cell: readonly [number, number, number], toCells: readonly [number, number, number], radiusMm: number, coreHu: number,
): Pick<RayShape, 'clearance' | 'beyondShare'> {
  let [clear, seen] = [0, 0];
  // The three densest of what lies furthest out, and how many there are.
  let [first, second, third, far] = [0, 0, 0, 0];
  for (const factor of beyond) {
    const way = factor * radiusMm + 1;
    for (let ray = 0; ray < rays; ray += 1) {
      const place = [
        cell[0] + (directions[3 * ray] ?? 0) * way * toCells[0], cell[1] + (directions[3 * ray + 1] ?? 0) * way * toCells[1], cell[2] + (directions[3 * ray + 2] ?? 0) * way * toCells[2],
      ] as const;
      if (insideAt(field, ...place) < wallBelow) continue;
      const value = valueAt(field, ...place);
      seen += 1;
      if (value < coreHu * 0.35) clear += 1;
      if (factor !== beyond[1]) continue;
      far += 1;
      if (value > first) [first, second, third] = [value, first, second];
      else if (value > second) [second, third] = [value, second];
      else if (value > third) third = value;
    }
  }
  return { clearance: seen === 0 ? 0 : clear / seen, beyondShare: far < fewestFar ? 0 : (first + second + third) / (3 * coreHu) };
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
