import { gapFactor } from '../../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { VoxelBlock } from './picture.ts';

/** Which slices of a volume a slab is made of. */
export interface PlannedSlab {
  /** The stretch that was asked for, mm along the slice normal; a slice belongs to it when its centre does (from <= position < to). */
  readonly fromMm: number;
  readonly toMm: number;
  /** Slices to project, ascending; never empty. */
  readonly sliceIndices: readonly number[];
  /** Slices of the stretch that could not be decoded and are left out. */
  readonly undecodedSlices: readonly number[];
  /** Whether slices are missing from the series inside of the stretch. */
  readonly touchesGap: boolean;
}

/** How a stack of slabs is laid through a volume. */
export interface SlabStretch {
  readonly thicknessMm: number;
  /** Distance of neighbouring slabs, mm; at most the thickness, so that no slice is left out. */
  readonly stepMm: number;
  /** First and last slice to cover, inclusive; default: all. */
  readonly extent?: readonly [first: number, last: number];
}

type Stack = Pick<VoxelBlock, 'slices' | 'spacingMm'>;

/** Rounded header values must not push a slice over a slab's edge. */
const roundingMm = 1e-6;

/**
 * Lays slabs through a volume from feet to head, from the lower face of the first slice on.
 *
 * Every decoded slice of the extent is in at least one slab. A slab that would hold nothing but slices of the one before is left
 * out: where slices are thicker than the step, and beside a gap.
 *
 * @param volume - Its slices and spacing.
 * @param stretch - Thickness, step and extent.
 * @returns Ascending; empty only where no slice of the extent could be decoded.
 * @throws {RangeError} for a thickness or step that is not positive, a step above the thickness, or an extent outside of the volume.
 */
export function planSlabs(volume: Stack, { thicknessMm, stepMm, extent = [0, volume.slices.length - 1] }: SlabStretch): readonly PlannedSlab[] {
  if (!(stepMm > 0) || !(thicknessMm >= stepMm)) throw new RangeError('slabs need a thickness and a step of at most it');
  const [first, last] = extent;
  const bottom = positionOf(volume, first) - volume.spacingMm[2] / 2;
  const top = positionOf(volume, last);
  const breaks = lineBreaks(volume);
  const slabs: PlannedSlab[] = [];
  for (let fromMm = bottom, index = 0; index === 0 || fromMm - stepMm + thicknessMm <= top + roundingMm; index += 1, fromMm = bottom + index * stepMm) {
    for (const slab of slabsBetween(volume, fromMm, fromMm + thicknessMm, extent, breaks)) {
      if ((slab.sliceIndices.at(-1) ?? -1) > (slabs.at(-1)?.sliceIndices.at(-1) ?? -1)) slabs.push(slab);
    }
  }
  return slabs;
}

/**
 * Takes every slice for itself.
 *
 * @param volume - Its slices and spacing.
 * @param extent - First and last slice, inclusive.
 * @returns One per decoded slice, as thick as what the slice stands for.
 * @throws {RangeError} for an extent outside of the volume.
 */
export function planEachSlice(volume: Stack, [first, last]: readonly [number, number]): readonly PlannedSlab[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((index) => {
    const middle = positionOf(volume, index);
    const half = sliceExtentMm(volume, index) / 2;
    if (volume.slices[index]?.problem !== null) return [];
    return [{ fromMm: middle - half, toMm: middle + half, sliceIndices: [index], undecodedSlices: [], touchesGap: false }];
  });
}

/**
 * Chooses the slices of one slab: those whose centres lie in it or, where the slab is thinner than the slices, the nearest one.
 *
 * @param volume - Its slices and spacing.
 * @param centreMm - Position along the slice normal.
 * @param thicknessMm - Positive.
 * @throws {RangeError} when no decoded slice lies there, or a jump of the picture plane does.
 */
export function planSlab(volume: Stack, centreMm: number, thicknessMm: number): PlannedSlab {
  if (!(thicknessMm > 0)) throw new RangeError('a slab needs a thickness');
  const all = [0, volume.slices.length - 1] as const;
  const fromMm = centreMm - thicknessMm / 2;
  const toMm = centreMm + thicknessMm / 2;
  const slabs = slabsBetween(volume, fromMm, toMm, all, lineBreaks(volume));
  if (slabs.length > 1) throw new RangeError('the slices of the slab are not in line');
  const [slab] = slabs;
  if (slab !== undefined) return slab;
  const nearest = nearestSlice(volume, centreMm);
  if (nearest === null) throw new RangeError('no decoded slice lies in the slab');
  return { fromMm, toMm, sliceIndices: [nearest], undecodedSlices: [], touchesGap: touchesGap(volume, fromMm, toMm) };
}

