import type { InstanceFile, SeriesRejection } from '../../src-shared/domain/study.ts';
import { judgeInstance } from './judge-instance.ts';

/** A chest at the thickest usual spacing of 10 mm still has more. */
const fewestSlices = 8;

/** Slices that make one volume are at least this share of a series; the odd ones are set aside. */
const majorityShare = 0.8;

/** An instance that is left out of a series, and why. */
export interface SetAside {
  readonly file: InstanceFile;
  readonly reason: SeriesRejection;
}

/** The instances of a series that can be its slices, those that cannot, or why there are none. */
export interface SeriesVerdict {
  readonly slices: readonly InstanceFile[];
  readonly setAside: readonly SetAside[];
  readonly rejection: SeriesRejection | null;
}

/** Reasons that speak against the whole series as soon as one instance gives them. */
const contagious: ReadonlySet<SeriesRejection['code']> = new Set(['burned-in-annotation', 'head-or-face']);

const mixedGeometry: SeriesRejection = {
  code: 'mixed-geometry', text: 'The slices differ in size, pixel spacing, orientation or frame of reference.',
};

/**
 * Judges a series: which of its instances are slices of an axial chest CT, and whether they make one volume.
 *
 * A localizer, a dose sheet or a few odd slices are set aside; a single burned-in annotation or face rejects all of them.
 *
 * @param files - Instances of one series, in an order that does not depend on where they came from.
 */
export function judgeSeries(files: readonly InstanceFile[]): SeriesVerdict {
  const judged = files.map((file) => ({ file, reason: judgeInstance(file.header) }));
  const axial = judged.flatMap(({ file, reason }) => (reason === null ? [file] : []));
  const setAside = judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ file, reason }]));
  const reasons = setAside.map(({ reason }) => reason);
  const decisive = reasons.find(({ code }) => contagious.has(code));
  if (decisive !== undefined) return { slices: axial, setAside, rejection: decisive };
  if (axial.length === 0) return { slices: axial, setAside, rejection: mostFrequent(reasons) };
  // A second plane that happens to be axial too would tear the volume apart; planes that are not axial are gone by now.
  const largest = volumesOf(axial).reduce((most, volume) => (instanceCount(volume) > instanceCount(most) ? volume : most));
  if (instanceCount(largest) < majorityShare * instanceCount(axial)) return { slices: axial, setAside, rejection: mixedGeometry };
  const kept = new Set(largest);
  const odd = axial.filter((file) => !kept.has(file)).map((file) => ({ file, reason: mixedGeometry }));
  return { slices: largest, setAside: [...setAside, ...odd], rejection: null };
}

/**
 * Judges whether a series has slices enough.
 *
 * @param positionCount - Positions at which a slice lies; copies of a slice are one.
 */
export function judgeLength(positionCount: number): SeriesRejection | null {
  if (positionCount >= fewestSlices) return null;
  return { code: 'too-few-slices', text: `The series has fewer than ${fewestSlices} axial slices.` };
}

/** A file that was copied a hundred times is no majority. */
function instanceCount(files: readonly InstanceFile[]): number {
  return new Set(files.map(({ header }) => header.sopInstanceUid)).size;
}

/** Groups of slices with the same grid and, within rounding, the same orientation. */
function volumesOf(files: readonly InstanceFile[]): readonly (readonly InstanceFile[])[] {
  return [...Map.groupBy(files, gridOf).values()].flatMap((alike) => {
    const volumes: [InstanceFile, ...InstanceFile[]][] = [];
    for (const file of alike) {
      const volume = volumes.find(([first]) => areParallel(first, file));
      if (volume === undefined) volumes.push([file]);
      else volume.push(file);
    }
    return volumes;
  });
}

function gridOf({ header }: InstanceFile): string {
  const spacing = header.pixelSpacing?.map((value) => value.toFixed(4));
  return JSON.stringify([header.rows, header.columns, spacing, header.frameOfReferenceUid]);
}

function areParallel(a: InstanceFile, b: InstanceFile): boolean {
  const reference = a.header.imageOrientationPatient;
  return b.header.imageOrientationPatient?.every((value, index) => Math.abs(value - (reference?.[index] ?? NaN)) < 0.01) ?? false;
}

/** Ties go to the code that comes first in the alphabet, so that the order of the files does not matter. */
function mostFrequent(rejections: readonly SeriesRejection[]): SeriesRejection | null {
  const counts = Map.groupBy(rejections, ({ code }) => code);
  const ranked = [...counts].sort(([codeA, a], [codeB, b]) => b.length - a.length || (codeA < codeB ? -1 : 1));
  return ranked[0]?.[1][0] ?? null;
}
