import type { ReportDraft, ReportLanguage } from '../../../src-shared/domain/report-draft.ts';
import { chinesePhrases } from './chinese-phrases.ts';
import { englishPhrases } from './english-phrases.ts';
import type { ReportFacts } from './report-facts.ts';
import type { ReportPhrases } from './report-phrases.ts';

const phrases: Readonly<Record<ReportLanguage, ReportPhrases>> = { en: englishPhrases(), 'zh-CN': chinesePhrases() };

/** Findings that the template names in its impression; the rest is listed above it. */
const mostInImpression = 5;

/**
 * Sentences of findings and impression as the template writes them. Pure; they pass checkReport.
 *
 * @param facts - From reportFacts.
 */
export function templateDraft({ findings, sliceCount, language }: Pick<ReportFacts, 'findings' | 'sliceCount' | 'language'>): ReportDraft {
  const say = phrases[language];
  return {
    findings: findings.map((finding) => ({ ref: finding.ref, sentence: say.finding(finding, sliceCount) })),
    impression: findings.length === 0 ? [] : [
      { ref: 0, sentence: say.findingCount(findings.length) },
      ...findings.slice(0, mostInImpression).map((finding) => ({ ref: finding.ref, sentence: say.shortFinding(finding) })),
    ],
  };
}

/**
 * A whole report without any model. Pure.
 *
 * @param facts - From reportFacts.
 */
export function templateReport(facts: ReportFacts): string {
  return renderReport(templateDraft(facts), facts);
}

/**
 * Puts the sentences of a draft, a model's or the template's, into the report: how it was read, how much of it, who marked what, and what this text
 * is are always the template's own words. Pure.
 *
 * @param draft - That checkReport has passed.
 * @param facts - From reportFacts.
 * @returns Sections of plain text, lines parted by \n.
 */
export function renderReport(draft: ReportDraft, facts: ReportFacts): string {
  const say = phrases[facts.language];
  const sections = [
    [say.title],
    [say.technique, ...techniqueLines(facts, say)],
    [say.findings, ...findingLines(draft, facts, say)],
    [say.impression, ...impressionLines(draft, facts, say)],
    [say.notice, ...(facts.practice ? [say.practiceText] : []), say.noticeText],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function techniqueLines(facts: ReportFacts, say: ReportPhrases): readonly string[] {
  const { coverage, verification, openCandidates, sliceCount } = facts;
  return [
    say.exam(sliceCount), say.method(facts), say.measures, say.coverage(coverage),
    ...(coverage.unread.length === 0 ? [] : [say.stretches(coverage.unread)]),
    ...coverage.notes.map((note) => say.note(note)),
    ...(verification === null || verification.planned === verification.valid ? [] : [say.verification(verification.planned, verification.valid)]),
    ...(openCandidates === 0 ? [] : [say.openCandidates(openCandidates)]),
  ];
}

function findingLines({ findings: sentences }: ReportDraft, facts: ReportFacts, say: ReportPhrases): readonly string[] {
  if (facts.findings.length === 0) return [say.noFindings(facts)];
  return facts.findings.flatMap(({ ref, located, sources }) => {
    const sentence = sentences.find((one) => one.ref === ref)?.sentence ?? '';
    return [`${String(ref)}. ${sentence}`, ...(located === 'tile' ? [`   ${say.onlyRegion}`] : []), ...(sources.length === 0 ? [] : [`   ${say.markedBy(sources)}`])];
  });
}

function impressionLines({ impression }: ReportDraft, facts: ReportFacts, say: ReportPhrases): readonly string[] {
  if (facts.findings.length === 0) return [say.noFindings(facts)];
  const named = impression.filter(({ ref }) => ref !== 0).length;
  const all = impression.filter(({ ref }) => ref === 0).map(({ sentence }) => sentence);
  const each = impression.filter(({ ref }) => ref !== 0).map(({ ref, sentence }) => `${String(ref)}. ${sentence}`);
  return [...all, ...each, ...(named > 0 && named < facts.findings.length ? [say.restAbove] : [])];
}
