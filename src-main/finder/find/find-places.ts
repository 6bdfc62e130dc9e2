import { blobMaxima } from './blob-maxima.ts';
import type { BlobLimits, BlobMaximum } from './blob-maxima.ts';
import { halveField } from './halve-field.ts';
import type { LungField } from './lung-field.ts';
import { radiusOfScale, searchScales, smoothingOfScale } from './scale-plan.ts';
import type { GridValues, LineSpans, SearchGrid } from './search-grid.ts';
import { planSmoothing } from './smooth-field.ts';
import type { FieldSmoother } from './smooth-field.ts';

/** A place of a lung that is curved like a blob. */
export interface BlobPlace extends Omit<BlobMaximum, 'cell'> {
  /** Place in the lung's own grid; fractional. */
  readonly cell: readonly [number, number, number];
  /** Of the ball that answers best, mm. */
  readonly radiusMm: number;
  /** Whether it was found on the lung as it is, or with all that is denser than ground glass made as thin as that. */
  readonly layer: 'tissue' | 'glass';
}

/** Ground glass is at most about this much denser than the lung around it, HU. */
export const glassHu = 320;
/** Smallest scale at which ground glass is looked for: what is smaller is noise and vessels, mm. */
const leastGlassSigmaMm = 2.2;
const limits: Readonly<Record<BlobPlace['layer'], BlobLimits>> = {
  tissue: { blobHu: 110, dotHu: 25, by: 'dot' },
  glass: { blobHu: 50, dotHu: 0, by: 'blob' },
};
/** That many places of a lung are looked at more closely: more find hardly a nodule more. */
const mostPlaces = 600;

/**
 * Finds the places of a lung that are curved like a blob, at all scales.
 *
 * @param field - The lung.
 * @param smoother - Does the smoothing.
 * @returns By falling answer; neighbouring scales may tell of the same thing.
 */
export function findPlaces(field: LungField, smoother: FieldSmoother): readonly BlobPlace[] {
  const places = [...placesOf(field, field, 'tissue', smoother), ...placesOf(field, glassField(field), 'glass', smoother)];
  return places.map((place) => ({ place, promise: promiseOf(place) })).toSorted((a, b) => b.promise - a.promise).slice(0, mostPlaces).map(({ place }) => place);
}

/** Large, dense and round comes first; the weights are those of the score, as far as they can be told without a closer look. */
function promiseOf({ blobHu, radiusMm, flatness: [, third] }: BlobPlace): number {
  return 0.5 * Math.log2(blobHu) + 1.2 * Math.log2(radiusMm) + 3 * third;
}

type Level = GridValues & { readonly spans: LineSpans };

function glassField(field: LungField): Level {
  const half = halveField(field, 2);
  const values = half.values.map((value) => (value > glassHu ? glassHu : value));
  return { ...half, values };
}

function placesOf(field: LungField, start: Level, layer: BlobPlace['layer'], smoother: FieldSmoother): readonly BlobPlace[] {
  const found: BlobPlace[] = [];
  let level = start;
  for (const { cellMm, sigmasMm } of searchScales) {
    level = halveField(level, cellMm);
    const { grid, spans } = level;
    const scales = sigmasMm.filter((sigmaMm) => layer === 'tissue' || sigmaMm >= leastGlassSigmaMm);
    if (scales.length === 0) continue;
    const smoothed = smoother(level);
    const dots = new Float32Array(level.values.length);
    for (const sigmaMm of scales) {
      const smoothing = smoothingOfScale(sigmaMm, grid.blurMm, grid.cellMm);
      const smooth = smoothed(planSmoothing(grid, spans, smoothing));
      for (const maximum of blobMaxima(grid, smooth, spans, smoothing, limits[layer], dots)) {
        found.push({ ...maximum, cell: inField(field.grid, grid, maximum.cell), radiusMm: radiusOfScale(sigmaMm), layer });
      }
    }
  }
  return found;
}

/** A cell of a coarser grid in the field's own. */
function inField(own: SearchGrid, grid: SearchGrid, [column, row, layer]: readonly [number, number, number]): readonly [number, number, number] {
  return [
    (grid.firstColumn + column * grid.columnStep - own.firstColumn) / own.columnStep,
    (grid.firstRow + row * grid.rowStep - own.firstRow) / own.rowStep,
    (grid.firstMm + layer * grid.cellMm[2] - own.firstMm) / own.cellMm[2],
  ];
}
