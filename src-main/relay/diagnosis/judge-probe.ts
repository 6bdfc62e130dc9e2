import { diagnosisCheckNames } from '../../../src-shared/domain/diagnosis.ts';
import type { DiagnosisCheck, DiagnosisCheckName, RelayDiagnosis } from '../../../src-shared/domain/diagnosis.ts';
import type { ErrorCode } from '../../../src-shared/domain/errors.ts';
import type { ModelCatalogue } from '../catalogue.ts';
import { check, notReached } from './diagnosis-check.ts';
import { judgeTokens } from './judge-tokens.ts';
import { judgeWords } from './judge-tiles.ts';
import type { ProbeAnswer, ProbeEvidence } from './probe-evidence.ts';

/** Many relays and proxies cut a request off after a minute. */
const slowMs = 60_000;

/** What a diagnosis says, without where and when. */
export type Verdict = Pick<RelayDiagnosis, 'state' | 'checks'>;

/**
 * Judges what came of asking a model about the drawn picture. Pure.
 *
 * @param evidence - The answer, or why there is none.
 * @param catalogue - As it holds for the relay: which names are one model.
 * @returns One check of each name, in their order.
 */
export function judgeProbe(evidence: ProbeEvidence, catalogue: Pick<ModelCatalogue, 'findModel'>): Verdict {
  const found = evidence.kind === 'none' ? [checkOfFailure(evidence.code)] : judgeAnswer(evidence.answer, catalogue);
  // A relay that says so much of the model has been reached.
  const reached = found.some(({ name }) => name === 'connection') ? found : [check('connection', 'passed'), ...found];
  const checks = diagnosisCheckNames.map((name) => reached.find((one) => one.name === name) ?? notReached(name));
  return { state: stateOf(checks), checks };
}

/**
 * Whether a verdict says something of the model, or only that the way to it is closed just now.
 *
 * @param verdict - From judgeProbe.
 */
export function isAboutModel({ checks }: Verdict): boolean {
  return checks.some(({ name, state }) => name === 'connection' && state === 'passed');
}

function judgeAnswer(answer: ProbeAnswer, catalogue: Pick<ModelCatalogue, 'findModel'>): readonly DiagnosisCheck[] {
  const seconds = (answer.latencyMs / 1000).toFixed(1);
  return [
    judgeIdentity(answer, catalogue),
    ...judgeWords(answer),
    ...judgeTokens(answer),
    answer.latencyMs > slowMs ? check('latency', 'doubt', 'slow', { found: seconds }) : check('latency', 'passed', 'ok', { found: seconds }),
  ];
}

/** Prefixes, dates and suffixes of a name are the relay's way of writing it; another model is another price and another reader. */
function judgeIdentity({ model, modelServed, row }: ProbeAnswer, catalogue: Pick<ModelCatalogue, 'findModel'>): DiagnosisCheck {
  const compared = { expected: model, found: modelServed };
  if (modelServed === null) return check('identity', 'doubt', 'model-unnamed', compared);
  const asked = catalogue.findModel(model);
  const served = catalogue.findModel(modelServed);
  if (served?.vision === false) return check('identity', 'failed', 'model-without-vision', compared);
  if (asked !== null && served !== null) {
    if (asked.id === served.id) return check('identity', 'passed', 'ok', compared);
    return row.retiredSilentlyTo === served.id ? check('identity', 'doubt', 'model-rerouted', compared) : check('identity', 'failed', 'model-other', compared);
  }
  const isSame = asked === null && served === null && bareName(model) === bareName(modelServed);
  return isSame ? check('identity', 'passed', 'ok', compared) : check('identity', 'doubt', 'model-other-name', compared);
}

function bareName(name: string): string {
  return (name.trim().toLowerCase().split('/').at(-1) ?? '').replace(/:[a-z0-9-]+$/, '').replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, '');
}

/** Which line a failure belongs to: what is said of the model itself, or of the way to it. */
function checkOfFailure(code: ErrorCode): DiagnosisCheck {
  return check(lineOf(code), 'failed', code);
}

function lineOf(code: ErrorCode): DiagnosisCheckName {
  switch (code) {
    case 'model-without-vision':
    case 'answer-refused': return 'vision';
    case 'model-retired':
    case 'model-denied':
    case 'relay-model-unknown': return 'identity';
    case 'answer-empty':
    case 'answer-not-json': return 'json';
    default: return 'connection';
  }
}

function stateOf(checks: readonly DiagnosisCheck[]): Verdict['state'] {
  if (checks.some(({ state }) => state === 'failed')) return 'failed';
  return checks.some(({ state }) => state === 'doubt') ? 'passed-with-doubts' : 'passed';
}
