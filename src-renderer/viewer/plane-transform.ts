/**
 * Affine map between two planes: `x' = a x + c y + e`, `y' = b x + d y + f` (the order of an SVG matrix).
 */
export interface PlaneTransform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** A point in a plane. */
export type PlanePoint = readonly [x: number, y: number];

/**
 * Finds the map from where three points of the image land on the canvas.
 *
 * @param origin - Where image point (0, 0) lands.
 * @param alongColumn - Where (1, 0) lands: one column to the right.
 * @param alongRow - Where (0, 1) lands: one row down.
 */
export function transformFromCorners(origin: PlanePoint, alongColumn: PlanePoint, alongRow: PlanePoint): PlaneTransform {
  return {
    a: alongColumn[0] - origin[0], b: alongColumn[1] - origin[1],
    c: alongRow[0] - origin[0], d: alongRow[1] - origin[1],
    e: origin[0], f: origin[1],
  };
}

/** Maps a point. */
export function mapPoint(transform: PlaneTransform, [x, y]: PlanePoint): PlanePoint {
  const { a, b, c, d, e, f } = transform;
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Maps a point back; null when the map has no inverse. */
export function unmapPoint(transform: PlaneTransform, [x, y]: PlanePoint): PlanePoint | null {
  const { a, b, c, d, e, f } = transform;
  const determinant = a * d - b * c;
  if (Math.abs(determinant) < 1e-12) return null;
  return [(d * (x - e) - c * (y - f)) / determinant, (a * (y - f) - b * (x - e)) / determinant];
}

/** An upright rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smallest upright rectangle around the images of two opposite corners, grown by a margin. */
export function mapBox(transform: PlaneTransform, from: PlanePoint, to: PlanePoint, margin: number): Box {
  const corners = [from, [to[0], from[1]], to, [from[0], to[1]]] as const;
  const mapped = corners.map((corner) => mapPoint(transform, corner));
  const [xs, ys] = [mapped.map(([x]) => x), mapped.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  return { x, y, width: Math.max(...xs) + margin - x, height: Math.max(...ys) + margin - y };
}
