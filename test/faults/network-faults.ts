import { every, fault, held, unread } from './fault-builders.ts';
import type { NamedFault, Route } from './named-fault.ts';

const cutOff = ['unknown relay-cut-off', 'paid ok'];
const timeout = ['unknown relay-timeout', 'paid ok'];
const unreachable = held('relay-unreachable', 'offline', ['void relay-unreachable', 'void relay-unreachable', 'void relay-unreachable']);

/** Nothing leaves the machine, three times over: the reading waits for the network. */
function neverConnected(name: string, route: Route): NamedFault {
  return fault(name, { route, expected: { ...unreachable, saw: [] } });
}

/** Certificates need a person; nothing is tried again. */
function badCertificate(route: Route): NamedFault {
  return fault(route, { route, expected: { ...held('relay-tls', 'relay', ['void relay-tls']), saw: [] } });
}

function redirected(route: Route): NamedFault {
  return fault(`${route}-to-another-host`, { route, expected: held('relay-redirected', 'relay', ['free relay-redirected']) });
}

/** Nothing more is sent after a cancel, whatever the answer on its way would have led to. */
function cancelledThen(name: string, relay: string, entry: string): NamedFault {
  return fault(`cancel-then-${name}`, { relay: [relay], moment: 'cancel-drained', expected: { reading: 'cancelled', reason: 'cancelled', tiles: every('planned'), ledger: [entry] } });
}

/** Whoever listens there speaks for itself, once. */
function spokenFor(name: string, text: string, ledger: readonly string[]): NamedFault {
  return fault(name, { toxic: { kind: 'says', text }, expected: { ledger } });
}

