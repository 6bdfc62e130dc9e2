import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { sectionAxes } from '../../../src-main/finder/measure/section-axes.ts';
import { outlineArea, traceContours } from '../../../src-main/finder/measure/section-contour.ts';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { middleOf } from './exam-nodules.ts';
import type { LidcOutline } from './read-lidc-xml.ts';

/** Where the slices of an exam lie. */
export type SliceGrid = Pick<CtVolume, 'slices' | 'spacingMm'>;

/** A nodule as one reader outlined it. */
export interface OutlinedNodule {
  readonly centreMm: PatientPoint;
  readonly volumeMm3: number;
  /** Mean of long and short axis of the largest section, mm. */
  readonly meanDiameterMm: number;
  /** Names of its pixels, slice:column:row. */
  readonly pixels: ReadonlySet<string>;
}

/**
 * Measures what a reader outlined: the pixels inside of the drawn ones.
 *
 * @param outlines - Of one nodule.
 * @param grid - Slices that are not in it are passed over.
 * @returns Null when none of the outlines is in the exam.
 */
export function outlinedNodule(outlines: readonly LidcOutline[], { slices, spacingMm }: SliceGrid): OutlinedNodule | null {
  const sections = [...Map.groupBy(outlines, ({ sopInstanceUid }) => sopInstanceUid)].flatMap(([uid, ofSlice]) => {
    const slice = slices.findIndex(({ sopInstanceUid }) => sopInstanceUid === uid);
    const affine = slices[slice]?.affine;
    return affine === undefined ? [] : [{ slice, affine, pixels: sectionPixels(ofSlice) }];
  });
  const points = sections.flatMap(({ affine, pixels }) => pixels.map(([column, row]) => pixelToPatient(affine, column, row)));
  const largest = sections.toSorted((a, b) => b.pixels.length - a.pixels.length)[0];
  if (largest === undefined || points.length === 0) return null;
  return {
    centreMm: middleOf(points),
    volumeMm3: points.length * spacingMm[0] * spacingMm[1] * spacingMm[2],
    meanDiameterMm: meanDiameter(largest.pixels, spacingMm),
    pixels: new Set(sections.flatMap(({ slice, pixels }) => pixels.map(([column, row]) => `${String(slice)}:${String(column)}:${String(row)}`))),
  };
}

type Pixel = readonly [column: number, row: number];

function sectionPixels(outlines: readonly LidcOutline[]): readonly Pixel[] {
  const filled = new Map<string, Pixel>();
  for (const { points } of outlines.filter(({ isHole }) => !isHole)) for (const pixel of pixelsWithin(points)) filled.set(pixel.join(), pixel);
  for (const { points } of outlines.filter(({ isHole }) => isHole)) for (const pixel of pixelsWithin(points)) filled.delete(pixel.join());
  return [...filled.values()];
}

/** Pixels inside of a drawn line, without it; of a line that has nothing inside, its own pixels: something is there. */
function pixelsWithin(line: readonly Pixel[]): readonly Pixel[] {
  const drawn = new Set(line.map((pixel) => pixel.join()));
  const columns = line.map(([column]) => column);
  const rows = line.map(([, row]) => row);
  const inside: Pixel[] = [];
  for (let row = Math.min(...rows); row <= Math.max(...rows); row += 1) {
    for (let column = Math.min(...columns); column <= Math.max(...columns); column += 1) {
      if (!drawn.has([column, row].join()) && isWithin(line, column, row)) inside.push([column, row]);
    }
  }
  return inside.length > 0 ? inside : [...new Map(line.map((pixel) => [pixel.join(), pixel])).values()];
}

function isWithin(line: readonly Pixel[], column: number, row: number): boolean {
  let isIn = false;
  for (const [index, [x1, y1]] of line.entries()) {
    const [x0, y0] = line.at(index - 1) ?? [x1, y1];
    if (y1 > row !== y0 > row && column < ((x0 - x1) * (row - y1)) / (y0 - y1) + x1) isIn = !isIn;
  }
  return isIn;
}

/** The line between pixels inside and outside, and the axes on it. */
function meanDiameter(pixels: readonly Pixel[], spacingMm: SliceGrid['spacingMm']): number {
  const left = Math.min(...pixels.map(([column]) => column)) - 1;
  const top = Math.min(...pixels.map(([, row]) => row)) - 1;
  const columns = Math.max(...pixels.map(([column]) => column)) - left + 2;
  const rows = Math.max(...pixels.map(([, row]) => row)) - top + 2;
  const values = new Float32Array(columns * rows).fill(-1);
  for (const [column, row] of pixels) values[(row - top) * columns + column - left] = 1;
  const outline = traceContours({ values, columns, rows }).toSorted((a, b) => Math.abs(outlineArea(b)) - Math.abs(outlineArea(a)))[0];
  if (outline === undefined) return 0;
  const { long, short } = sectionAxes(outline.map((value, at) => value * spacingMm[at % 2 === 0 ? 0 : 1]));
  return (long.lengthMm + short.lengthMm) / 2;
}
