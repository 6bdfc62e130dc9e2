import type { ReadingDocument } from '../../src-shared/domain/reading.ts';

/**
 * The reading of the sample exam in a few lines, for a terminal.
 *
 * @param reading - A finished reading's document.
 * @returns Lines without line ends.
 */
export function demoReport(reading: ReadingDocument): readonly string[] {
  const { coverage, findings, cost } = reading;
  const possible = cost.possibleMicroUsd === 0 ? '' : `, possibly up to ${dollars(cost.possibleMicroUsd)} more`;
  return [
    `The sample exam: ${reading.status}, priority ${reading.priority}`,
    `Coverage: ${String(coverage.valid)} of ${String(coverage.planned)} slices read`,
    `Findings: ${String(findings.length)}`,
    ...findings.map(findingLine),
    `Models: ${reading.models.map((model) => model.served ?? model.requested).join(', ') || 'none'}`,
    `Cost: ${dollars(cost.knownMicroUsd)}${possible}`,
    ...reading.problems.map((problem) => `Problem: ${problem.message} (${problem.code})`),
    // Says so when the answers come from the practice relay.
    reading.notice,
  ];
}

function findingLine(finding: ReadingDocument['findings'][number], index: number): string {
  const size = finding.diameterMm === null ? 'not measured' : `${finding.diameterMm.toFixed(1)} mm`;
  const slices = finding.sopInstanceUids.length;
  const where = finding.lobe === 'indeterminate' ? `${finding.side} side` : `${finding.lobe} lobe`;
  return `  ${String(index + 1)}. ${where.replace('indeterminate side', 'side undetermined')}, ${size}, on ${String(slices)} ${slices === 1 ? 'slice' : 'slices'}`;
}

function dollars(amountMicroUsd: number): string {
  return `${(amountMicroUsd / 1_000_000).toFixed(6)} USD`;
}
