import { microUsd } from '../../../src-shared/domain/units.ts';
import type { SpendMonth } from '../../../src-shared/domain/views.ts';

function cost(known: number, possible = 0) {
  return { currency: 'USD', knownMicroUsd: microUsd(known), possibleMicroUsd: microUsd(possible) } as const;
}

const models = ['vision-standard-2026-08', 'vision-accurate-2', 'vision-mini'] as const;

/** A month of a busy clinic. */
export function sampleSpend(month: string): SpendMonth {
  const byDay = Array.from({ length: 23 }, (_, index) => models.map((model, place) => ({
    day: `${month}-${String(index + 1).padStart(2, '0')}`, model, cost: cost(index % 7 >= 5 ? 0 : ((index * 7 + place * 5) % 11) * 61_000 * (place === 1 ? 2 : 1)),
  }))).flat();
  const known = byDay.reduce((sum, row) => sum + row.cost.knownMicroUsd, 0);
  const of = (model: string) => byDay.filter((row) => row.model === model).reduce((sum, row) => sum + row.cost.knownMicroUsd, 0);
  return {
    month, timeZone: 'Europe/Berlin', total: cost(known, 412_800), attemptCount: 1_204, budgetMicroUsd: microUsd(50_000_000), byDay,
    byModel: models.map((model, index) => ({ model, relayName: 'api.relay.example', attempts: 700 - index * 210, inputTokens: 9_120_400 >> index, outputTokens: 402_113 >> index, cost: cost(of(model), index === 0 ? 412_800 : 0), unpricedAttempts: index === 2 ? 2 : 0 })),
    byReading: [
      { readingId: 'incomplete', label: '王 小明 · 胸部CT平扫', attempts: 14, inputTokens: 198_300, outputTokens: 8_210, cost: cost(41_202, 12_800), unpricedAttempts: 1 },
      { readingId: 'clear', label: 'Lindqvist^Erik · CT CHEST^SCREENING', attempts: 15, inputTokens: 214_900, outputTokens: 9_004, cost: cost(52_904), unpricedAttempts: 0 },
      { readingId: null, label: '', attempts: 3, inputTokens: 0, outputTokens: 0, cost: cost(0), unpricedAttempts: 0 },
    ],
    months: [month, '2026-10', '2026-09'], unpricedAttempts: 2,
  };
}

/** A month in which nothing was sent. */
export function emptySpend(month: string): SpendMonth {
  return { month, timeZone: 'Europe/Berlin', total: cost(0), attemptCount: 0, budgetMicroUsd: null, byDay: [], byModel: [], byReading: [], months: [], unpricedAttempts: 0 };
}
