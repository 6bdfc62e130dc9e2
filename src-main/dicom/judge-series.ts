import type { InstanceFile, SeriesRejection } from '../../src-shared/domain/study.ts';
import { judgeInstance } from './judge-instance.ts';

/** A chest at the thickest usual spacing of 10 mm still has more. */
const fewestSlices = 8;

/** The instances of a series that can be its slices, or why there are none. */
export interface SeriesVerdict {
  readonly slices: readonly InstanceFile[];
  readonly rejection: SeriesRejection | null;
}

/** Reasons that speak against the whole series as soon as one instance gives them. */
const contagious: ReadonlySet<SeriesRejection['code']> = new Set(['burned-in-annotation', 'head-or-face']);

/**
 * Judges a series: which of its instances are slices of an axial chest CT, and whether they make one volume.
 *
 * A localizer or dose sheet among the slices is left out; a single burned-in annotation or face rejects all of them.
 *
 * @param files - Instances of one series, in any order.
 */
export function judgeSeries(files: readonly InstanceFile[]): SeriesVerdict {
  const judged = files.map((file) => ({ file, rejection: judgeInstance(file.header) }));
  const slices = judged.filter(({ rejection }) => rejection === null).map(({ file }) => file);
  const rejections = judged.flatMap(({ rejection }) => rejection ?? []);
  const decisive = rejections.find(({ code }) => contagious.has(code));
  if (decisive !== undefined) return { slices, rejection: decisive };
  if (slices.length === 0) return { slices, rejection: mostFrequent(rejections) };
  // A second plane that happens to be axial too would tear the volume apart; planes that are not axial are gone by now.
  if (new Set(slices.map(gridOf)).size > 1 || !areParallel(slices)) {
    return { slices, rejection: { code: 'mixed-geometry', text: 'The slices differ in size, pixel spacing, orientation or frame of reference.' } };
  }
  if (slices.length < fewestSlices) {
    return { slices, rejection: { code: 'too-few-slices', text: `The series has fewer than ${fewestSlices} axial slices.` } };
  }
  return { slices, rejection: null };
}

function gridOf({ header }: InstanceFile): string {
  const spacing = header.pixelSpacing?.map((value) => value.toFixed(4));
  return JSON.stringify([header.rows, header.columns, spacing, header.frameOfReferenceUid]);
}

function areParallel(slices: readonly InstanceFile[]): boolean {
  const reference = slices[0]?.header.imageOrientationPatient ?? null;
  return slices.every(({ header }) =>
    header.imageOrientationPatient?.every((value, index) => Math.abs(value - (reference?.[index] ?? NaN)) < 0.01),
  );
}

/** Ties go to the code that comes first in the alphabet, so that the order of the files does not matter. */
function mostFrequent(rejections: readonly SeriesRejection[]): SeriesRejection | null {
  const counts = Map.groupBy(rejections, ({ code }) => code);
  const ranked = [...counts].sort(([codeA, a], [codeB, b]) => b.length - a.length || (codeA < codeB ? -1 : 1));
  return ranked[0]?.[1][0] ?? null;
}
