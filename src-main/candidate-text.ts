import type { DocumentCandidate, ReadingDocument } from '../src-shared/domain/reading.ts';

const mostCandidates = 10;

/** What the device found, as a short table for a terminal; it says that nobody has judged it. */
export function candidateLines({ search, candidates }: Pick<ReadingDocument, 'search' | 'candidates'>): readonly string[] {
  if (search === null) return [];
  if (search.state !== 'done') return [`Device:   search ${search.state}`];
  const note = search.spacingNote === null ? '' : `; ${spacingTexts[search.spacingNote]}`;
  const head = `Device:   ${candidates.length} ${candidates.length === 1 ? 'candidate' : 'candidates'} in ${search.searchedSlices} slices, judged by no model and no reader${note}`;
  if (candidates.length === 0) return [head];
  return [
    head,
    '  rank     size  side, lobe           type          place (left, back, head)        boundary',
    ...candidates.slice(0, mostCandidates).map(candidateLine),
    ...(candidates.length > mostCandidates ? [`  … and ${candidates.length - mostCandidates} more, all in --json`] : []),
  ];
}

const spacingTexts = {
  'small-nodules-may-be-missed': 'slices this far apart may miss small nodules',
  'only-large-nodules': 'slices this far apart show only large nodules',
} as const;

function candidateLine({ rank, diameterTenths, side, lobe, profile, sliceIndex, centreMm, confidence }: DocumentCandidate): string {
  const size = diameterTenths === null ? 'no size' : `${(diameterTenths / 10).toFixed(1)} mm`;
  const where = lobe === 'indeterminate' ? (side === 'indeterminate' ? 'side unknown' : side) : `${lobe} lobe`;
  const place = `slice ${sliceIndex + 1} (${centreMm.map((value) => value.toFixed(0)).join(', ')} mm)`;
  return `  ${String(rank).padStart(4)}  ${size.padStart(7)}  ${where.padEnd(19)}  ${(profile ?? 'not measured').padEnd(12)}  ${place.padEnd(30)}  ${confidence?.level ?? '-'}`;
}
