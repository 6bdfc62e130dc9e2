import { sectionAxes } from '../measure/section-axes.ts';
import { outlineArea, traceContours } from '../measure/section-contour.ts';

/** Size of a form before blur. */
export interface FormSize {
  readonly volumeMm3: number;
  /** Of the largest section across the normal. */
  readonly longAxisMm: number;
  readonly shortAxisMm: number;
  /** Height of that section above the centre, along the normal, mm. */
  readonly sectionMm: number;
}

/** Samples along the form's whole reach. */
const samples = 96;

/**
 * Measures a form by sampling it finely, free of blur, noise and slices.
 *
 * @param reachMm - No point of the form lies farther from its centre.
 * @param contains - The form, mm from the centre along columns, rows and normal.
 * @returns Zeros for an empty form.
 */
export function formSize(reachMm: number, contains: (x: number, y: number, z: number) => boolean): FormSize {
  const step = (2 * reachMm) / samples;
  const side = samples + 2;
  let count = 0;
  let largest = 0;
  let best: { readonly values: Float32Array; readonly z: number } | null = null;
  for (let layer = 0; layer < samples; layer += 1) {
    const z = (layer + 0.5) * step - reachMm;
    const values = new Float32Array(side * side).fill(-1);
    let area = 0;
    for (let row = 0; row < samples; row += 1) {
      for (let column = 0; column < samples; column += 1) {
        if (!contains((column + 0.5) * step - reachMm, (row + 0.5) * step - reachMm, z)) continue;
        values[(row + 1) * side + column + 1] = 1;
        area += 1;
      }
    }
    count += area;
    if (area > largest) {
      largest = area;
      best = { values, z };
    }
  }
  if (best === null) return { volumeMm3: 0, longAxisMm: 0, shortAxisMm: 0, sectionMm: 0 };
  const outlines = traceContours({ values: best.values, columns: side, rows: side });
  const outline = outlines.toSorted((a, b) => outlineArea(b) - outlineArea(a))[0] ?? new Float64Array(6);
  const { long, short } = sectionAxes(outline.map((value) => value * step));
  return { volumeMm3: count * step ** 3, longAxisMm: long.lengthMm, shortAxisMm: short.lengthMm, sectionMm: best.z };
}
