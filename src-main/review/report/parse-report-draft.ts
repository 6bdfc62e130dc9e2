import { reportDraftSchema } from '../../../src-shared/domain/report-draft.ts';
import type { ReportDraft } from '../../../src-shared/domain/report-draft.ts';
import { normaliseSentence } from './read-sentence.ts';

/**
 * Makes a draft of a model's JSON value: its form and its characters, not yet what it says.
 *
 * @param value - Anything.
 * @returns null where it is no draft: fields that were not asked for, too many or too long sentences, characters unfit to be shown.
 */
export function parseReportDraft(value: unknown): ReportDraft | null {
  const parsed = reportDraftSchema.safeParse(value);
  if (!parsed.success) return null;
  const findings = parsed.data.findings.map(cleaned);
  const impression = parsed.data.impression.map(cleaned);
  const isClean = (entry: ReturnType<typeof cleaned>): entry is ReportDraft['findings'][number] => entry !== null;
  return findings.every(isClean) && impression.every(isClean) ? { findings, impression } : null;
}

function cleaned({ ref, sentence }: ReportDraft['findings'][number]): ReportDraft['findings'][number] | null {
  const text = normaliseSentence(sentence);
  return text === null || text === '' ? null : { ref, sentence: text };
}
