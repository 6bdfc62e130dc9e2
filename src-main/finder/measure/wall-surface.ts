import { fitParaboloid, heightOf } from './fit-paraboloid.ts';
import type { Paraboloid } from './fit-paraboloid.ts';
import type { Grid } from './local-box.ts';

type Vector = readonly [number, number, number];

/** Points of the wall around a nodule are taken up to this far beyond its radius, mm. */
const aroundMm = 9;
/** The surface counts up to this far beyond its radius, and no farther from what the wall was first told by than a share of it, mm. */
const besideMm = 3;
/** A nodule's base has at least this share of its radius. */
const baseShare = 0.8;
const fewestPoints = 40;
/** Lung from wall, HU; ground glass on it has its edge at less. */
const edgeHu = -450;
/** Rougher than this the wall is no smooth surface, mm. */
const roughestMm = 1.2;
const sideCount = 6;

/**
 * Lays a smooth surface through the wall around a nodule: a paraboloid through the edge of the bare wall.
 *
 * What the wall is first told by follows a nodule's base only roughly: a ball rolling over the lung's surface sinks into it, the
 * outline of the lungs goes beyond it. The surface bridges it.
 *
 * @param values - HU of the box.
 * @param fromWall - From distanceFromWall.
 * @param cells - 1 in the nodule as cut by the ball.
 * @param grid - Size.
 * @param levelHu - HU of the nodule's edge.
 * @returns As fromWall, with the surface in its place around the nodule; null where the nodule does not lie on a wall, or the wall is
 *   not smooth.
 */
export function smoothWall(values: Float32Array, fromWall: Float32Array, cells: Uint8Array, grid: Grid, levelHu: number): Float32Array | null {
  const base = baseOf(cells, fromWall, values, grid, levelHu);
  if (base === null) return null;
  const points = wallPoints(values, fromWall, cells, grid, Math.max(levelHu, edgeHu), base);
  if (points.length < 3 * fewestPoints || !surrounds(points)) return null;
  const surface = fitParaboloid(points, fewestPoints, roughestMm);
  if (surface === null) return null;
  const deepestMm = 1.5 + 0.4 * base.radiusMm;
  const result = fromWall.slice();
  for (let at = 0; at < result.length; at += 1) {
    const height = result[at] ?? 0;
    if (height <= deepestMm && height >= -deepestMm) result[at] = heightOverSurface(surface, base, grid, at, height);
  }
  return result;
}

/** How far a cell lies above a surface; beside it what was told before. */
function heightOverSurface(surface: Paraboloid, { centre, frame, radiusMm }: Base, grid: Grid, at: number, height: number): number {
  const x = xOf(at, grid) - centre[0];
  const y = yOf(at, grid) - centre[1];
  const z = zOf(at, grid) - centre[2];
  const u = dot(frame[0], x, y, z);
  const v = dot(frame[1], x, y, z);
  return u * u + v * v > (radiusMm + besideMm) ** 2 ? height : heightOf(surface, u, v) - dot(frame[2], x, y, z);
}

interface Base {
  /** Middle of the face at which the nodule was cut from the wall, mm in the box. */
  readonly centre: Vector;
  /** Two directions along the wall and the one into it. */
  readonly frame: readonly [Vector, Vector, Vector];
  readonly radiusMm: number;
}

function baseOf(cells: Uint8Array, fromWall: Float32Array, values: Float32Array, grid: Grid, levelHu: number): Base | null {
  // x, y, z and how many, added up: of the nodule's cells, and of the faces where it was cut.
  const inside = new Float64Array(4);
  const faces = new Float64Array(4);
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] !== 1) continue;
    const x = xOf(at, grid);
    const y = yOf(at, grid);
    const z = zOf(at, grid);
    addPoint(inside, x, y, z);
    for (let side = 0; side < sideCount; side += 1) {
      const next = beside(at, side, grid);
      if (next < 0 || cells[next] === 1 || (values[next] ?? 0) < levelHu || (fromWall[next] ?? 0) > grid.cellMm[0] * 0.5) continue;
      addPoint(faces, (x + xOf(next, grid)) / 2, (y + yOf(next, grid)) / 2, (z + zOf(next, grid)) / 2);
    }
  }
  const count = inside[3] ?? 0;
  const faceCount = faces[3] ?? 0;
  if (count === 0 || faceCount < 4) return null;
  const centre = meanOf(faces);
  const inner = meanOf(inside);
  const into: Vector = [centre[0] - inner[0], centre[1] - inner[1], centre[2] - inner[2]];
  const length = Math.hypot(...into);
  if (length < 0.3) return null;
  const w: Vector = [into[0] / length, into[1] / length, into[2] / length];
  const other: Vector = Math.abs(w[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(w, other));
  // Where the wall was told too deep, the face is smaller than the nodule's base.
  const ballMm = Math.cbrt((count * grid.cellMm[0] * grid.cellMm[1] * grid.cellMm[2] * 3) / (4 * Math.PI));
  const radiusMm = Math.max(Math.sqrt((faceCount * grid.cellMm[0] * grid.cellMm[1]) / Math.PI), ballMm * baseShare);
  return { centre, frame: [u, cross(w, u), w], radiusMm };
}

