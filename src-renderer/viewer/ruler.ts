const stepsMm = [1, 2, 5, 10, 20, 50, 100, 200] as const;

/** A ruler of a round length. */
export interface Ruler {
  readonly lengthMm: number;
  readonly lengthPx: number;
}

/**
 * Chooses a round length that is about a tenth of a screen long.
 *
 * @param pxPerMm - Screen pixels per millimetre of the patient, > 0.
 * @returns The longest step of at most 140 px; the shortest step when even that is longer.
 */
export function rulerFor(pxPerMm: number): Ruler {
  const lengthMm = stepsMm.findLast((step) => step * pxPerMm <= 140) ?? stepsMm[0];
  return { lengthMm, lengthPx: lengthMm * pxPerMm };
}
