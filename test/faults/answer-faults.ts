import { fault, halfRead, mended, sound, unread } from './fault-builders.ts';
import type { NamedFault } from './named-fault.ts';

/** Read as if nothing were wrong. */
function harmless(name: string, relay: string): NamedFault {
  return fault(name, { relay: [relay], expected: { ledger: ['paid ok'] } });
}

/** Nobody can tell what is meant: asked once more, for both pictures. */
function unusable(name: string, relay: string, outcome = 'ok'): NamedFault {
  return fault(name, { relay: [relay], expected: mended(outcome) });
}

/** One tile is bad: its picture alone is asked once more, and what was read stays. */
function oneTile(name: string, relay: string): NamedFault {
  return fault(name, { relay: [relay], expected: { ledger: ['paid ok', 'paid ok'], saw: [2, 1] } });
}

/** What models say. */
export const answerFaults: readonly NamedFault[] = [
  harmless('json-in-fences', 'fenced'),
  harmless('json-in-prose', 'prose'),
  harmless('json-after-thinking', 'thinking'),
  harmless('json-that-can-be-mended', 'mendable'),
  harmless('same-object-twice', 'same-twice'),
  harmless('words-in-another-spelling', 'other-spelling'),
  harmless('hostile-text-around-the-json', 'hostile-around:html'),
  harmless('instruction-around-the-json', 'hostile-around:instruction+fenced'),
  unusable('truncated-json', 'truncated-json', 'answer-truncated'),
  unusable('cut-json-that-claims-to-be-whole', 'cut-json'),
  unusable('invalid-json', 'invalid-json'),
  unusable('elided-regions', 'elided'),
  unusable('blank-answer', 'blank', 'answer-empty'),
  unusable('two-objects', 'two-objects'),
  unusable('duplicate-keys', 'duplicate-key'),
  unusable('proto-in-the-answer', 'proto'),
  unusable('deep-nesting', 'deep-nesting:50000'),
  unusable('huge-string', 'huge-string:1100000'),
  unusable('wrong-code', 'wrong-code'),
  unusable('tiles-shifted-by-one', 'foreign-tile'),
  unusable('tiles-invented', 'invents-tiles'),
  unusable('tiles-doubled', 'doubled-numbers'),
  unusable('numbers-as-text', 'numbers-as-text'),
  unusable('extra-field', 'extra-field'),
  unusable('missing-field', 'missing-field'),
  oneTile('tile-missing', 'missing-tile'),
  oneTile('tile-twice', 'duplicate-tile'),
  oneTile('tile-in-both-lists', 'both-lists'),
  oneTile('region-unclear-and-described', 'unclear-with-region'),
  oneTile('foreign-words', 'foreign-words'),
  oneTile('coordinates', 'coordinates'),
  oneTile('too-many-regions', 'many-regions'),
  oneTile('hostile-words-html', 'hostile-words:html'),
  oneTile('hostile-words-bidi', 'hostile-words:bidi'),
  oneTile('hostile-words-formula', 'hostile-words:formula'),
  fault('tiles-skipped', { relay: ['skips-tiles'], expected: { ledger: ['paid ok', 'paid ok'] } }),
  fault('bad-tile-for-ever', { relay: ['bad-tile'], forEver: true, expected: { ...halfRead('answer-invalid', ['paid ok', 'paid ok']), saw: [2, 1] } }),
  fault('invalid-json-for-ever', { relay: ['invalid-json'], forEver: true, expected: unread('answer-not-json', ['paid ok', 'paid ok']) }),
  fault('wrong-code-for-ever', { relay: ['wrong-code'], forEver: true, expected: unread('answer-invalid', ['paid ok', 'paid ok']) }),
  fault('tile-that-cannot-be-made-out', { relay: ['unseen-tile'], expected: halfRead('answer-refused', ['paid ok']) }),
  fault('no-tile-can-be-made-out', { relay: ['all-unclear'], expected: unread('answer-refused', ['paid ok']) }),
  fault('refusal-field', { relay: ['refusal:field'], expected: unread('answer-refused', ['paid answer-refused']) }),
  fault('refusal-filter', { relay: ['refusal:filter'], expected: unread('answer-refused', ['paid answer-refused']) }),
  fault('refusal-in-prose', { relay: ['refusal:prose'], expected: unread('answer-refused', ['paid ok']) }),
  fault('blank-control-called-positive', { relay: ['blank-positive'], expected: unread('control-failed', ['paid ok']) }),
  fault('blind-model', { relay: ['blind'], expected: unread('answer-blind', ['paid answer-blind']) }),
  // A missed control nodule is counted against the model; that nothing was seen stays an answer.
  fault('nothing-seen-anywhere', { relay: ['nothing-seen'], expected: { tiles: sound.map(() => '0'), ledger: ['paid ok'] } }),
];
