import { describe, expect, it } from 'vitest';
import type { PracticeRelay, PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { testRelay, testWorkstation, writeExam } from '../../helpers/test-workstation.ts';

const plain = { model: null, highPriority: false };
const chosen = 'chosen-model';
const token = 'sk-one-key-for-both';

function relayAt(id: string, { baseUrl }: PracticeRelay): RelaySetting {
  return { id, name: `Relay ${id}`, baseUrl: baseUrl.href, extraHeaders: {}, confirmedHost: baseUrl.host, countryNote: '', priceMultiplierPercent: 100 };
}

/** Two relays in order of preference; relays on this machine need no key of their own here. */
async function twoRelays(first: PracticeRelayOptions, allowed: readonly string[] = []) {
  const relays = { a: await testRelay({ ...first, token }), b: await testRelay({ token }) };
  const workstation = await testWorkstation();
  await workstation.updateSettings({
    standardModel: chosen, readingMode: 'slices',
    relays: [relayAt('first', relays.a), relayAt('b', relays.b)], allowedFallbacks: allowed.map((model) => ({ relayId: 'first', model })),
  });
  await workstation.setRelayKey(token, true);
  return { ...relays, workstation };
}

describe('a relay that stands in', () => {
  it('takes no request without a key, whatever its place', async () => {
    const { workstation, a, b } = await twoRelays({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document).toMatchObject({ status: 'held', reason: 'relay-payment' });
    expect([a.requestCount(), b.requestCount()]).toEqual([1, 0]);
  });
});

describe('a model that stands in', () => {
  const notFound = { kind: 'status', status: 404, body: JSON.stringify({ error: { message: 'the model does not exist', code: 'model_not_found' } }) } as const;

  it('reads the rest of the exam where the clinic allows it, and is named in the document', async () => {
    const { workstation, a } = await twoRelays({ faults: { script: [notFound] } }, ['allowed-model']);
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document?.status).toBe('complete');
    expect(document?.models.map(({ requested, served }) => [requested, served])).toEqual([[chosen, null], ['allowed-model', 'allowed-model']]);
    expect(a.requestCount()).toBe(2);
  });

  it('reads nothing where the clinic does not', async () => {
    const { workstation, a } = await twoRelays({ faults: { script: [notFound] } });
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document).toMatchObject({ status: 'held', reason: 'relay-model-unknown' });
    expect(a.requestCount()).toBe(1);
  });
});
