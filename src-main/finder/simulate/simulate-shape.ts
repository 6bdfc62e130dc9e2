import { randomDirection } from '../seeded-generator.ts';
import type { SeededGenerator } from '../seeded-generator.ts';

/** Edge of a simulated nodule. */
export type NoduleMargin = 'smooth' | 'lobulated' | 'spiculated';

/** Form of a simulated nodule, before blur. Coordinates are mm from its centre along the volume's columns, rows and normal. */
export interface NoduleShape {
  /** No point of it lies farther from the centre, mm. */
  readonly reachMm: number;
  /** Whether a point lies in the body of the nodule; spicules do not count, as readers do not measure them. */
  readonly contains: (x: number, y: number, z: number) => boolean;
  /** Whether a point lies in the body or in a spicule. */
  readonly isOpaque: (x: number, y: number, z: number) => boolean;
}

interface Spicule {
  readonly direction: readonly [number, number, number];
  readonly lengthMm: number;
  readonly baseMm: number;
}

interface Lobe {
  readonly direction: readonly [number, number, number];
  readonly height: number;
  readonly width: number;
}

/**
 * Makes the form of a nodule: an ellipsoid in a random position, with lobes or spicules.
 *
 * @param axesMm - Whole lengths of the ellipsoid's axes.
 * @param margin - Of the nodule.
 * @param random - Decides position, lobes and spicules.
 * @see Bankier A et al., Radiology 2017;285(2):584-600: spicules are left out of a nodule's diameter.
 */
export function noduleShape(axesMm: readonly [number, number, number], margin: NoduleMargin, random: SeededGenerator): NoduleShape {
  const [a, b, c] = [axesMm[0] / 2, axesMm[1] / 2, axesMm[2] / 2];
  const [u, v, w] = randomFrame(random);
  const meanRadius = Math.cbrt(a * b * c);
  const lobes = margin === 'lobulated' ? Array.from({ length: 3 + Math.floor(random() * 3) }, (): Lobe => (
    { direction: randomDirection(random), height: 0.1 + 0.12 * random(), width: 5 + 4 * random() }
  )) : [];
  const spicules = margin === 'spiculated' ? Array.from({ length: 8 + Math.floor(random() * 8) }, (): Spicule => (
    { direction: randomDirection(random), lengthMm: Math.min(meanRadius * (0.4 + 0.6 * random()), 8), baseMm: Math.min(0.8 + 0.6 * random(), meanRadius * 0.3) }
  )) : [];
  const highest = 1 + lobes.reduce((sum, { height }) => sum + height, 0);

  function contains(x: number, y: number, z: number): boolean {
    const along = (u[0] * x + u[1] * y + u[2] * z) / a;
    const across = (v[0] * x + v[1] * y + v[2] * z) / b;
    const up = (w[0] * x + w[1] * y + w[2] * z) / c;
    const square = along * along + across * across + up * up;
    if (square <= 1 || lobes.length === 0) return square <= 1;
    const radius = Math.sqrt(square);
    if (radius > highest) return false;
    let edge = 1;
    for (const { direction, height, width } of lobes) {
      const cosine = (along * direction[0] + across * direction[1] + up * direction[2]) / radius;
      edge += height * Math.exp(width * (cosine - 1));
    }
    return radius <= edge;
  }

  function isInSpicule(x: number, y: number, z: number): boolean {
    for (const { direction, lengthMm, baseMm } of spicules) {
      const along = x * direction[0] + y * direction[1] + z * direction[2];
      if (along <= 0 || along > meanRadius + lengthMm) continue;
      const off = x * x + y * y + z * z - along * along;
      const width = along <= meanRadius ? baseMm : baseMm * (1 - (along - meanRadius) / lengthMm);
      if (off <= width * width) return true;
    }
    return false;
  }

  return {
    reachMm: Math.max(Math.max(a, b, c) * highest, ...spicules.map(({ lengthMm }) => meanRadius + lengthMm)),
    contains,
    isOpaque: spicules.length === 0 ? contains : (x, y, z) => contains(x, y, z) || isInSpicule(x, y, z),
  };
}

/** Three directions at right angles to each other. */
function randomFrame(random: SeededGenerator): readonly [u: readonly [number, number, number], v: readonly [number, number, number], w: readonly [number, number, number]] {
  const u = randomDirection(random);
  const other = randomDirection(random);
  const share = u[0] * other[0] + u[1] * other[1] + u[2] * other[2];
  const rest = [other[0] - share * u[0], other[1] - share * u[1], other[2] - share * u[2]] as const;
  const length = Math.hypot(...rest);
  const v = [rest[0] / length, rest[1] / length, rest[2] / length] as const;
  return [u, v, [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]];
}
