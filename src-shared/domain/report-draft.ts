import * as z from 'zod';
import type { ErrorCode } from './errors.ts';

/** Languages in which draft reports are written. */
export const reportLanguages = ['en', 'zh-CN'] as const;

/** See reportLanguages. */
export type ReportLanguage = (typeof reportLanguages)[number];

const sentenceSchema = z.strictObject({
  /** Number of the finding, from 1; 0 in the impression for a sentence about all of them. */
  ref: z.int().min(0).max(100),
  sentence: z.string().min(1).max(400),
});

/** What a model is asked for: one sentence for every finding, and those of the impression. */
export const reportDraftSchema = z.strictObject({
  findings: z.array(sentenceSchema).max(100),
  impression: z.array(sentenceSchema).max(100),
});

/** Sentences of a draft report; everything around them is written by LungDesk itself. */
export type ReportDraft = z.infer<typeof reportDraftSchema>;

/** What is wrong with a sentence or with the draft as a whole. */
export const reportMismatches = [
  'finding-missing', // A finding has no sentence.
  'finding-repeated', // A finding, or all of them together, has more than one sentence.
  'finding-unknown', // The sentence is about a finding that there is not.
  'impression-missing', // There are findings, and the impression says nothing.
  'sentence-form', // Not one sentence: empty, too long, several, or with characters that have no place in it.
  'number', // A number that is not the finding's own, or stands where no fact has one.
  'count', // Another number of findings than there are.
  'side', // Another side.
  'lobe', // Another lobe.
  'attenuation', // Another attenuation.
  'measured', // It says that nothing was measured, and something was.
  'fact-missing', // Side or diameter are known, and the finding's sentence leaves them out.
  'word-denied', // A diagnosis, a likelihood, a comparison or advice.
  'word-unknown', // A word that restating the facts does not need.
] as const;

/** See reportMismatches. */
export type ReportMismatchKind = (typeof reportMismatches)[number];

/** One reason to reject a draft. */
export interface ReportMismatch {
  readonly kind: ReportMismatchKind;
  readonly part: 'findings' | 'impression';
  readonly ref: number;
  /** The word or number at fault, as it was written, at most 60 characters; empty where there is none. */
  readonly said: string;
}

/**
 * Why the template wrote a report.
 *
 * not-asked: nobody wanted a model. device-only, practice: no relay was to be asked. no-findings: there is nothing to draft. too-many-findings: more than one
 * request should hold. no-model: no priced text model is known on the relay. relay: `code` says what kept it from answering.
 * draft-rejected: the model's sentences do not agree with the findings.
 */
export type TemplateReason = 'not-asked' | 'device-only' | 'practice' | 'no-findings' | 'too-many-findings' | 'no-model' | 'relay' | 'draft-rejected';

/** A draft report as people get it. */
export interface ReportResult {
  /** Plain text in sections, lines parted by \n. */
  readonly text: string;
  readonly source: 'model' | 'template';
  /** Model that was asked last, as it was served where that is known; null where none was. */
  readonly model: string | null;
  /** Set where a model's draft was rejected. */
  readonly rejected: readonly ReportMismatch[] | null;
  /** Null where a model wrote it. */
  readonly because: { readonly reason: TemplateReason; readonly code: ErrorCode | null } | null;
}