function addPoint(sum: Float64Array, x: number, y: number, z: number): void {
  sum[0] = (sum[0] ?? 0) + x;
  sum[1] = (sum[1] ?? 0) + y;
  sum[2] = (sum[2] ?? 0) + z;
  sum[3] = (sum[3] ?? 0) + 1;
}

function meanOf(sum: Float64Array): Vector {
  const count = sum[3] ?? 0;
  return [(sum[0] ?? 0) / count, (sum[1] ?? 0) / count, (sum[2] ?? 0) / count];
}

/** Where bare wall meets air around the nodule, between cells, in the base's frame: u, v, w, u, v, w ... */
function wallPoints(values: Float32Array, fromWall: Float32Array, cells: Uint8Array, grid: Grid, levelHu: number, base: Base): readonly number[] {
  const points: number[] = [];
  const highestMm = grid.cellMm[0];
  const deepestMm = -2 * grid.cellMm[0] - 1;
  for (let at = 0; at < values.length; at += 1) {
    const height = fromWall[at] ?? 0;
    if (height <= highestMm && height >= deepestMm && (values[at] ?? 0) >= levelHu && cells[at] !== 1) addEdges(points, at, values, grid, levelHu, base);
  }
  return points;
}

/** Adds where one cell of the wall meets air. */
function addEdges(points: number[], at: number, values: Float32Array, grid: Grid, levelHu: number, { centre, frame, radiusMm }: Base): void {
  const x = xOf(at, grid);
  const y = yOf(at, grid);
  const z = zOf(at, grid);
  if ((x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (z - centre[2]) ** 2 > (radiusMm + aroundMm) ** 2) return;
  const dense = values[at] ?? 0;
  for (let side = 0; side < sideCount; side += 1) {
    const next = beside(at, side, grid);
    const thin = next < 0 ? levelHu : values[next] ?? 0;
    if (thin >= levelHu) continue;
    const toX = xOf(next, grid) - x;
    const toY = yOf(next, grid) - y;
    const toZ = zOf(next, grid) - z;
    // Only where the wall faces the same way as behind the nodule.
    if (dot(frame[2], toX, toY, toZ) >= 0) continue;
    const share = (dense - levelHu) / (dense - thin);
    const offX = x + toX * share - centre[0];
    const offY = y + toY * share - centre[1];
    const offZ = z + toZ * share - centre[2];
    const u = dot(frame[0], offX, offY, offZ);
    const v = dot(frame[1], offX, offY, offZ);
    const w = dot(frame[2], offX, offY, offZ);
    if (Math.abs(w) < 0.9 * Math.sqrt(u * u + v * v) + 2) points.push(u, v, w);
  }
}

/** Points on three of four sides at least: else the surface would hang in the air. */
function surrounds(points: readonly number[]): boolean {
  const counts = [0, 0, 0, 0];
  for (let at = 0; at < points.length; at += 3) {
    const side = ((points[at] ?? 0) > 0 ? 1 : 0) + ((points[at + 1] ?? 0) > 0 ? 2 : 0);
    counts[side] = (counts[side] ?? 0) + 1;
  }
  return counts.filter((count) => count >= 5).length >= 3;
}

/** Index of the cell on one of six sides of a cell; -1 outside of the grid. */
function beside(at: number, side: number, { columns, rows, layers }: Grid): number {
  const size = columns * rows;
  switch (side) {
    case 0: return at % columns > 0 ? at - 1 : -1;
    case 1: return at % columns < columns - 1 ? at + 1 : -1;
    case 2: return at % size >= columns ? at - columns : -1;
    case 3: return at % size < size - columns ? at + columns : -1;
    case 4: return at >= size ? at - size : -1;
    default: return at < size * (layers - 1) ? at + size : -1;
  }
}

function xOf(at: number, { columns, cellMm }: Grid): number {
  return (at % columns) * cellMm[0];
}

function yOf(at: number, { columns, rows, cellMm }: Grid): number {
  return (Math.floor(at / columns) % rows) * cellMm[1];
}

function zOf(at: number, { columns, rows, cellMm }: Grid): number {
  return Math.floor(at / (columns * rows)) * cellMm[2];
}

function dot(a: Vector, x: number, y: number, z: number): number {
  return a[0] * x + a[1] * y + a[2] * z;
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}
