import type { Cost } from '../../src-shared/domain/attempt.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { SpendMonth } from '../../src-shared/domain/views.ts';
import type { LedgerRules } from '../ledger/attempt-ledger.ts';
import { billingMonth } from '../ledger/billing-calendar.ts';
import { spendCsvLines } from '../ledger/spend-csv.ts';
import { costOfTotals, spendOfMonth } from '../ledger/spend.ts';
import type { Clock } from '../platform/clock.ts';
import type { PreparingProgress } from '../reading/preparing-progress.ts';
import { queueRows } from '../reading/reading-views.ts';
import { listAttempts, sumMonth } from '../store/attempt-table.ts';
import type { Database } from '../store/open-database.ts';

/** What telling the spend needs. */
export interface SpendDeskParts {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: () => Promise<Settings>;
  readonly searches: PreparingProgress;
}

/** What was spent, by calendar month in the clinic's time zone. */
export interface SpendDesk {
  /** What the ledger books by, as it is set now. */
  rules(): Promise<LedgerRules>;
  currentSpend(): Promise<{ readonly month: string; readonly cost: Cost; readonly budgetMicroUsd: number | null }>;
  /** @param month - YYYY-MM; null for the current one; so with the next. */
  spendMonth(month: string | null): Promise<SpendMonth>;
  spendCsv(month: string | null): Promise<readonly string[]>;
}

/** Opens the desk. */
export function createSpendDesk({ database, clock, settings, searches }: SpendDeskParts): SpendDesk {
  async function rules(): Promise<LedgerRules> {
    const { billingTimeZone, monthlyBudgetMicroUsd } = await settings();
    return { timeZone: billingTimeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone, monthlyBudgetMicroUsd };
  }
  async function currentMonth(): Promise<string> {
    return billingMonth(clock.now(), (await rules()).timeZone);
  }
  return {
    rules,
    async currentSpend() {
      const month = await currentMonth();
      const { monthlyBudgetMicroUsd } = await rules();
      return { month, cost: costOfTotals(await sumMonth(database, month)), budgetMicroUsd: monthlyBudgetMicroUsd };
    },
    async spendMonth(month) {
      const rows = new Map((await queueRows(database, searches)).map((row) => [row.readingId, row]));
      return spendOfMonth(database, month ?? (await currentMonth()), await rules(), (readingId) => {
        const row = readingId === null ? undefined : rows.get(readingId);
        return row === undefined ? '' : [row.patientId, row.studyDate, row.studyDescription].filter(Boolean).join(' · ');
      });
    },
    spendCsv: async (month) => spendCsvLines(await listAttempts(database, { billingMonth: month ?? (await currentMonth()) })),
  };
}