/** What the network does; toxiproxy's eight toxics first. */
export const networkFaults: readonly NamedFault[] = [
  fault('toxic-latency', { toxic: { kind: 'latency', ms: 170_000 }, expected: { ledger: ['paid ok'] } }),
  fault('toxic-latency-beyond-the-deadline', { toxic: { kind: 'latency', ms: 190_000 }, expected: { ledger: timeout } }),
  neverConnected('toxic-down', 'down'),
  fault('toxic-bandwidth', { toxic: { kind: 'bandwidth', bytesPerSecond: 400 }, expected: { ledger: ['paid ok'] } }),
  fault('toxic-bandwidth-beyond-the-deadline', { toxic: { kind: 'bandwidth', bytesPerSecond: 1 }, expected: { ledger: timeout } }),
  fault('toxic-slow-upload-beyond-the-deadline', { toxic: { kind: 'slow-upload', bytesPerSecond: 10 }, expected: { ledger: timeout, saw: ['part', 2] } }),
  fault('toxic-slow-close', { toxic: { kind: 'slow-close' }, expected: { ledger: ['paid ok'] } }),
  fault('toxic-timeout', { toxic: { kind: 'timeout' }, moment: 'deadline', expected: { ledger: timeout } }),
  fault('toxic-timeout-for-ever', { toxic: { kind: 'timeout' }, spoiled: 99, moment: 'deadline', expected: unread('relay-timeout', ['unknown relay-timeout', 'unknown relay-timeout']) }),
  fault('toxic-swallows-the-request', { toxic: { kind: 'swallow' }, moment: 'deadline', expected: { ledger: timeout } }),
  fault('toxic-reset-peer', { toxic: { kind: 'reset-peer' }, expected: { ledger: cutOff, saw: ['part', 2] } }),
  fault('toxic-reset-peer-for-ever', { toxic: { kind: 'reset-peer' }, spoiled: 99, expected: { ...unread('relay-cut-off', ['unknown relay-cut-off', 'unknown relay-cut-off']), saw: ['part', 'part'] } }),
  fault('toxic-slicer', { toxic: { kind: 'slicer', bytes: 3 }, expected: { ledger: ['paid ok'] } }),
  fault('toxic-limit-data-in-the-headers', { toxic: { kind: 'limit-data', bytes: 20 }, expected: { ledger: cutOff } }),
  fault('toxic-limit-data-in-the-body', { toxic: { kind: 'limit-data', bytes: 400 }, expected: { ledger: cutOff } }),
  fault('toxic-limit-data-at-once', { toxic: { kind: 'limit-data', bytes: 0 }, expected: { ledger: cutOff } }),

  neverConnected('dns-fail', 'dns-fail'),
  neverConnected('ipv6-only-and-dead', 'ipv6-dead'),
  fault('ipv6-first-but-dead', { route: 'localhost', expected: { ledger: ['paid ok'] } }),
  neverConnected('handshake-without-an-answer', 'silent-handshake'),
  neverConnected('handshake-cut-off', 'cut-handshake'),
  fault('http-where-https-is-meant', { route: 'plain-behind-https', expected: { ...held('relay-tls', 'relay', ['void relay-tls']), saw: [] } }),
  badCertificate('tls-expired'),
  badCertificate('tls-self-signed'),
  badCertificate('tls-wrong-host'),
  badCertificate('tls-unknown-authority'),
  redirected('redirect-301'),
  redirected('redirect-302'),
  redirected('redirect-303'),
  redirected('redirect-307'),
  redirected('redirect-308'),
  fault('proxy-407', { route: 'proxy-407', expected: { ...held('relay-proxy', 'offline', ['void relay-proxy']), saw: [] } }),
  fault('proxy-502', { route: 'proxy-502', expected: { ...held('relay-proxy', 'offline', ['void relay-proxy']), saw: [] } }),
  fault('proxy-that-answers-with-a-page', { route: 'proxy-page', expected: { ...held('relay-tls', 'relay', ['void relay-tls']), saw: [] } }),
  fault('proxy-dead', { route: 'proxy-dead', expected: { ...held('relay-proxy', 'offline', ['void relay-proxy']), saw: [] } }),
  neverConnected('proxy-without-an-answer', 'proxy-silent'),

  spokenFor('another-protocol', 'SSH-2.0-OpenSSH_9.6\r\n', cutOff),
  spokenFor('http2-goaway', '\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01', cutOff),
  spokenFor('headers-without-an-end', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(100_000)}`, cutOff),
  spokenFor('two-lengths-that-differ', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 7\r\n\r\n{"a":1}', cutOff),
  spokenFor('closed-in-mid-answer-without-a-length', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{"choices":[{"message":{', ['estimated answer-not-json', 'paid ok']),
  spokenFor('no-content', 'HTTP/1.1 204 No Content\r\n\r\n', ['estimated answer-empty', 'paid ok']),
  spokenFor('switching-protocols', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n', cutOff),
  fault('early-hints', { toxic: { kind: 'prefix', text: 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(20) }, expected: { ledger: ['paid ok'] } }),

  fault('connection-reset-by-the-relay', { relay: ['reset'], expected: { ledger: cutOff } }),
  fault('answer-cut-off', { relay: ['cut:40'], expected: { ledger: cutOff } }),
  fault('answer-cut-off-twice', { relay: ['cut:40', 'reset'], expected: unread('relay-cut-off', ['unknown relay-cut-off', 'unknown relay-cut-off']) }),
  fault('no-answer', { relay: ['stall'], moment: 'deadline', spoiled: 99, forEver: true, expected: unread('relay-timeout', ['unknown relay-timeout', 'unknown relay-timeout']) }),
  fault('answer-that-drips-for-ever', { relay: ['drip:1'], toxic: { kind: 'bandwidth', bytesPerSecond: 1 }, expected: { ledger: timeout } }),
  fault('machine-slept', { relay: ['stall'], moment: 'machine-slept', expected: { ledger: cutOff } }),

  fault('cancel-before-sending', { moment: 'cancel-before-sending', expected: { reading: 'cancelled', reason: 'cancelled', tiles: every('planned'), ledger: [] } }),
  fault('cancel-before-the-first-byte', { moment: 'cancel-before-first-byte', expected: { reading: 'cancelled', reason: 'cancelled', tiles: every('planned'), ledger: ['void cancelled'] } }),
  fault('cancel-after-the-first-byte', { moment: 'cancel-drained', expected: { reading: 'cancelled', reason: 'cancelled', ledger: ['paid ok'] } }),
  fault('cancel-without-an-answer', { relay: ['stall'], moment: 'cancel-unanswered', expected: { reading: 'cancelled', reason: 'cancelled', tiles: every('planned'), ledger: ['unknown cancelled'] } }),
  cancelledThen('a-503', 'status:503', 'free relay-failed'),
  cancelledThen('a-504', 'status:504', 'unknown relay-timeout'),
  cancelledThen('a-413', 'status:413', 'free relay-refused-request'),
  cancelledThen('a-blank-answer', 'blank', 'paid answer-empty'),
  fault('cancel-between-two-tries', { relay: ['status:503'], moment: 'cancel-between-tries', expected: { reading: 'cancelled', reason: 'cancelled', tiles: every('planned'), ledger: ['free relay-failed'] } }),

  fault('crash-before-connecting', { moment: 'crash-reserved', expected: { ledger: ['void -', 'paid ok'] } }),
  fault('crash-before-the-first-byte', { moment: 'crash-marked', expected: { ledger: ['void -', 'paid ok'] } }),
  fault('crash-between-sent-and-answer', { relay: ['stall'], moment: 'crash-on-the-wire', expected: { ledger: ['unknown outcome-unknown', 'paid ok'] } }),
  fault('crash-between-sent-and-answer-twice', { relay: ['stall', 'stall'], moment: 'crash-twice-on-the-wire', expected: unread('outcome-unknown', ['unknown outcome-unknown', 'unknown outcome-unknown']) }),
  fault('crash-then-cut-off', { relay: ['stall', 'cut:40'], moment: 'crash-on-the-wire', expected: unread('relay-cut-off', ['unknown outcome-unknown', 'unknown relay-cut-off']) }),
  fault('crash-with-the-answer-stored', { moment: 'crash-answer-stored', expected: { ledger: ['paid ok'] } }),
  fault('process-killed-between-sent-and-answer', { relay: ['stall'], moment: 'killed-on-the-wire', expected: { ledger: ['unknown outcome-unknown', 'paid ok'] } }),
  fault('budget-too-small', { moment: 'budget-too-small', expected: held('budget-reached', 'budget', []) }),
];
