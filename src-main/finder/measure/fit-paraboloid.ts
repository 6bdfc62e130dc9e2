/** Heights of a surface over u and v, mm: six coefficients of 1, u, v, u2, uv, v2. */
export type Paraboloid = Float64Array;

/** Points that the surface was not made for lie farther off than this, mm: at first, and once it is nearly right. */
const outlierMm = { first: 3, later: 1.5 } as const;
/** This share of the points has to lie on the surface. */
const leastShare = 0.4;
const size = 6;
const width = size + 1;

/**
 * Lays a paraboloid through points by least squares, in three rounds; points far off are left out.
 *
 * @param points - u, v, w, u, v, w ... in mm.
 * @param fewest - With fewer points than this on it there is no surface.
 * @param roughestMm - A surface that its points scatter around by more than this (root mean square) is none.
 * @returns Null where there is no such surface.
 */
export function fitParaboloid(points: readonly number[], fewest: number, roughestMm: number): Paraboloid | null {
  let kept = points;
  let surface: Paraboloid | null = null;
  for (let round = 0; round < 3; round += 1) {
    surface = leastSquares(kept);
    if (surface === null) return null;
    kept = pointsWithin(points, surface, round === 0 ? outlierMm.first : outlierMm.later);
    if (kept.length < Math.max(3 * fewest, points.length * leastShare)) return null;
  }
  return surface === null || roughness(kept, surface) > roughestMm ? null : surface;
}

/**
 * Height of a surface at a place.
 *
 * @param surface - From fitParaboloid.
 * @param u - mm; also v.
 */
export function heightOf(surface: Paraboloid, u: number, v: number): number {
  return (surface[0] ?? 0) + u * (surface[1] ?? 0) + v * (surface[2] ?? 0) + u * u * (surface[3] ?? 0) + u * v * (surface[4] ?? 0) + v * v * (surface[5] ?? 0);
}

function pointsWithin(points: readonly number[], surface: Paraboloid, limitMm: number): readonly number[] {
  const kept: number[] = [];
  for (let at = 0; at < points.length; at += 3) {
    const u = points[at] ?? 0;
    const v = points[at + 1] ?? 0;
    const w = points[at + 2] ?? 0;
    if (Math.abs(heightOf(surface, u, v) - w) < limitMm) kept.push(u, v, w);
  }
  return kept;
}

function roughness(points: readonly number[], surface: Paraboloid): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 3) sum += (heightOf(surface, points[at] ?? 0, points[at + 1] ?? 0) - (points[at + 2] ?? 0)) ** 2;
  return Math.sqrt((sum * 3) / points.length);
}

/** Normal equations; curvature is held back a little, so that a one-sided set of points does not bend the surface. */
function leastSquares(points: readonly number[]): Paraboloid | null {
  const equations = new Float64Array(size * width);
  for (let row = 0; row < size; row += 1) equations[row * width + row] = row < 3 ? 1e-6 : (points.length / 3) * 4;
  const terms = new Float64Array(width);
  for (let at = 0; at < points.length; at += 3) {
    const u = points[at] ?? 0;
    const v = points[at + 1] ?? 0;
    terms[0] = 1;
    terms[1] = u;
    terms[2] = v;
    terms[3] = u * u;
    terms[4] = u * v;
    terms[5] = v * v;
    terms[6] = points[at + 2] ?? 0;
    addProducts(equations, terms);
  }
  return solve(equations);
}

function addProducts(equations: Float64Array, terms: Float64Array): void {
  for (let at = 0; at < size * width; at += 1) equations[at] = (equations[at] ?? 0) + (terms[Math.floor(at / width)] ?? 0) * (terms[at % width] ?? 0);
}

/** Elimination; null where the equations have no clear solution. */
function solve(equations: Float64Array): Paraboloid | null {
  for (let column = 0; column < size; column += 1) {
    const own = equations[column * width + column] ?? 0;
    if (!(Math.abs(own) > 1e-9)) return null;
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const share = (equations[row * width + column] ?? 0) / own;
      for (let other = column; other < width; other += 1) equations[row * width + other] = (equations[row * width + other] ?? 0) - share * (equations[column * width + other] ?? 0);
    }
  }
  return Float64Array.from({ length: size }, (_, row) => (equations[row * width + size] ?? 0) / (equations[row * width + row] ?? 1));
}
