import type { NoduleCandidate } from '../../../src-shared/domain/candidate.ts';
import type { Attenuation, Finding, FindingSource, Lobe, Side } from '../../../src-shared/domain/finding.ts';
import type { LungMaskNote, LungOutline } from '../../../src-shared/domain/lungs.ts';
import type { ReadingDocument, ReadingPlan, Verification } from '../../../src-shared/domain/reading.ts';
import type { ReportLanguage } from '../../../src-shared/domain/report-draft.ts';

/** What a report may say of one finding. */
export interface ReportFinding {
  /** Its number in the report, from 1. */
  readonly ref: number;
  readonly side: Side;
  /** An estimate; 'indeterminate' where the geometry cannot tell. */
  readonly lobe: Lobe;
  /** Mean diameter, mm, with one decimal; null where nothing was measured. */
  readonly diameterMm: string | null;
  /** To the nearest mm³ (Lung-RADS v2022, note 4); null where nothing was measured. */
  readonly volumeMm3: number | null;
  readonly attenuation: Attenuation;
  /** Slices of the series, counted from 1 at the feet, both inclusive; the same one for a finding that has a place. */
  readonly slices: { readonly from: number; readonly to: number } | null;
  /** 'tile': only the region is known. */
  readonly located: Finding['located'];
  readonly sources: readonly Pick<FindingSource, 'kind' | 'name'>[];
}

/** A stretch of slices that nobody has read; slices counted from 1, positions along the slice normal in mm. */
export interface UnreadStretch {
  readonly fromSlice: number;
  readonly toSlice: number;
  readonly fromMm: number;
  readonly toMm: number;
}

/** The only facts that a report may contain. No name, id, UID or date is among them. */
export interface ReportFacts {
  readonly language: ReportLanguage;
  readonly findings: readonly ReportFinding[];
  /** Slices of the series; null where nobody counted them. */
  readonly sliceCount: number | null;
  readonly plan: ReadingPlan;
  readonly practice: boolean;
  readonly deviceSearched: boolean;
  /** Models that read, as they were asked. */
  readonly models: readonly string[];
  /** Places that the device marked and that no finding confirms. */
  readonly openCandidates: number;
  readonly verification: Verification | null;
  readonly coverage: {
    /** The reading is complete, and the lungs were outlined and are whole in the scan. */
    readonly isWhole: boolean;
    readonly planned: number;
    readonly byModel: number;
    readonly byDevice: number;
    readonly unread: readonly UnreadStretch[];
    /** 'body': the lungs could not be outlined. */
    readonly outline: LungOutline['kind'] | 'none';
    readonly notes: readonly LungMaskNote[];
  };
}

/** What the facts are taken from. */
export interface ReportInput {
  /** In the order of the report. */
  readonly findings: readonly Finding[];
  readonly candidates: readonly NoduleCandidate[];
  readonly document: Pick<ReadingDocument, 'status' | 'coverage' | 'lungs' | 'plan' | 'practice' | 'search' | 'verification'>;
  readonly models: readonly string[];
  readonly language: ReportLanguage;
}

/** A finding confirmed at a candidate has the candidate's own place. */
const samePlaceMm = 0.5;

/** Notes that say that not all of the lungs are in the pictures. */
const partialNotes: readonly LungMaskNote[] = ['one-lung-missing', 'cut-at-the-top', 'cut-at-the-bottom', 'cut-at-the-sides', 'slices-missing'];

/**
 * Picks out of a reading what its report may say. Pure.
 *
 * @param input - Findings in the order in which they are to be reported.
 */
export function reportFacts({ findings, candidates, document, models, language }: ReportInput): ReportFacts {
  const { coverage, lungs, plan, practice, search, verification } = document;
  const confirmed = findings.map((finding) => candidateOf(finding, candidates));
  const notes = lungs?.notes ?? [];
  const outline = lungs?.kind ?? 'none';
  return {
    language, plan, practice, verification,
    models: models.map(plainName),
    findings: findings.map((finding, index) => factOf(finding, index + 1, confirmed[index] ?? null)),
    sliceCount: lungs?.sliceCount ?? null,
    deviceSearched: search?.state === 'done',
    openCandidates: candidates.filter((candidate) => !confirmed.includes(candidate)).length,
    coverage: {
      isWhole: document.status === 'complete' && coverage.unreadRanges.length === 0 && outline === 'lungs' && !notes.some((note) => partialNotes.includes(note)),
      planned: coverage.planned,
      byModel: coverage.valid,
      byDevice: coverage.searched,
      unread: coverage.unreadRanges.map(({ fromIndex, toIndex, fromMm, toMm }) => ({ fromSlice: fromIndex + 1, toSlice: toIndex + 1, fromMm, toMm })),
      outline,
      notes,
    },
  };
}

function factOf(finding: Finding, ref: number, candidate: NoduleCandidate | null): ReportFinding {
  const { side, lobe, located, diameterMm, attenuation, sources } = finding;
  const measured = candidate?.size.kind === 'nodule' && diameterMm !== null ? candidate.size : null;
  return {
    ref, side, lobe, located, attenuation,
    diameterMm: diameterMm === null ? null : diameterMm.toFixed(1),
    // Of another measurement than the diameter it would contradict it.
    volumeMm3: measured !== null && diameterMm !== null && measured.axes.meanTenths === Math.round(diameterMm * 10) ? Math.round(measured.volumeMm3) : null,
    slices: slicesOf(finding, candidate),
    sources: sources.map(({ kind, name }) => ({ kind, name: plainName(name) })),
  };
}

function slicesOf({ located, regions }: Finding, candidate: NoduleCandidate | null): ReportFinding['slices'] {
  if (candidate !== null) return { from: candidate.sliceIndex + 1, to: candidate.sliceIndex + 1 };
  const indices = regions.map(({ sliceIndex }) => sliceIndex).sort((a, b) => a - b);
  const [first] = indices;
  const last = indices.at(-1);
  if (first === undefined || last === undefined) return null;
  if (located === 'tile') return { from: first + 1, to: last + 1 };
  const middle = (indices[Math.floor(indices.length / 2)] ?? first) + 1;
  return { from: middle, to: middle };
}

function candidateOf({ located, centreMm }: Finding, candidates: readonly NoduleCandidate[]): NoduleCandidate | null {
  if (located === 'tile') return null;
  const apart = ({ centreMm: other }: NoduleCandidate): number => Math.hypot(centreMm[0] - other[0], centreMm[1] - other[1], centreMm[2] - other[2]);
  const [nearest] = candidates.filter((candidate) => apart(candidate) <= samePlaceMm).sort((a, b) => apart(a) - apart(b));
  return nearest ?? null;
}

/** Names of models come from settings and relays: one line of characters that names have. */
function plainName(name: string): string {
  return name.replace(/[^\p{L}\p{N} ._:/@+-]/gu, '').slice(0, 120);
}
