import type { DiagnosisCheck, DiagnosisCode, DiagnosisOffer, DiagnosisStep, RelayDiagnosis } from '../src-shared/domain/diagnosis.ts';
import { dollars, unpriced } from './reading-text.ts';

const marks: Readonly<Record<DiagnosisCheck['state'], string>> = { 'passed': 'ok     ', 'doubt': 'doubt  ', 'failed': 'FAILED ', 'not-checked': '-      ' };

const titles: Readonly<Record<DiagnosisCheck['name'], string>> = {
  'connection': 'connection', 'identity': 'model', 'code': 'code', 'json': 'form', 'vision': 'tiles seen', 'numbers': 'numbers', 'brightness': 'brightness',
  'usage': 'tokens in', 'image-tokens': 'for picture', 'detail': 'detail', 'latency': 'seconds',
};

const states: Readonly<Record<RelayDiagnosis['state'], string>> = { 'passed': 'passed', 'passed-with-doubts': 'passed with doubts', 'failed': 'FAILED' };

const texts: Readonly<Record<Exclude<DiagnosisCode, 'ok'>, string>> = {
  'not-reached': 'not looked at: something before it failed',
  'model-unnamed': 'the answer names no model',
  'model-rerouted': 'the model has ended; the one that is known to stand in answered',
  'model-other-name': 'a name answered that cannot be compared with the one asked for',
  'model-other': 'another model answered',
  'code-wrong': 'the answer is to another request',
  'json-lower-form': 'the relay does not take the strictest form that this model is known for',
  'json-prompt-only': 'the relay takes no form of asking for JSON but the words',
  'json-mended': 'the JSON had faults that could be mended',
  'vision-partly': 'one tile was miscounted or not made out',
  'vision-wrong': 'what it says is not what was drawn',
  'numbers-missing': 'numbers were left out, or came twice',
  'numbers-mixed-up': 'it saw the discs, but under other numbers',
  'numbers-foreign': 'it named numbers that were not drawn',
  'brightness-partly': 'bright and faint discs were mistaken for each other',
  'usage-missing': 'no usage that can be true; costs are booked at their forecast',
  'usage-made-up': 'the relay counts every picture the same: its usage is an estimate of its own',
  'image-tokens-differ': "more than a fifth away from the model's published rule",
  'no-published-rule': 'nobody has published how this model counts pictures',
  'no-detail-levels': 'the model has no levels that are charged differently',
  'detail-ignored': 'another level of detail was charged the same: the relay drops it',
  'detail-other': 'another level of detail was not charged as published',
  'slow': 'longer than many relays wait',
};

/** A diagnosis for people: one line a check, then what it took. */
export function diagnosisLines(diagnosis: RelayDiagnosis): readonly string[] {
  const { relayName, model, state, checks, requests, cost, unpricedAttempts } = diagnosis;
  const possible = cost.possibleMicroUsd > 0 ? `, up to ${dollars(cost.possibleMicroUsd)} possible` : '';
  return [
    `${model} on ${relayName}: ${states[state]}`,
    ...checks.map((check) => `${marks[check.state]}  ${titles[check.name].padEnd(11)} ${[compared(check), textOf(check)].filter((part) => part !== '').join('  ')}`.trimEnd()),
    `${requests} ${requests === 1 ? 'request' : 'requests'}, ${dollars(cost.knownMicroUsd)}${possible}${unpriced(unpricedAttempts)}`,
  ];
}

/** What a diagnosis is going to cost, for people. */
export function diagnosisOfferLine({ relayName, model, forecast: { requests, inputTokens, outputTokens, costMicroUsd } }: DiagnosisOffer): string {
  const cost = costMicroUsd === null ? 'at a price nobody knows' : `about ${dollars(costMicroUsd.expected)}, at most ${dollars(costMicroUsd.high)}`;
  return `asking ${model} on ${relayName}: ${requests === 1 ? 'one request' : `up to ${requests} requests`}, about ${inputTokens} tokens in and ${outputTokens} out, ${cost}`;
}

/** How far a diagnosis has come, for people. */
export function diagnosisStepLine(step: DiagnosisStep): string {
  switch (step) {
    case 'drawing': return 'drawing the picture';
    case 'asking': return 'asking about the picture';
    case 'asking-plainer': return 'asking again in a plainer form';
    case 'asking-other-detail': return 'asking with another level of detail';
  }
}

function compared({ expected, found }: DiagnosisCheck): string {
  if (expected === null || expected === found) return found ?? '';
  return found === null ? '' : `${found} (expected ${expected})`;
}

function textOf({ code }: DiagnosisCheck): string {
  if (code === 'ok') return '';
  return code in texts ? texts[code as keyof typeof texts] : code;
}
