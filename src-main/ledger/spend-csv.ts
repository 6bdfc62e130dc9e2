import type { AttemptRecord } from '../../src-shared/domain/attempt.ts';

const header = [
  'attempt', 'reading', 'relay', 'model_requested', 'model_served', 'state', 'reserved_at_utc', 'ended_at_utc', 'http_status', 'outcome',
  'input_tokens', 'cached_input_tokens', 'output_tokens', 'usage_source', 'cost_micro_usd', 'max_cost_micro_usd', 'cost_source',
] as const;

/**
 * Attempts as CSV lines (RFC 4180): header first, each line ending in CRLF.
 *
 * Cells that a spreadsheet would run as a formula begin with an apostrophe.
 */
export function spendCsvLines(attempts: readonly AttemptRecord[]): readonly string[] {
  return [header, ...attempts.map(cells)].map((row) => `${row.map(cell).join(',')}\r\n`);
}

function cells(attempt: AttemptRecord): readonly (string | number | null)[] {
  return [
    attempt.id,
    attempt.readingId,
    attempt.relayName,
    attempt.modelRequested,
    attempt.modelServed,
    attempt.state,
    instant(attempt.reservedAt),
    attempt.endedAt === null ? null : instant(attempt.endedAt),
    attempt.httpStatus,
    attempt.outcome,
    attempt.usage?.inputTokens ?? null,
    attempt.usage?.cachedInputTokens ?? null,
    attempt.usage?.outputTokens ?? null,
    attempt.usage?.source ?? null,
    attempt.costMicroUsd,
    attempt.maxCostMicroUsd,
    attempt.costSource,
  ];
}

function instant(ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' }).format(ms).replace(' ', 'T') + 'Z';
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
