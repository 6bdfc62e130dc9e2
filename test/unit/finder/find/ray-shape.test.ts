import { describe, expect, it } from 'vitest';
import type { LungField } from '../../../../src-main/finder/find/lung-field.ts';
import { rayShape } from '../../../../src-main/finder/find/ray-shape.ts';

const size = 40;
const middle = [20, 20, 20] as const;

/** A lung without walls whose cells are 1 mm, with something in it: the distance from its surface, mm, below 0 within. */
function fieldOf(surface: (x: number, y: number, z: number) => number, inside: (x: number) => number = () => 255): LungField {
  const values = new Float32Array(size ** 3);
  const shares = new Uint8Array(size ** 3);
  for (let at = 0; at < values.length; at += 1) {
    const [x, y, z] = [at % size, Math.floor(at / size) % size, Math.floor(at / size ** 2)];
    shares[at] = inside(x);
    values[at] = 800 * Math.min(1, Math.max(0, 0.5 - surface(x - middle[0], y - middle[1], z - middle[2])));
  }
  return {
    grid: { columns: size, rows: size, layers: size, cellMm: [1, 1, 1], firstColumn: 0, firstRow: 0, columnStep: 1, rowStep: 1, firstMm: 0, blurMm: [0.5, 0.5, 0.5] },
    values, inside: shares, spans: new Int32Array(2 * size * size), lungHu: -850,
  };
}

const ball = (x: number, y: number, z: number): number => Math.hypot(x, y, z) - 4;

describe('rayShape', () => {
  it('tells that a ball is one, and how large', () => {
    const shape = rayShape(fieldOf(ball), middle, 4);
    expect(shape.radiusMm).toBeCloseTo(4, 0);
    expect(shape.evenness).toBeGreaterThan(0.9);
    expect(shape.chordRatio).toBeGreaterThan(0.85);
    expect(shape).toMatchObject({ longShare: 0, wallShare: 0, clearance: 1, beyondShare: 0 });
  });

  it('tells a vessel along the slice by its chords, by rays that go on and by what lies beyond', () => {
    const shape = rayShape(fieldOf((_x, y, z) => Math.hypot(y, z) - 3), middle, 3);
    expect(shape.chordRatio).toBeLessThan(0.6);
    expect(shape.longShare).toBeGreaterThan(0.02);
    expect(shape.beyondShare).toBeGreaterThan(0.9);
  });

  it('tells a vessel across the slices, which is round within them, by what lies beyond', () => {
    const shape = rayShape(fieldOf((x, y) => Math.hypot(x, y) - 3), middle, 3);
    expect(shape.evenness).toBeGreaterThan(0.8);
    expect(shape.beyondShare).toBeGreaterThan(0.9);
    expect(shape.longShare).toBeGreaterThan(0.02);
  });

  it('tells a ball on a thin vessel from the vessel', () => {
    const onVessel = rayShape(fieldOf((x, y, z) => Math.min(ball(x, y, z), Math.hypot(y, z) - 1)), middle, 4);
    const vessel = rayShape(fieldOf((_x, y, z) => Math.hypot(y, z) - 3), middle, 3);
    expect(onVessel.evenness).toBeGreaterThan(vessel.evenness);
    expect(onVessel.longShare).toBeLessThan(vessel.longShare);
  });

  it('counts the rays that end in the wall and takes form from the others', () => {
    const shape = rayShape(fieldOf(ball, (x) => (x < middle[0] ? 0 : 255)), middle, 4);
    expect(shape.wallShare).toBeGreaterThan(0.4);
    expect(shape.wallShare).toBeLessThan(0.6);
    expect(shape.evenness).toBeGreaterThan(0.9);
  });

  it('says nothing of form where all rays end in the wall', () => {
    expect(rayShape(fieldOf(ball, () => 0), middle, 4)).toMatchObject({ wallShare: 1, evenness: 0.5, chordRatio: 0.5, beyondShare: 0 });
  });
});
