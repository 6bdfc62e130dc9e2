import { candidateLines } from './candidate-text.ts';
import type { ReadingDocument } from '../src-shared/domain/reading.ts';

const mostFindings = 5;
const mostProblems = 20;

/** A reading in a few lines for a terminal: what was read, what was found, what it cost, what is missing. */
export function readingLines(document: ReadingDocument): readonly string[] {
  const { coverage, findings, cost, problems } = document;
  const none = findings.length === 0 && document.status !== 'complete';
  return [
    `Reading:  ${document.status}${document.heldFor === undefined ? '' : `, waiting (${document.heldFor})`}`,
    `Priority: ${document.priority}`,
    coverageLine(document),
    ...lungsLines(document),
    ...candidateLines(document),
    `Findings: ${document.plan === 'device-only' && coverage.valid === 0 ? 'none: no model was asked' : none ? 'none seen, but the exam was not fully read' : findings.length}`,
    ...findings.slice(0, mostFindings).map(findingLine),
    ...rest(findings.length - mostFindings),
    `Models:   ${document.models.map((model) => model.served ?? model.requested).join(', ') || 'none'}`,
    `Cost:     ${dollars(cost.knownMicroUsd)}${cost.possibleMicroUsd > 0 ? ` and up to ${dollars(cost.possibleMicroUsd)} unconfirmed` : ''}${unpriced(document.unpricedAttempts)}`,
    ...problems.slice(0, mostProblems).map(problemLine),
    ...rest(problems.length - mostProblems),
    document.notice,
  ];
}

function coverageLine({ plan, coverage: { planned, valid, searched } }: ReadingDocument): string {
  const percent = planned === 0 ? 0 : Math.floor((100 * (valid + searched)) / planned);
  if (plan === 'relay' && searched === 0) return `Coverage: ${valid} of ${planned} slices read (${percent} %)`;
  return `Coverage: ${valid + searched} of ${planned} slices (${percent} %): ${searched} searched by the device alone, ${valid} read by a model`;
}

function lungsLines(document: ReadingDocument): readonly string[] {
  const { lungs, coverage } = document;
  if (lungs === null) return [];
  const { extent, rightMl, leftMl, sliceCount, reason } = lungs;
  const outside = coverage.outsideLungs === 0 ? '' : `; ${coverage.outsideLungs} of ${sliceCount} slices lie outside and are not ${document.plan === 'relay' ? 'sent' : 'searched'}`;
  if (lungs.kind === 'body' || extent === null) return [`Lungs:    not told apart from the rest (${reason ?? 'no extent'}); the whole body is read${outside}`];
  return [`Lungs:    ${((rightMl + leftMl) / 1000).toFixed(1)} l, slices ${extent.fromIndex + 1}-${extent.toIndex + 1} of ${sliceCount}${outside}`];
}

/** Requests that cannot be priced, as part of a line; empty when there are none. */
export function unpriced(attempts: number): string {
  return attempts === 0 ? '' : `, and ${attempts} ${attempts === 1 ? 'request' : 'requests'} at a price nobody knows`;
}

/** Micro-USD as dollars; small amounts keep all their digits. */
export function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(microUsd > 0 && microUsd < 10_000 ? 6 : 2)}`;
}

function findingLine(finding: ReadingDocument['findings'][number], index: number): string {
  const where = finding.lobe === 'indeterminate' ? `side ${finding.side}` : `${finding.lobe} lobe`;
  // A marked tile is all that is known of such a finding's place.
  const place = finding.located === 'tile' ? 'somewhere on a marked tile' : `centre ${finding.centreMm.map((value) => value.toFixed(1)).join(', ')} mm`;
  const size = finding.diameterMm === null ? 'not measured' : `${finding.diameterMm.toFixed(1)} mm`;
  const slices = finding.sopInstanceUids.length;
  return `  ${index + 1}. ${where}, ${place}, ${size}, on ${slices} ${slices === 1 ? 'slice' : 'slices'}`;
}

function problemLine(problem: ReadingDocument['problems'][number]): string {
  return `Problem:  ${problem.code}: ${problem.message}${problem.sopInstanceUid === undefined ? '' : ` (${problem.sopInstanceUid})`}`;
}

function rest(count: number): readonly string[] {
  return count > 0 ? [`  … and ${count} more`] : [];
}
