import type { LungMaskNote } from '../../../src-shared/domain/lungs.ts';
import type { ReportFacts, ReportFinding, UnreadStretch } from './report-facts.ts';

/** How a language says what a report says. Sentences of findings and impression keep to the report's vocabulary. */
export interface ReportPhrases {
  readonly title: string;
  readonly technique: string;
  readonly findings: string;
  readonly impression: string;
  readonly notice: string;
  /** "Research use, not a medical device, draft for a qualified reader." */
  readonly noticeText: string;
  readonly practiceText: string;
  finding(finding: ReportFinding, sliceCount: number | null): string;
  shortFinding(finding: ReportFinding): string;
  findingCount(count: number): string;
  /** Of the impression, where it does not name all findings. */
  readonly restAbove: string;
  /** Nothing was marked; never that nothing is there. */
  noFindings(facts: Pick<ReportFacts, 'plan' | 'coverage'>): string;
  exam(sliceCount: number | null): string;
  method(facts: Pick<ReportFacts, 'plan' | 'models' | 'deviceSearched'>): string;
  readonly measures: string;
  openCandidates(count: number): string;
  coverage(coverage: ReportFacts['coverage']): string;
  stretches(unread: readonly UnreadStretch[]): string;
  verification(asked: number, answered: number): string;
  note(note: LungMaskNote): string;
  markedBy(sources: ReportFinding['sources']): string;
  /** Of findings that are located by a tile. */
  readonly onlyRegion: string;
}
