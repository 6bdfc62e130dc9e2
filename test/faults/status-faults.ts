import { relayKey } from './relay-key.ts';
import { answer, fault, halfRead, held, sound, unread } from './fault-builders.ts';
import type { NamedFault } from './named-fault.ts';

const quota = { code: 'insufficient_quota' };

/** Stops the relay at once; nothing is tried again. */
function stops(status: number, code: string): NamedFault {
  return fault(`status-${status}`, { relay: [`status:${status}`], expected: held(code, 'relay', [`free ${code}`]) });
}

/** Passes by itself. */
function passes(status: number, entry: string): NamedFault {
  return fault(`status-${status}-once`, { relay: [`status:${status}`], expected: { ledger: [entry, 'paid ok'], pauses: [[0, 1000]] } });
}

/** Does not pass: two more tries, and then a gap. */
function stays(status: number, code: string, entry: string): NamedFault {
  return fault(`status-${status}-for-ever`, { relay: [`status:${status}`], forEver: true, expected: { ...unread(code, [entry, entry, entry]), pauses: [[0, 1000], [0, 2000]] } });
}

/** Waits as it is told to, and a second at most on top. */
function waits(name: string, headers: Readonly<Record<string, string>>, ms: number, message = 'slow down'): NamedFault {
  return fault(`status-429-${name}`, { relay: [answer(429, message, { headers })], expected: { ledger: ['free relay-rate-limited', 'paid ok'], pauses: [[ms, ms + 1000]] } });
}

