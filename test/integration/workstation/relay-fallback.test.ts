import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemorySecretStore } from '../../../src-main/platform/memory-secret-store.ts';
import type { PracticeRelay, PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { createWorkstation } from '../../../src-main/workstation.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

const plain = { model: null, highPriority: false };
const chosen = 'glm-5.3-flash';

function relayAt(id: string, { baseUrl }: PracticeRelay): RelaySetting {
  return { id, name: `Relay ${id}`, baseUrl: baseUrl.href, extraHeaders: {}, confirmedHost: baseUrl.host, countryNote: '', priceMultiplierPercent: 100 };
}

/** Two relays in order of preference, each with a key of its own. */
async function twoRelays(first: PracticeRelayOptions, allowed: readonly string[] = []) {
  const relays = { a: await testRelay(first), b: await testRelay() };
  const keychain = createMemorySecretStore();
  await keychain.set(relays.a.baseUrl.host, relays.a.token);
  await keychain.set(`b/${relays.b.baseUrl.host}`, relays.b.token);
  const workstation = await createWorkstation({ dataFolder: join(temporaryFolder(), 'home'), keychain: { ...keychain, close: () => undefined } });
  onTestFinished(() => workstation.stop());
  await workstation.updateSettings({
    standardModel: chosen, readingMode: 'slices',
    relays: [relayAt('first', relays.a), relayAt('b', relays.b)], allowedFallbacks: allowed.map((model) => ({ relayId: 'first', model })),
  });
  return { ...relays, workstation };
}

describe('a relay that stands in', () => {
  it('reads the rest with its own key, and is named with every attempt', async () => {
    const { workstation, a, b } = await twoRelays({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document).toMatchObject({ status: 'complete', practice: false });
    const [row] = await workstation.listQueue();
    const { requests } = await workstation.openReading(row?.readingId ?? '');
    expect(requests.flatMap(({ attempts }) => attempts).map(({ relayName, outcome }) => [relayName, outcome])).toEqual([['Relay first', 'relay-payment'], ['Relay b', 'ok']]);
    expect([a.requestCount(), b.requestCount()]).toEqual([1, 1]);
  });

  it('holds the reading for the reason of the first when none can read', async () => {
    const { workstation, b } = await twoRelays({ faults: { script: [{ kind: 'status', status: 402 }], repeatLast: true } });
    await b.close();
    expect((await workstation.readFolder(writeExam(8), plain))[0]).toMatchObject({ status: 'held', reason: 'relay-payment' });
  });
});

describe('a model that stands in', () => {
  const notFound = { kind: 'status', status: 404, body: JSON.stringify({ error: { message: 'the model does not exist', code: 'model_not_found' } }) } as const;

  it('reads the rest of the exam where the clinic allows it, and is named in the document', async () => {
    const { workstation, a, b } = await twoRelays({ faults: { script: [notFound] } }, ['gpt-6-luna']);
    await workstation.updateSettings({ relays: [relayAt('first', a), { ...relayAt('b', b), confirmedHost: null }] });
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document?.status).toBe('complete');
    expect(document?.models.map(({ requested, served }) => [requested, served])).toEqual([[chosen, null], ['gpt-6-luna', 'gpt-6-luna']]);
    expect([a.requestCount(), b.requestCount()]).toEqual([2, 0]);
  });

  it('reads nothing where the clinic does not', async () => {
    const { workstation, a, b } = await twoRelays({ faults: { script: [notFound] } });
    await workstation.updateSettings({ relays: [relayAt('first', a)] });
    const [document] = await workstation.readFolder(writeExam(8), plain);
    expect(document).toMatchObject({ status: 'held', reason: 'relay-model-unknown' });
    expect([a.requestCount(), b.requestCount()]).toEqual([1, 0]);
  });
});
