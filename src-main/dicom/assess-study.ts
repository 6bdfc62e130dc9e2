import type { Problem } from '../../src-shared/domain/errors.ts';
import type { InstanceFile, Series } from '../../src-shared/domain/study.ts';
import { chooseSeries } from './choose-series.ts';
import { framesOf } from './instance-frames.ts';
import type { InstanceFrame } from './instance-frames.ts';
import { judgeLength, judgeSeries } from './judge-series.ts';
import { orderSlices } from './order-slices.ts';
import { areOtherPatients } from './patients.ts';
import { seriesNotes, setAsideProblems } from './series-notes.ts';

/** The series of a study, each with its verdict, and the one to read. */
export interface StudyAssessment {
  readonly series: readonly Series[];
  readonly chosen: Series | null;
}

/**
 * Sorts a study into series, says which of them are no axial chest CT and why, and chooses the one to read.
 *
 * Multi-frame images count and are judged frame by frame.
 *
 * @param files - Whole instances of one study, in any order; the result does not depend on it.
 * @returns Series by series number; `chosen` is one of them, with its slices from feet to head.
 */
export function assessStudy(files: readonly InstanceFile[]): StudyAssessment {
  const assessed = [...Map.groupBy(framesOf(files), (file) => file.header.seriesInstanceUid).values()].map(assessSeries).sort(bySeriesNumber);
  const best = chooseSeries(assessed.filter((series) => series.rejection === null));
  const chosen = best === null ? null : { ...best, problems: [...best.problems, ...patientProblems(best, files)] };
  const series = assessed.map((entry) => {
    if (entry === best) return chosen ?? entry;
    return entry.rejection !== null ? entry : { ...entry, rejection: anotherChosen };
  });
  return { series, chosen };
}

/** One Study Instance UID for two patients: whatever is read is of one of them. */
function patientProblems(chosen: Series, files: readonly InstanceFile[]): readonly Problem[] {
  const own = chosen.slices[0]?.header;
  const count = own === undefined ? 0 : files.filter(({ header }) => areOtherPatients(own, header)).length;
  if (count === 0) return [];
  return [{ code: 'patients-mixed', message: `images of another patient carry the number of this exam and were not read: ${String(count)}` }];
}

const anotherChosen = {
  code: 'another-series-chosen',
  text: 'Another series of this exam covers the chest at least as well and is read instead.',
} as const;

function assessSeries(unordered: readonly InstanceFrame[]): Series {
  // Frames of a file are next to each other and in their order already.
  const files = unordered.toSorted((a, b) => compare(key(a), key(b)));
  const { slices, setAside, rejection } = judgeSeries(files);
  const ordered = orderSlices(slices);
  const spacingMm = ordered.spacingBetweenSlicesMm;
  const header = (slices[0] ?? files[0])?.header;
  return {
    seriesInstanceUid: header?.seriesInstanceUid ?? '',
    modality: header?.modality ?? '',
    transferSyntaxUid: header?.transferSyntaxUid ?? '',
    seriesNumber: header?.seriesNumber ?? null,
    seriesDescription: header?.seriesDescription ?? null,
    instanceCount: files.length,
    slices: ordered.slices,
    spacingBetweenSlicesMm: spacingMm,
    rejection: rejection ?? judgeLength(ordered.slices.length),
    problems: [
      ...ordered.problems, ...setAsideProblems(setAside, ordered.slices, spacingMm), ...seriesNotes(ordered.slices, spacingMm),
    ],
  };
}

function key(file: InstanceFile): string {
  return `${file.header.sopInstanceUid} ${file.pixelSha256} ${file.path}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function bySeriesNumber(a: Series, b: Series): number {
  const difference = (a.seriesNumber ?? Number.MAX_SAFE_INTEGER) - (b.seriesNumber ?? Number.MAX_SAFE_INTEGER);
  if (difference !== 0) return difference;
  return a.seriesInstanceUid < b.seriesInstanceUid ? -1 : 1;
}