/**
 * Stretch of the patient that a slice stands for: half way to either neighbour, at a gap and at the ends half the usual distance.
 *
 * @param volume - Its slices and spacing.
 * @param index - Of the slice.
 * @returns mm.
 */
export function sliceExtentMm(volume: Stack, index: number): number {
  const usual = volume.spacingMm[2];
  const position = positionOf(volume, index);
  const toNeighbour = (neighbour: number): number => {
    const distance = Math.abs((volume.slices[neighbour]?.positionMm ?? Infinity) - position);
    return distance > usual * gapFactor ? usual : distance;
  };
  return (toNeighbour(index - 1) + toNeighbour(index + 1)) / 2;
}

/** One slab, or several where the slices are not in line; none where no slice was decoded. */
function slabsBetween(
  volume: Stack, fromMm: number, toMm: number, [first, last]: readonly [number, number], breaks: ReadonlySet<number>,
): readonly PlannedSlab[] {
  const groups: { decoded: number[]; undecoded: number[] }[] = [];
  for (let index = first; index <= last; index += 1) {
    const slice = volume.slices[index];
    if (slice === undefined || slice.positionMm < fromMm - roundingMm || slice.positionMm >= toMm - roundingMm) continue;
    if (groups.length === 0 || breaks.has(index)) groups.push({ decoded: [], undecoded: [] });
    groups.at(-1)?.[slice.problem === null ? 'decoded' : 'undecoded'].push(index);
  }
  const gap = touchesGap(volume, fromMm, toMm);
  return groups.flatMap(({ decoded, undecoded }) =>
    decoded.length === 0 ? [] : [{ fromMm, toMm, sliceIndices: decoded, undecodedSlices: undecoded, touchesGap: gap }],
  );
}

/** Whether the stretch reaches into a place that no slice stands for, between two slices of the series. */
function touchesGap({ slices, spacingMm }: Stack, fromMm: number, toMm: number): boolean {
  const usual = spacingMm[2];
  return slices.some(({ positionMm }, index) => {
    const next = slices[index + 1]?.positionMm ?? positionMm;
    return next - positionMm > usual * gapFactor && fromMm < next - usual / 2 - roundingMm && toMm > positionMm + usual / 2 + roundingMm;
  });
}

function nearestSlice({ slices, spacingMm }: Stack, positionMm: number): number | null {
  let nearest: number | null = null;
  let least = (spacingMm[2] * gapFactor) / 2;
  for (const [index, slice] of slices.entries()) {
    const distance = Math.abs(slice.positionMm - positionMm);
    if (slice.problem !== null || distance > least) continue;
    least = distance;
    nearest = index;
  }
  return nearest;
}

/**
 * Slices whose pixels do not lie where the line from slice to slice leads (straight, or slanted by a tilted gantry): the picture
 * plane has jumped, and a projection across would put two places into one pixel.
 */
function lineBreaks({ slices, spacingMm }: Stack): ReadonlySet<number> {
  const affine = slices[0]?.affine;
  if (affine === undefined) return new Set();
  const steps = slices.slice(1).map((slice, index) => {
    const below = slices[index] ?? slice;
    const offset = minus(slice.affine.origin, below.affine.origin);
    const distance = slice.positionMm - below.positionMm;
    return { distance, column: share(offset, affine.columnStep), row: share(offset, affine.rowStep) };
  });
  const slant = {
    column: median(steps.map((step) => step.column / step.distance)),
    row: median(steps.map((step) => step.row / step.distance)),
  };
  const breaks = new Set<number>();
  for (const [index, step] of steps.entries()) {
    // Across a gap the slant is only known as well as the header's digits.
    const tolerance = 0.5 * Math.max(1, step.distance / spacingMm[2]);
    const column = Math.abs(step.column - slant.column * step.distance);
    const row = Math.abs(step.row - slant.row * step.distance);
    if (column > tolerance || row > tolerance) breaks.add(index + 1);
  }
  return breaks;
}

function minus(a: PatientPoint, b: PatientPoint): PatientPoint {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** Length of a vector along a step, in steps. */
function share(vector: PatientPoint, step: PatientPoint): number {
  return (vector[0] * step[0] + vector[1] * step[1] + vector[2] * step[2]) / (step[0] ** 2 + step[1] ** 2 + step[2] ** 2);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function positionOf({ slices }: Stack, index: number): number {
  const slice = slices[index];
  if (slice === undefined) throw new RangeError('the volume has no such slice');
  return slice.positionMm;
}
