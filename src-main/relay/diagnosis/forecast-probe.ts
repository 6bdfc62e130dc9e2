import type { DiagnosisForecast } from '../../../src-shared/domain/diagnosis.ts';
import type { MicroUsd } from '../../../src-shared/domain/units.ts';
import type { ModelCatalogue } from '../catalogue.ts';
import { forecastRequest, outputLimit } from '../forecast.ts';
import { requestTextLength } from '../request-body.ts';
import { otherDetail } from './other-detail.ts';
import { probeProfile } from './probe-profile.ts';
import { dealProbeSheet } from './probe-sheet.ts';
import { mostProbeAnswers } from './run-probe.ts';

/** What a diagnosis is asked of, and what tokens cost. */
export interface ProbeTerms {
  readonly model: string;
  /** As it holds for the relay. */
  readonly catalogue: ModelCatalogue;
  /** Cost of so many tokens, integer micro-USD; null where nobody knows the price. */
  readonly costOf: (tokens: { readonly inputTokens: number; readonly outputTokens: number }) => MicroUsd | null;
}

/**
 * Says what a diagnosis will take: one answer where the model has no levels of detail to compare, two where it has.
 *
 * @param terms - Model and prices.
 * @returns The high cost is that of two answers of full length, whatever is asked.
 */
export function forecastProbe({ model, catalogue, costOf }: ProbeTerms): DiagnosisForecast {
  const row = catalogue.modelOrUnknown(model);
  const sheet = dealProbeSheet(() => 0);
  const tileCount = sheet.tiles.length;
  const textLength = requestTextLength({ purpose: 'image', profile: probeProfile(), nonce: 'XXXXXXXXXXXX', pictures: [sheet] }, row.firstFormat).all;
  const maxOutputTokens = outputLimit(row, tileCount, 'image');
  const first = forecastRequest(row, { purpose: 'image', pictures: [sheet], tileCount, textLength }, maxOutputTokens);
  const other = otherDetail(row, sheet);
  const requests = other === null ? 1 : mostProbeAnswers;
  const inputTokens = first.inputTokens + (other === null ? 0 : first.inputTokens + other.expectedChange);
  const outputTokens = requests * first.expectedOutputTokens;
  const expected = costOf({ inputTokens, outputTokens });
  const dearest = first.inputTokens + Math.max(0, other?.expectedChange ?? 0);
  const high = costOf({ inputTokens: mostProbeAnswers * dearest, outputTokens: mostProbeAnswers * maxOutputTokens });
  return { requests, inputTokens, outputTokens, costMicroUsd: expected === null || high === null ? null : { expected, high } };
}
