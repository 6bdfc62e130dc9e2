import type { DoctorCheck, QueueRow, SpendMonth } from '../src-shared/domain/views.ts';
import type { PreparedExam, PreparedManifest } from './prepare/manifest.ts';
import { dollars, unpriced } from './reading-text.ts';

/** A month's spend for people. */
export function spendLines(month: SpendMonth): readonly string[] {
  const { total } = month;
  return [
    `Spend of ${month.month} (${month.timeZone}): ${dollars(total.knownMicroUsd)} confirmed, up to ${dollars(total.possibleMicroUsd)} possible${unpriced(month.unpricedAttempts)}, ${month.attemptCount} attempts`,
    ...month.byModel.map(
      (row) => `  ${row.model} (${row.relayName}): ${dollars(row.cost.knownMicroUsd)}, ${row.attempts} attempts, ${row.inputTokens} in, ${row.outputTokens} out`,
    ),
    ...(month.budgetMicroUsd === null ? [] : [`Budget: ${dollars(month.budgetMicroUsd)}`]),
  ];
}

/** The queue's history for people, one exam a line; no names. */
export function historyLines(rows: readonly QueueRow[]): readonly string[] {
  if (rows.length === 0) return ['Nothing has been read yet.'];
  return rows.map((row) => {
    const covered = `${row.coverage.valid + row.coverage.searched}/${row.coverage.planned}`;
    const candidates = row.candidateCount === null ? 'not searched' : `${row.candidateCount} candidates`;
    return [row.readingId, row.studyDate ?? '--------', (row.status ?? row.state).padEnd(10), row.priority.padEnd(8), covered.padStart(9), `${row.findingCount} findings`.padStart(12), candidates.padStart(14), dollars(row.cost.knownMicroUsd)].join('  ');
  });
}

/** The doctor's report for people. */
export function doctorLines(checks: readonly DoctorCheck[]): readonly string[] {
  const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;
  return checks.flatMap((check) => [
    `${marks[check.state]}  ${check.name.padEnd(9)} ${check.message}`,
    ...(check.advice === null ? [] : [`                   -> ${check.advice}`]),
  ]);
}

/** What was prepared, for people: one line an exam. */
export function preparedLines({ exams }: PreparedManifest): readonly string[] {
  return exams.map(({ exam, ct, pictures }) => {
    const series = ct === null ? '' : ` of ${ct.slicePositionsMm.length} slices, ${lungsLine(ct.lungs)}`;
    return `exam ${exam}: ${pictures.length} ${pictures.length === 1 ? 'picture' : 'pictures'}${series}`;
  });
}

function lungsLine({ kind, rightMm3, leftMm3, reason }: NonNullable<PreparedExam['ct']>['lungs']): string {
  if (kind === 'body') return `the whole body, since the lungs could not be outlined (${reason ?? 'unknown reason'})`;
  return `lungs of ${((rightMm3 + leftMm3) / 1e6).toFixed(1)} litres`;
}

/** What is missing from the pictures, for people: one line each. */
export function missingLines({ exams }: PreparedManifest): readonly string[] {
  return exams.flatMap(({ exam, pictures, leftOut, problems }) => [
    ...(pictures.length === 0 ? leftOut.map(({ code, text, images }) => `exam ${exam}: ${code}: ${text} (${images} ${images === 1 ? 'image' : 'images'})`) : []),
    ...problems.filter(({ leavesGap }) => leavesGap).map(({ code, message }) => `exam ${exam}: ${code}: ${message}`),
  ]);
}
