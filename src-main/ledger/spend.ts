import type { Cost } from '../../src-shared/domain/attempt.ts';
import { microUsd } from '../../src-shared/domain/units.ts';
import type { SpendMonth } from '../../src-shared/domain/views.ts';
import { listMonths, sumByDay, sumByModel, sumByReading, sumMonth } from '../store/attempt-table.ts';
import type { AttemptTotals } from '../store/attempt-table.ts';
import type { Database } from '../store/open-database.ts';
import type { LedgerRules } from './attempt-ledger.ts';

/** Sums as money: confirmed, and what may be owed on top. */
export function costOfTotals(totals: AttemptTotals): Cost {
  return { currency: 'USD', knownMicroUsd: microUsd(totals.knownMicroUsd), possibleMicroUsd: microUsd(totals.possibleMicroUsd) };
}

/** No cost at all. */
export const noCost: Cost = { currency: 'USD', knownMicroUsd: microUsd(0), possibleMicroUsd: microUsd(0) };

/**
 * Everything the Spend screen and `lungdesk spend` show of a month.
 *
 * @param month - YYYY-MM in the billing zone.
 * @param labelOf - Name of a reading for people of this clinic.
 */
export async function spendOfMonth(
  database: Database,
  month: string,
  rules: LedgerRules,
  labelOf: (readingId: string | null) => string,
): Promise<SpendMonth> {
  const [total, byModel, byReading, byDay, months] = await Promise.all([
    sumMonth(database, month),
    sumByModel(database, month),
    sumByReading(database, month),
    sumByDay(database, month),
    listMonths(database),
  ]);
  return {
    month,
    timeZone: rules.timeZone,
    total: costOfTotals(total),
    attemptCount: total.attempts,
    unpricedAttempts: total.unpricedAttempts,
    budgetMicroUsd: rules.monthlyBudgetMicroUsd === null ? null : microUsd(rules.monthlyBudgetMicroUsd),
    byModel: byModel.map((row) => ({
      model: row.model,
      relayName: row.relayName,
      attempts: row.attempts,
      inputTokens: row.inputTokens,
      outputTokens: row.outputTokens,
      unpricedAttempts: row.unpricedAttempts,
      cost: costOfTotals(row),
    })),
    byReading: [...byReading].map(([readingId, row]) => ({
      readingId,
      label: labelOf(readingId),
      attempts: row.attempts,
      inputTokens: row.inputTokens,
      outputTokens: row.outputTokens,
      unpricedAttempts: row.unpricedAttempts,
      cost: costOfTotals(row),
    })),
    byDay: byDay.map((row) => ({ day: row.day, model: row.model, cost: costOfTotals(row) })),
    months,
  };
}
