/** A calliper set on a section: its ends. */
export interface SectionAxis {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly lengthMm: number;
}

/** The two axes that a reader would draw on a section. */
export interface SectionAxes {
  /** Longest distance of two points of the outline. */
  readonly long: SectionAxis;
  /** Longest chord at right angles to the long axis, inside of the outline. */
  readonly short: SectionAxis;
}

/** Chords that are tried along the long axis. */
const chordCount = 96;

/**
 * Measures the long axis of a section and the short axis perpendicular to it.
 *
 * @param outline - x, y, x, y ... in mm; at least three points.
 * @see Lung-RADS v2022, note 4: mean diameter is the mean of long and short axis in one plane.
 */
export function sectionAxes(outline: Float64Array): SectionAxes {
  const hull = convexHull(outline);
  const long = farthestPair(hull);
  const { from, to, lengthMm } = long;
  const along = lengthMm > 0 ? [(to[0] - from[0]) / lengthMm, (to[1] - from[1]) / lengthMm] as const : [1, 0] as const;
  let short: SectionAxis = { from, to: from, lengthMm: 0 };
  for (let step = 0; step < chordCount; step += 1) {
    const chord = longestChord(outline, from, along, (lengthMm * (step + 0.5)) / chordCount);
    if (chord !== null && chord.lengthMm > short.lengthMm) short = chord;
  }
  return { long, short };
}

/** Andrew's monotone chain. */
function convexHull(points: Float64Array): readonly (readonly [number, number])[] {
  const sorted = Array.from({ length: points.length / 2 }, (_, at) => [points[2 * at] ?? 0, points[2 * at + 1] ?? 0] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const hull: (readonly [number, number])[] = [];
  for (const direction of [sorted, sorted.toReversed()]) {
    const start = hull.length;
    for (const point of direction) {
      while (hull.length >= start + 2 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) hull.pop();
      hull.push(point);
    }
    hull.pop();
  }
  return hull.length === 0 ? sorted : hull;
}

function turn(a: readonly [number, number] = [0, 0], b: readonly [number, number] = [0, 0], c: readonly [number, number]): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function farthestPair(hull: readonly (readonly [number, number])[]): SectionAxis {
  let best: SectionAxis = { from: hull[0] ?? [0, 0], to: hull[0] ?? [0, 0], lengthMm: 0 };
  for (const [at, from] of hull.entries()) {
    for (let other = at + 1; other < hull.length; other += 1) {
      const to = hull[other] ?? from;
      const lengthMm = Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (lengthMm > best.lengthMm) best = { from, to, lengthMm };
    }
  }
  return best;
}

/** The longest piece inside of the outline on the line across the long axis at a distance from its start. */
function longestChord(outline: Float64Array, start: readonly [number, number], along: readonly [number, number], distance: number): SectionAxis | null {
  const crossings: number[] = [];
  for (let at = 0; at < outline.length; at += 2) {
    const after = (at + 2) % outline.length;
    const x = (outline[at] ?? 0) - start[0];
    const y = (outline[at + 1] ?? 0) - start[1];
    const nextX = (outline[after] ?? 0) - start[0];
    const nextY = (outline[after + 1] ?? 0) - start[1];
    const here = x * along[0] + y * along[1] - distance;
    const next = nextX * along[0] + nextY * along[1] - distance;
    if (here > 0 === next > 0) continue;
    const share = here / (here - next);
    crossings.push((y + (nextY - y) * share) * along[0] - (x + (nextX - x) * share) * along[1]);
  }
  crossings.sort((a, b) => a - b);
  let best: SectionAxis | null = null;
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const low = crossings[at] ?? 0;
    const high = crossings[at + 1] ?? 0;
    if (best !== null && high - low <= best.lengthMm) continue;
    const foot = [start[0] + along[0] * distance, start[1] + along[1] * distance] as const;
    best = {
      from: [foot[0] - along[1] * low, foot[1] + along[0] * low],
      to: [foot[0] - along[1] * high, foot[1] + along[0] * high],
      lengthMm: high - low,
    };
  }
  return best;
}
