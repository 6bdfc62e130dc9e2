import type { ReadingDocument } from '../src-shared/domain/reading.ts';
import type { DoctorCheck, QueueRow, SpendMonth } from '../src-shared/domain/views.ts';

/** A reading in a few lines for people. */
export function readingLines(document: ReadingDocument): readonly string[] {
  const { coverage, findings, cost } = document;
  const percent = coverage.planned === 0 ? 0 : Math.floor((100 * coverage.valid) / coverage.planned);
  return [
    `Reading:  ${document.status}${document.heldFor === undefined ? '' : `, waiting (${document.heldFor})`}`,
    `Priority: ${document.priority}`,
    `Coverage: ${coverage.valid} of ${coverage.planned} slices read (${percent} %)`,
    `Findings: ${findings.length === 0 && document.status !== 'complete' ? 'none seen, but the exam was not fully read' : findings.length}`,
    ...findings.slice(0, 5).map(findingLine),
    ...(findings.length > 5 ? [`  … and ${findings.length - 5} more`] : []),
    `Cost:     ${dollars(cost.knownMicroUsd)}${cost.possibleMicroUsd > 0 ? ` and up to ${dollars(cost.possibleMicroUsd)} unconfirmed` : ''}`,
    ...document.problems.slice(0, 20).map((problem) => `Problem:  ${problem.code}: ${problem.message}${problem.sopInstanceUid === undefined ? '' : ` (${problem.sopInstanceUid})`}`),
    ...(document.problems.length > 20 ? [`  … and ${document.problems.length - 20} more`] : []),
    document.notice,
  ];
}

function findingLine(finding: ReadingDocument['findings'][number], index: number): string {
  const [x, y, z] = finding.centreMm.map((value) => value.toFixed(1));
  const size = finding.diameterMm === null ? 'not measured' : `${finding.diameterMm.toFixed(1)} mm`;
  return `  ${index + 1}. side ${finding.side}, centre ${x}, ${y}, ${z} mm, ${size}, on ${finding.sopInstanceUids.length} slices`;
}

/** A month's spend for people. */
export function spendLines(month: SpendMonth): readonly string[] {
  const { total } = month;
  return [
    `Spend of ${month.month} (${month.timeZone}): ${dollars(total.knownMicroUsd)} confirmed, up to ${dollars(total.possibleMicroUsd)} possible, ${month.attemptCount} attempts`,
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
    const covered = `${row.coverage.valid}/${row.coverage.planned}`;
    return [row.readingId, row.studyDate ?? '--------', (row.status ?? row.state).padEnd(10), row.priority.padEnd(8), covered.padStart(9), `${row.findingCount} findings`.padStart(12), dollars(row.cost.knownMicroUsd)].join('  ');
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

function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(microUsd > 0 && microUsd < 10_000 ? 6 : 2)}`;
}
