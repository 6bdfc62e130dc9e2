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
  if (points.length < fewestPoints || !surrounds(points)) return null;
  const surface = fitParaboloid(points);
  if (surface === null) return null;
  const { centre, frame, radiusMm } = base;
  const reachMm = radiusMm + besideMm;
  const deepestMm = 1.5 + 0.4 * radiusMm;
  return fromWall.map((height, at) => {
    if (Math.abs(height) > deepestMm) return height;
    const [x, y, z] = placeOf(at, grid);
    const [u, v, w] = inFrame(frame, [x - centre[0], y - centre[1], z - centre[2]]);
    return u * u + v * v > reachMm * reachMm ? height : heightOf(surface, u, v) - w;
  });
}

interface Base {
  /** Middle of the face at which the nodule was cut from the wall, mm in the box. */
  readonly centre: Vector;
  /** Two directions along the wall and the one into it. */
  readonly frame: readonly [Vector, Vector, Vector];
  readonly radiusMm: number;
}

function baseOf(cells: Uint8Array, fromWall: Float32Array, values: Float32Array, grid: Grid, levelHu: number): Base | null {
  const middle = [0, 0, 0] as [number, number, number];
  const face = [0, 0, 0] as [number, number, number];
  let count = 0;
  let faces = 0;
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] !== 1) continue;
    const place = placeOf(at, grid);
    count += 1;
    for (const axis of [0, 1, 2] as const) middle[axis] += place[axis];
    visitSides(at, grid, (next) => {
      if (cells[next] === 1 || (values[next] ?? 0) < levelHu || (fromWall[next] ?? 0) > grid.cellMm[0] * 0.5) return;
      faces += 1;
      const other = placeOf(next, grid);
      for (const axis of [0, 1, 2] as const) face[axis] += (place[axis] + other[axis]) / 2;
    });
  }
  if (count === 0 || faces < 4) return null;
  const centre: Vector = [face[0] / faces, face[1] / faces, face[2] / faces];
  const into: Vector = [centre[0] - middle[0] / count, centre[1] - middle[1] / count, centre[2] - middle[2] / count];
  const length = Math.hypot(...into);
  if (length < 0.3) return null;
  const w: Vector = [into[0] / length, into[1] / length, into[2] / length];
  const other: Vector = Math.abs(w[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(w, other));
  // Where the wall was told too deep, the face is smaller than the nodule's base.
  const ballMm = Math.cbrt((count * grid.cellMm[0] * grid.cellMm[1] * grid.cellMm[2] * 3) / (4 * Math.PI));
  const radiusMm = Math.max(Math.sqrt((faces * grid.cellMm[0] * grid.cellMm[1]) / Math.PI), ballMm * baseShare);
  return { centre, frame: [u, cross(w, u), w], radiusMm };
}

/** Where bare wall meets air around the nodule, between cells, in the base's frame. */
function wallPoints(values: Float32Array, fromWall: Float32Array, cells: Uint8Array, grid: Grid, levelHu: number, { centre, frame, radiusMm }: Base): readonly Vector[] {
  const points: Vector[] = [];
  const reachMm = radiusMm + aroundMm;
  for (let at = 0; at < values.length; at += 1) {
    const dense = values[at] ?? 0;
    if (dense < levelHu || cells[at] === 1 || (fromWall[at] ?? 0) > grid.cellMm[0] || (fromWall[at] ?? 0) < -2 * grid.cellMm[0] - 1) continue;
    const place = placeOf(at, grid);
    if ((place[0] - centre[0]) ** 2 + (place[1] - centre[1]) ** 2 + (place[2] - centre[2]) ** 2 > reachMm * reachMm) continue;
    visitSides(at, grid, (next) => {
      const thin = values[next] ?? 0;
      if (thin >= levelHu) return;
      const other = placeOf(next, grid);
      // Only where the wall faces the same way as behind the nodule, within 60 degrees of it.
      const facing = inFrame(frame, [place[0] - other[0], place[1] - other[1], place[2] - other[2]]);
      if (facing[2] <= 0) return;
      const share = (dense - levelHu) / (dense - thin);
      points.push(inFrame(frame, [
        place[0] + (other[0] - place[0]) * share - centre[0], place[1] + (other[1] - place[1]) * share - centre[1], place[2] + (other[2] - place[2]) * share - centre[2],
      ]));
    });
  }
  return points.filter((point) => Math.abs(point[2]) < 0.9 * Math.hypot(point[0], point[1]) + 2);
}

