import { fault, held, mended, unread } from './fault-builders.ts';
import { relayKey } from './relay-key.ts';
import type { NamedFault } from './named-fault.ts';

const possible = 'unknown relay-failed';
/** What nobody counted is booked at its forecast. */
const uncounted = (outcome: string): readonly string[] => [`estimated ${outcome}`, 'paid ok'];

/** Bodies with status 200 that are no completion, or one in an odd coat; then what is wrong with the usage. */
export const bodyFaults: readonly NamedFault[] = [
  ...[0, 1, 2, 3, 4, 5, 6].map((shape) => fault(`one-api-error-shape-${shape}`, { relay: [`error-in-200:${shape}`], expected: { ledger: [possible, 'paid ok'] } })),
  fault('error-in-200-for-ever', { relay: ['error-in-200:0'], forEver: true, expected: unread('relay-failed', [possible, possible, possible]) }),
  fault('error-in-200-quota', { relay: [{ kind: 'error-in-200', shape: 0, message: 'insufficient_quota' }], expected: held('relay-payment', 'relay', ['unknown relay-payment']) }),
  fault('error-in-200-with-a-usage', {
    relay: [{ kind: 'status', status: 200, body: '{"error":{"message":"upstream failed"},"usage":{"prompt_tokens":900,"completion_tokens":5,"total_tokens":905}}' }],
    expected: { ledger: ['paid relay-failed', 'paid ok'] },
  }),
  fault('error-in-200-repeats-the-key', { relay: [{ kind: 'error-in-200', shape: 0, message: `no such key: ${relayKey}` }], expected: { ledger: [possible, 'paid ok'] } }),
  fault('error-in-200-hostile', { relay: [{ kind: 'error-in-200', shape: 1, message: '<script>alert(1)</script>\u202E' }], expected: { ledger: [possible, 'paid ok'] } }),
  fault('html-portal', { relay: ['html'], expected: held('relay-portal', 'offline', ['free relay-portal']) }),
  fault('empty-body', { relay: ['empty-body'], expected: { ledger: uncounted('answer-empty') } }),
  fault('empty-body-for-ever', { relay: ['empty-body'], forEver: true, expected: unread('answer-empty', ['estimated answer-empty', 'estimated answer-empty']) }),
  fault('not-json', { relay: ['not-json'], expected: { ledger: uncounted('answer-not-json') } }),
  fault('nan-in-usage', { relay: [{ kind: 'status', status: 200, body: '{"choices":[],"usage":{"prompt_tokens":NaN}}' }], expected: { ledger: uncounted('answer-not-json') } }),
  fault('event-stream-unasked', { relay: ['stream'], expected: { ledger: uncounted('answer-not-json') } }),
  fault('wrong-content-type', { relay: [{ kind: 'headers', headers: { 'content-type': 'text/html' } }], expected: { ledger: ['paid ok'] } }),
  fault('byte-order-mark', { relay: ['bom'], expected: { ledger: ['paid ok'] } }),
  fault('damaged-compression', { relay: [{ kind: 'headers', headers: { 'content-encoding': 'gzip' } }], expected: { ledger: ['unknown relay-cut-off', 'paid ok'] } }),
  fault('gzip-bomb', { relay: ['gzip-bomb:50000000'], expected: unread('relay-answer-too-large', ['unknown relay-answer-too-large']) }),
  fault('huge-body', { relay: ['huge:100000000'], expected: unread('relay-answer-too-large', ['unknown relay-answer-too-large']) }),
  fault('endless-body', { relay: ['huge:1000000000000000'], expected: unread('relay-answer-too-large', ['unknown relay-answer-too-large']) }),
  fault('deep-nesting-of-the-body', { relay: ['deep-body:100000'], expected: { ledger: ['paid ok'] } }),
  fault('proto-in-the-body', { relay: ['proto-body'], expected: { ledger: ['paid ok'] } }),
  fault('empty-choices', { relay: ['no-choices'], expected: mended('answer-empty') }),
  fault('null-message', { relay: ['null-message'], expected: mended('answer-empty') }),
  fault('content-in-parts', { relay: ['parts'], expected: { ledger: ['paid ok'] } }),
  fault('tool-call-unasked', { relay: ['other-tool'], expected: mended('answer-empty') }),
  fault('finish-length', { relay: ['finish:length'], expected: mended('answer-truncated') }),
  fault('finish-length-for-ever', { relay: ['finish:length'], forEver: true, expected: unread('answer-truncated', ['paid answer-truncated', 'paid answer-truncated']) }),
  fault('finish-content-filter', { relay: ['finish:content_filter'], expected: unread('answer-refused', ['paid answer-refused']) }),
  fault('finish-unheard-of', { relay: ['finish:eos'], expected: { ledger: ['paid ok'] } }),
  fault('other-model-served', { relay: ['other-model:gpt-6.1-sol'], expected: { ledger: ['paid ok'] } }),
  fault('hostile-model-name-served', { relay: ['other-model:<script>gpt</script>\u202E'], expected: { ledger: ['paid ok'] } }),
  fault('text-only-model-served', { relay: ['other-model:deepseek-v3.2'], expected: unread('answer-blind', ['paid answer-blind']) }),

  ...['missing', 'zero', 'negative', 'string', 'fraction', 'huge', 'mismatch'].map((how) => fault(`usage-${how}`, { relay: [`usage:${how}`], expected: { ledger: ['estimated ok'] } })),
  fault('usage-inflated', { relay: ['usage:inflated'], expected: { ledger: ['paid ok'] } }),
  fault('image-dropped-by-the-relay', { relay: ['usage:text-only'], expected: unread('answer-blind', ['paid answer-blind']) }),
  fault('usage-without-image-tokens', { relay: ['usage:no-image-tokens'], expected: unread('answer-blind', ['paid answer-blind']) }),
];
