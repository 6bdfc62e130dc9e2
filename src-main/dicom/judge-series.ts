import type { SeriesRejection } from '../../src-shared/domain/study.ts';
import type { InstanceFrame } from './instance-frames.ts';
import { judgeInstance } from './judge-instance.ts';
import { otherPatients } from './patients.ts';

/** A chest at the thickest usual spacing of 10 mm still has more. */
const fewestSlices = 8;

/** Slices that make one volume are at least this share of a series; the odd ones are set aside. */
const majorityShare = 0.8;

/** An instance or frame that is left out of a series, and why. */
export interface SetAside {
  readonly file: InstanceFrame;
  readonly reason: SeriesRejection;
}

/** The instances of a series that can be its slices, those that cannot, or why there are none. */
export interface SeriesVerdict {
  readonly slices: readonly InstanceFrame[];
  readonly setAside: readonly SetAside[];
  readonly rejection: SeriesRejection | null;
}

/** Reasons that speak against the whole series as soon as one instance gives them. */
const contagious: ReadonlySet<SeriesRejection['code']> = new Set(['burned-in-annotation', 'head-or-face']);

const mixedGeometry: SeriesRejection = {
  code: 'mixed-geometry', text: 'The slices differ in size, pixel spacing, orientation or frame of reference.',
};
const otherPatient: SeriesRejection = { code: 'other-patient', text: 'The image is of another patient than the rest of its series.' };

/**
 * Judges a series: which of its instances are slices of an axial chest CT, and whether they make one volume.
 *
 * A localizer, a dose sheet or a few odd slices are set aside; a single burned-in annotation or face rejects all of them. A multi-frame
 * image says which of its frames belong together: its largest volume is read, whatever its share.
 *
 * @param files - Frames of one series, in an order that does not depend on where they came from.
 */
export function judgeSeries(files: readonly InstanceFrame[]): SeriesVerdict {
  const judged = files.map((file) => ({ file, reason: judgeInstance(file) }));
  const axial = judged.flatMap(({ file, reason }) => (reason === null ? [file] : []));
  const setAside = judged.flatMap(({ file, reason }) => (reason === null ? [] : [{ file, reason }]));
  const reasons = setAside.map(({ reason }) => reason);
  const decisive = reasons.find(({ code }) => contagious.has(code));
  if (decisive !== undefined) return { slices: axial, setAside, rejection: decisive };
  if (axial.length === 0) return { slices: axial, setAside, rejection: mostFrequent(reasons) };
  // A second plane that happens to be axial too would tear the volume apart; planes that are not axial are gone by now.
  const strangers = otherPatients(axial);
  const own = axial.filter((file) => !strangers.has(file));
  const largest = volumesOf(own).reduce((most, volume) => (frameCount(volume) > frameCount(most) ? volume : most));
  const isMixed = own.every(({ frame }) => frame === null) && frameCount(largest) < majorityShare * frameCount(own);
  if (isMixed) return { slices: axial, setAside, rejection: mixedGeometry };
  const kept = new Set(largest);
  const odd = axial.filter((file) => !kept.has(file)).map((file) => ({ file, reason: strangers.has(file) ? otherPatient : mixedGeometry }));
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
function frameCount(files: readonly InstanceFrame[]): number {
  return new Set(files.map(({ header, frameNumber }) => `${header.sopInstanceUid} ${String(frameNumber)}`)).size;
}

/** Groups of slices with the same grid, stack and time and, within rounding, the same spacing and orientation. */
function volumesOf(files: readonly InstanceFrame[]): readonly (readonly InstanceFrame[])[] {
  return [...Map.groupBy(files, gridOf).values()].flatMap((alike) => {
    const volumes: [InstanceFrame, ...InstanceFrame[]][] = [];
    for (const file of alike) {
      const volume = volumes.find(([first]) => areParallel(first, file));
      if (volume === undefined) volumes.push([file]);
      else volume.push(file);
    }
    return volumes;
  });
}

function gridOf({ header, frame }: InstanceFrame): string {
  return JSON.stringify([header.rows, header.columns, header.frameOfReferenceUid, frame?.stackId, frame?.temporalPositionIndex]);
}

/** 0.0002 mm over 512 pixels are a tenth of a millimetre. */
function areParallel({ header: a }: InstanceFrame, { header: b }: InstanceFrame): boolean {
  const isNear = (first: readonly number[] | null, second: readonly number[] | null, tolerance: number): boolean =>
    second?.every((value, index) => Math.abs(value - (first?.[index] ?? NaN)) < tolerance) ?? false;
  return isNear(a.pixelSpacing, b.pixelSpacing, 0.0002) && isNear(a.imageOrientationPatient, b.imageOrientationPatient, 0.01);
}

/** Ties go to the code that comes first in the alphabet, so that the order of the files does not matter. */
function mostFrequent(rejections: readonly SeriesRejection[]): SeriesRejection | null {
  const counts = Map.groupBy(rejections, ({ code }) => code);
  const ranked = [...counts].sort(([codeA, a], [codeB, b]) => b.length - a.length || (codeA < codeB ? -1 : 1));
  return ranked[0]?.[1][0] ?? null;
}
