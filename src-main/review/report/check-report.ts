import type { ReportDraft, ReportMismatch, ReportMismatchKind } from '../../../src-shared/domain/report-draft.ts';
import { checkSentence } from './check-sentence.ts';
import type { ReportFacts, ReportFinding } from './report-facts.ts';

/** What came of checking a draft. */
export type ReportCheck = { readonly ok: true } | { readonly ok: false; readonly mismatches: readonly ReportMismatch[] };

/** Of one draft that are told; one alone rejects it. */
const mostMismatches = 20;

/**
 * Checks that a draft restates the findings and adds nothing. Pure.
 *
 * Every finding has one sentence; the impression has at most one for each finding and one about all of them. A sentence is made
 * of the report's vocabulary alone, and each number, side, lobe and attenuation in it is that of the finding it is about.
 *
 * @param draft - From parseReportDraft.
 * @param facts - From reportFacts.
 */
export function checkReport(draft: ReportDraft, facts: Pick<ReportFacts, 'findings' | 'sliceCount' | 'language'>): ReportCheck {
  const mismatches = [...checkPart('findings', draft, facts), ...checkPart('impression', draft, facts)];
  for (const { ref } of facts.findings) {
    if (!draft.findings.some((entry) => entry.ref === ref)) mismatches.push(mismatch('finding-missing', 'findings', ref));
  }
  if (facts.findings.length > 0 && draft.impression.length === 0) mismatches.push(mismatch('impression-missing', 'impression', 0));
  return mismatches.length === 0 ? { ok: true } : { ok: false, mismatches: mismatches.slice(0, mostMismatches) };
}

type Part = ReportMismatch['part'];

function checkPart(part: Part, draft: ReportDraft, facts: Pick<ReportFacts, 'findings' | 'sliceCount' | 'language'>): ReportMismatch[] {
  const said = new Set<number>();
  return draft[part].flatMap(({ ref, sentence }) => {
    if (said.has(ref)) return [mismatch('finding-repeated', part, ref)];
    said.add(ref);
    const about = aboutOf(part, ref, facts.findings);
    if (about === null) return [mismatch('finding-unknown', part, ref)];
    return checkSentence(sentence, about, { ...facts, findingCount: facts.findings.length, isWhole: part === 'findings' })
      .map(({ kind, said: word }) => mismatch(kind, part, ref, word));
  });
}

/** The finding that a sentence is about; 'all' for the impression's sentence about all of them; null where there is no such thing. */
function aboutOf(part: Part, ref: number, findings: readonly ReportFinding[]): ReportFinding | 'all' | null {
  if (ref === 0) return part === 'impression' && findings.length > 0 ? 'all' : null;
  return findings.find((finding) => finding.ref === ref) ?? null;
}

function mismatch(kind: ReportMismatchKind, part: Part, ref: number, said = ''): ReportMismatch {
  return { kind, part, ref, said: said.slice(0, 60) };
}
