import type { DiagnosisCheck } from '../../../src-shared/domain/diagnosis.ts';
import { isBlind, textTokens } from '../forecast.ts';
import { imageTokens } from '../image-tokens.ts';
import { check, notReached } from './diagnosis-check.ts';
import type { DetailEvidence, ProbeAnswer } from './probe-evidence.ts';

/** Further away than this from a published rule is worth a word (facts/relay.md 4.5). */
const tolerance = 0.2;
/** What new-api counts for a picture where it has no usage: flat, or three times OpenAI's base (facts/relay.md 4.5). */
const flatEstimates = [520, 255] as const;
/** Characters of English that a token stands for, at most and at least. */
const charactersPerToken = { most: 4.8, least: 3.6 } as const;
/** Share of the published change that a level of detail has to make, and the least that is told from none. */
const detailShare = { from: 0.5, to: 1.6, none: 0.15 } as const;

/**
 * Judges what the relay reports to have charged: usage, the picture's tokens, the level of detail. Pure.
 *
 * @param answer - To the drawn picture.
 */
export function judgeTokens(answer: ProbeAnswer): readonly DiagnosisCheck[] {
  const { usage, row } = answer;
  const detail = judgeDetail(answer.detail);
  if (usage === null) return [check('usage', 'doubt', 'usage-missing'), check('image-tokens', 'not-checked', 'usage-missing'), detail];
  return [check('usage', 'passed', 'ok', { found: String(usage.inputTokens) }), judgeImageTokens(answer, usage, imageTokens(row.tokenRule, answer.sheet.columns, answer.sheet.rows, row.parameters.imageDetail)), detail];
}

function judgeImageTokens({ row, sheet, textLength }: ProbeAnswer, usage: NonNullable<ProbeAnswer['usage']>, published: { readonly expected: number; readonly least: number }): DiagnosisCheck {
  const text = { least: textLength.words / charactersPerToken.most, most: textTokens(textLength.all) };
  const found = usage.imageTokens ?? Math.max(0, Math.round(usage.inputTokens - (text.least + text.most) / 2));
  const compared = { expected: row.tokenRule.family === 'unknown' ? null : String(published.expected), found: String(found) };
  if (isBlind(usage, row, [sheet], textLength.words)) return check('image-tokens', 'failed', 'answer-blind', compared);
  if (row.tokenRule.family === 'unknown') return check('image-tokens', 'not-checked', 'no-published-rule', compared);
  const [least, most] = [published.least * (1 - tolerance), published.expected * (1 + tolerance)];
  // Relays that count for themselves count the words alone, without a schema.
  const words = { least: textLength.words / charactersPerToken.most, most: textLength.words / charactersPerToken.least };
  const isFlat = (flat: number): boolean => (flat < least || flat > most) && usage.inputTokens - flat >= words.least && usage.inputTokens - flat <= words.most;
  if (usage.imageTokens === null && flatEstimates.some(isFlat)) return check('image-tokens', 'doubt', 'usage-made-up', compared);
  // What the words took is known only roughly: that much is forgiven where the picture's share is not told.
  const slack = usage.imageTokens === null ? (text.most - text.least) / 2 : 0;
  const isRight = found >= least - slack && found <= most + slack;
  return isRight ? check('image-tokens', 'passed', 'ok', compared) : check('image-tokens', 'doubt', 'image-tokens-differ', compared);
}

function judgeDetail(detail: ProbeAnswer['detail']): DiagnosisCheck {
  if (detail === 'not-asked') return notReached('detail');
  return detail === 'no-levels' ? check('detail', 'not-checked', 'no-detail-levels') : judgeChange(detail);
}

function judgeChange({ expectedChange, reportedChange }: DetailEvidence): DiagnosisCheck {
  if (reportedChange === null) return notReached('detail');
  const compared = { expected: String(expectedChange), found: String(reportedChange) };
  const share = reportedChange / expectedChange;
  if (Math.abs(share) <= detailShare.none) return check('detail', 'doubt', 'detail-ignored', compared);
  return share >= detailShare.from && share <= detailShare.to ? check('detail', 'passed', 'ok', compared) : check('detail', 'doubt', 'detail-other', compared);
}