/** What relays answer instead of a completion: statuses, and what they mean for the money. */
export const statusFaults: readonly NamedFault[] = [
  fault('status-400', { relay: ['status:400'], expected: unread('relay-refused-request', ['free relay-refused-request']) }),
  fault('status-400-names-the-images', {
    relay: [answer(400, 'Too many images in the request')], expected: { ledger: ['free relay-refused-request', 'paid ok', 'paid ok'], saw: [2, 1, 1] },
  }),
  fault('status-400-names-the-form', { relay: [answer(400, 'response_format json_schema is not supported')], expected: { ledger: ['free relay-refused-request', 'paid ok'] } }),
  fault('status-400-refuses-every-form', {
    relay: [answer(400, 'response_format, tools and json mode are not supported')], forEver: true,
    expected: unread('relay-refused-request', Array.from({ length: 4 }, () => 'free relay-refused-request')),
  }),
  fault('status-400-prompt-blocked', {
    relay: [answer(400, 'request blocked by Gemini API: SAFETY', { code: 'prompt_blocked' })], expected: unread('answer-refused', ['free answer-refused']),
  }),
  fault('status-400-model-without-vision', {
    relay: [answer(400, 'This model does not support image input')], expected: held('model-without-vision', 'relay', ['free model-without-vision']),
  }),
  stops(401, 'relay-unauthorised'),
  stops(402, 'relay-payment'),
  stops(403, 'relay-unauthorised'),
  fault('status-401-repeats-the-key', { relay: [answer(401, `Incorrect API key provided: ${relayKey}`)], expected: held('relay-unauthorised', 'relay', ['free relay-unauthorised']) }),
  fault('status-500-repeats-the-key', { relay: [answer(500, `upstream said no to Bearer ${relayKey}`)], expected: { ledger: ['free relay-failed', 'paid ok'] } }),
  fault('status-502-page-repeats-the-key', {
    relay: [{ kind: 'status', status: 502, body: `<html>authorization: Bearer ${relayKey}</html>`, headers: { 'content-type': 'text/html' } }], expected: { ledger: ['free relay-failed', 'paid ok'] },
  }),
  fault('status-404-model', { relay: [answer(404, 'the model does not exist', { code: 'model_not_found' })], expected: held('relay-model-unknown', 'relay', ['free relay-model-unknown']) }),
  fault('status-404-model-retired', { relay: [answer(404, 'The model has been deprecated')], expected: held('model-retired', 'relay', ['free model-retired']) }),
  fault('status-404-page', {
    relay: [{ kind: 'status', status: 404, body: '<html>404</html>', headers: { 'content-type': 'text/html' } }], expected: held('relay-refused-request', 'relay', ['free relay-refused-request']),
  }),
  fault('status-407', { relay: ['status:407'], expected: held('relay-proxy', 'offline', ['free relay-proxy']) }),
  passes(408, 'unknown relay-timeout'),
  stays(408, 'relay-timeout', 'unknown relay-timeout'),
  passes(409, 'free relay-failed'),
  fault('status-409-for-ever', { relay: ['status:409'], forEver: true, expected: unread('relay-failed', ['free relay-failed', 'free relay-failed']) }),
  fault('status-410', { relay: ['status:410'], expected: held('model-retired', 'relay', ['free model-retired']) }),
  fault('status-413', { relay: ['status:413'], expected: { ledger: ['free relay-refused-request', 'paid ok', 'paid ok'], saw: [2, 1, 1] } }),
  fault('status-413-for-one-picture', {
    relay: ['status:413', 'status:413'],
    expected: {
      reading: 'incomplete', reason: 'relay-refused-request', tiles: ['relay-refused-request', 'relay-refused-request', ...sound.slice(2)],
      ledger: ['free relay-refused-request', 'free relay-refused-request', 'paid ok'], saw: [2, 1, 1],
    },
  }),
  fault('status-413-for-ever', { relay: ['status:413'], forEver: true, expected: { ...unread('relay-refused-request', Array.from({ length: 3 }, () => 'free relay-refused-request')), saw: [2, 1, 1] } }),
  fault('status-418', { relay: ['status:418'], expected: unread('relay-refused-request', ['free relay-refused-request']) }),
  fault('status-422', { relay: ['status:422'], expected: unread('relay-refused-request', ['free relay-refused-request']) }),

  fault('status-429-without-retry-after', { relay: ['status:429'], expected: { ledger: ['free relay-rate-limited', 'paid ok'], pauses: [[0, 1000]] } }),
  waits('retry-after-seconds', { 'retry-after': '120' }, 120_000),
  waits('retry-after-a-date', { 'retry-after': 'Tue, 24 Nov 2026 09:02:00 GMT' }, 120_000),
  waits('retry-after-a-past-date', { 'retry-after': 'Tue, 24 Nov 2020 09:02:00 GMT' }, 1000),
  waits('retry-after-milliseconds', { 'retry-after-ms': '2500' }, 2500),
  waits('retry-after-azure', { 'x-ms-retry-after-ms': '4500' }, 4500),
  waits('retry-after-absurd', { 'retry-after': '99999999' }, 600_000),
  waits('retry-after-zero', { 'retry-after': '0' }, 1000),
  waits('retry-after-negative', { 'retry-after': '-5' }, 1000),
  fault('status-429-retry-after-nonsense', { relay: [answer(429, 'slow down', { headers: { 'retry-after': 'soon' } })], expected: { ledger: ['free relay-rate-limited', 'paid ok'], pauses: [[0, 1000]] } }),
  waits('retry-delay-in-the-body', {}, 7000, 'Please try again in 7s.'),
  fault('status-429-for-ever', { relay: ['status:429'], forEver: true, expected: held('relay-rate-limited', 'offline', Array.from({ length: 3 }, () => 'free relay-rate-limited')) }),
  fault('status-429-quota', { relay: [answer(429, 'You exceeded your current quota', quota)], expected: held('relay-payment', 'relay', ['free relay-payment']) }),
  fault('status-499', { relay: ['status:499'], expected: { ledger: ['unknown relay-cut-off', 'paid ok'] } }),
  fault('status-499-twice', { relay: ['status:499', 'status:499'], expected: unread('relay-cut-off', ['unknown relay-cut-off', 'unknown relay-cut-off']) }),

  passes(500, 'free relay-failed'),
  stays(500, 'relay-failed', 'free relay-failed'),
  fault('status-500-empty-response', { relay: [answer(500, 'empty response')], expected: unread('answer-empty', ['unknown answer-empty']) }),
  fault('status-501', { relay: ['status:501'], expected: unread('relay-failed', ['free relay-failed']) }),
  passes(502, 'free relay-failed'),
  stays(502, 'relay-failed', 'free relay-failed'),
  passes(503, 'free relay-failed'),
  stays(503, 'relay-failed', 'free relay-failed'),
  fault('status-503-retry-after', { relay: [answer(503, 'busy', { headers: { 'retry-after': '120' } })], expected: { ledger: ['free relay-failed', 'paid ok'], pauses: [[120_000, 121_000]] } }),
  fault('status-503-no-channel', { relay: [answer(503, 'no available channel for this model')], expected: held('relay-model-unknown', 'offline', ['free relay-model-unknown']) }),
  passes(504, 'unknown relay-timeout'),
  stays(504, 'relay-timeout', 'unknown relay-timeout'),
  fault('status-511-sign-in-page', { relay: ['status:511'], expected: held('relay-portal', 'offline', ['free relay-portal']) }),
  ...[520, 521, 522, 523, 524].map((status) => passes(status, 'unknown relay-failed')),
  stays(524, 'relay-failed', 'unknown relay-failed'),
  passes(529, 'free relay-failed'),
  fault('status-503-then-a-bad-tile', { relay: ['status:503', 'bad-tile', 'bad-tile'], expected: { ...halfRead('answer-invalid', ['free relay-failed', 'paid ok', 'paid ok']), saw: [2, 2, 1] } }),
];