/** Points on three of four sides at least: else the surface would hang in the air. */
function surrounds(points: readonly Vector[]): boolean {
  const sides = [0, 0, 0, 0];
  for (const [u, v] of points) {
    const side = (u > 0 ? 1 : 0) + (v > 0 ? 2 : 0);
    sides[side] = (sides[side] ?? 0) + 1;
  }
  return sides.filter((count) => count >= 5).length >= 3;
}

/** Height over u and v: six coefficients by least squares, three rounds, points far off left out. */
function fitParaboloid(points: readonly Vector[]): readonly number[] | null {
  let kept = points;
  let surface: readonly number[] | null = null;
  for (let round = 0; round < 3; round += 1) {
    surface = leastSquares(kept);
    if (surface === null) return null;
    const current = surface;
    const limitMm = round === 0 ? 3 : 1.5;
    kept = points.filter(([u, v, w]) => Math.abs(heightOf(current, u, v) - w) < limitMm);
    if (kept.length < Math.max(fewestPoints, points.length * 0.4)) return null;
  }
  const last = surface ?? [];
  const rough = Math.sqrt(kept.reduce((sum, [u, v, w]) => sum + (heightOf(last, u, v) - w) ** 2, 0) / kept.length);
  return rough > roughestMm ? null : surface;
}

function terms(u: number, v: number): readonly number[] {
  return [1, u, v, u * u, u * v, v * v];
}

function heightOf(surface: readonly number[], u: number, v: number): number {
  return terms(u, v).reduce((sum, term, at) => sum + term * (surface[at] ?? 0), 0);
}

/** Normal equations, solved by elimination; curvature is held back a little, so that a one-sided set of points does not bend the surface. */
function leastSquares(points: readonly Vector[]): readonly number[] | null {
  const size = 6;
  const rows = Array.from({ length: size }, (_, at) => {
    const row = new Float64Array(size + 1);
    row[at] = at < 3 ? 1e-6 : points.length * 4;
    return row;
  });
  for (const [u, v, w] of points) {
    const values = terms(u, v);
    for (const [at, row] of rows.entries()) {
      const own = values[at] ?? 0;
      for (let other = 0; other < size; other += 1) row[other] = (row[other] ?? 0) + own * (values[other] ?? 0);
      row[size] = (row[size] ?? 0) + own * w;
    }
  }
  for (let column = 0; column < size; column += 1) {
    const pivot = rows[column];
    const own = pivot?.[column] ?? 0;
    if (pivot === undefined || !(Math.abs(own) > 1e-9)) return null;
    for (const [at, row] of rows.entries()) {
      if (at === column) continue;
      const share = (row[column] ?? 0) / own;
      for (let other = column; other <= size; other += 1) row[other] = (row[other] ?? 0) - share * (pivot[other] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}

function visitSides(at: number, { columns, rows, layers }: Grid, visit: (next: number) => void): void {
  const size = columns * rows;
  const column = at % columns;
  const row = Math.floor(at / columns) % rows;
  const layer = Math.floor(at / size);
  if (column > 0) visit(at - 1);
  if (column + 1 < columns) visit(at + 1);
  if (row > 0) visit(at - columns);
  if (row + 1 < rows) visit(at + columns);
  if (layer > 0) visit(at - size);
  if (layer + 1 < layers) visit(at + size);
}

function placeOf(at: number, { columns, rows, cellMm }: Grid): Vector {
  return [(at % columns) * cellMm[0], (Math.floor(at / columns) % rows) * cellMm[1], Math.floor(at / (columns * rows)) * cellMm[2]];
}

function inFrame([u, v, w]: readonly [Vector, Vector, Vector], p: Vector): Vector {
  return [u[0] * p[0] + u[1] * p[1] + u[2] * p[2], v[0] * p[0] + v[1] * p[1] + v[2] * p[2], w[0] * p[0] + w[1] * p[1] + w[2] * p[2]];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector): Vector {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}
