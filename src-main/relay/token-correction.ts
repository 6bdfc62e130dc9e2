/** Input tokens of one answered request: as they were forecast, and as the relay reported them. */
export interface TokenSample {
  readonly atMs: number;
  readonly forecastTokens: number;
  readonly reportedTokens: number;
}

/** What forecasts for one model on one relay have to be multiplied by. */
export interface TokenCorrection {
  /** 0.5 to 3; 1 changes nothing. */
  readonly factor: number;
  readonly sampleCount: number;
  /** Days since the newest sample, whole days. */
  readonly ageDays: number;
}

/** Samples of one model on one relay that are worth keeping. */
export const mostTokenSamples = 25;

const fewestSamples = 3;
const [lowest, highest] = [0.5, 3] as const;
const msPerDay = 86_400_000;
/** Up to this age a correction counts in full, and from twice this age not at all. */
const freshDays = 60;

/**
 * Learns how far forecasts are off: the median of the newest ratios of reported to forecast input tokens. A single answer
 * with a made-up count moves it little; an old correction fades into none.
 *
 * @param samples - Of one model on one relay, in any order; those without tokens do not count.
 * @param nowMs - Today.
 * @returns null with fewer than three samples that still count.
 */
export function learnCorrection(samples: readonly TokenSample[], nowMs: number): TokenCorrection | null {
  const counting = samples
    .filter(({ forecastTokens, reportedTokens, atMs }) => forecastTokens > 0 && reportedTokens > 0 && weightAt(nowMs - atMs) > 0)
    .sort((a, b) => b.atMs - a.atMs)
    .slice(0, mostTokenSamples);
  const newest = counting[0];
  if (newest === undefined || counting.length < fewestSamples) return null;
  const ageMs = Math.max(0, nowMs - newest.atMs);
  const ratio = Math.min(highest, Math.max(lowest, median(counting.map((sample) => sample.reportedTokens / sample.forecastTokens))));
  return { factor: 1 + (ratio - 1) * weightAt(ageMs), sampleCount: counting.length, ageDays: Math.floor(ageMs / msPerDay) };
}

/**
 * Tokens as they are to be expected from a model whose forecasts have been compared with its reports.
 *
 * @param tokens - Forecast by the published rule.
 * @param correction - Null where nothing has been learnt.
 */
export function correctedTokens(tokens: number, correction: TokenCorrection | null): number {
  return correction === null ? tokens : Math.ceil(tokens * correction.factor);
}

function weightAt(ageMs: number): number {
  return Math.min(1, Math.max(0, 2 - ageMs / (freshDays * msPerDay)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 1) + (sorted[Math.floor(middle)] ?? 1)) / 2;
}
