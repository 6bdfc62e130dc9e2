import { describe, expect, it } from 'vitest';
import type { DiagnosisStep } from '../../../src-shared/domain/diagnosis.ts';
import { firstRelayId } from '../../../src-shared/domain/relay-setting.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { faultsNamed } from '../../../src-main/relay/practice-relay/fault-names.ts';
import type { PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { testRelay, testWorkstation, writeExam } from '../../helpers/test-workstation.ts';

function relayAt(baseUrl: URL, change: Partial<RelaySetting> = {}): RelaySetting {
  return { id: firstRelayId, name: 'Relay', baseUrl: baseUrl.href, extraHeaders: {}, confirmedHost: baseUrl.host, countryNote: '', priceMultiplierPercent: 100, ...change };
}

/** A workstation whose settings name a relay on loopback, with its key. */
async function clinic(options: PracticeRelayOptions = {}) {
  const relay = await testRelay(options);
  const workstation = await testWorkstation();
  await workstation.updateSettings({ relays: [relayAt(relay.baseUrl)], standardModel: 'gpt-6-luna', readingMode: 'slices' });
  await workstation.setRelayKey(relay.token, true);
  return { relay, workstation };
}

describe('diagnoseRelay', () => {
  it('says what it will cost, proves the standard model, books it and keeps the result', async () => {
    const { workstation } = await clinic();
    const steps: (DiagnosisStep | null)[] = [];
    workstation.subscribe((told) => { if (told.name === 'diagnosisStep') steps.push(told.event.step); });
    const offer = await workstation.offerDiagnosis(null, null);
    expect(offer).toMatchObject({ relayId: 'first', relayName: 'Relay', model: 'gpt-6-luna', forecast: { requests: 2 } });
    const diagnosis = await workstation.diagnoseRelay(null, null);
    expect(diagnosis).toMatchObject({ state: 'passed', model: 'gpt-6-luna', modelServed: 'gpt-6-luna', requests: 2, unpricedAttempts: 0, outOfDate: false, forecast: offer.forecast });
    expect(steps).toEqual(['drawing', 'asking', 'asking-other-detail', null]);
    const { cost } = await workstation.currentSpend();
    expect(diagnosis.cost).toEqual(cost);
    expect(cost.knownMicroUsd).toBeGreaterThan(0);
    expect(cost.knownMicroUsd).toBeLessThanOrEqual(offer.forecast.costMicroUsd?.high ?? 0);
    expect(await workstation.relayDiagnoses()).toEqual([diagnosis]);
  });

  it('forgets what it proved when the relay is another one, and not when somebody consents to it or renames it', async () => {
    const { workstation, relay } = await clinic();
    const count = async (): Promise<number> => (await workstation.relayDiagnoses()).length;
    await workstation.diagnoseRelay(null, null);
    await workstation.updateSettings({ relays: [relayAt(relay.baseUrl, { confirmedHost: null, name: 'New name' })] });
    expect(await count()).toBe(1);
    await workstation.updateSettings({ relays: [relayAt(relay.baseUrl, { extraHeaders: { 'x-portkey-provider': 'openai' } })] });
    expect(await count()).toBe(0);
    await workstation.diagnoseRelay(null, null);
    await workstation.setRelayKey(relay.token, true);
    expect(await count()).toBe(0);
    await workstation.diagnoseRelay(null, null);
    await workstation.updateSettings({ relays: [relayAt(new URL('https://elsewhere.example/v1'))] });
    expect(await count()).toBe(0);
  });

  it('keeps what was proved when the relay cannot be asked, and replaces it when the model fails', async () => {
    const { workstation } = await clinic({ faults: { script: [[], [], faultsNamed('html'), faultsNamed('blind')] } });
    await workstation.diagnoseRelay(null, null);
    expect((await workstation.diagnoseRelay(null, null)).checks[0]).toMatchObject({ name: 'connection', state: 'failed', code: 'relay-portal' });
    expect((await workstation.relayDiagnoses()).map(({ state }) => state)).toEqual(['passed']);
    await workstation.diagnoseRelay(null, null);
    expect((await workstation.relayDiagnoses()).map(({ state }) => state)).toEqual(['failed']);
  });

  it('makes one at a time and can be called off', async () => {
    const { workstation } = await clinic({ faults: { script: [{ kind: 'stall' }] } });
    const asked = new Promise<void>((resolve) => { workstation.subscribe((told) => { if (told.name === 'diagnosisStep' && told.event.step === 'asking') resolve(); }); });
    const diagnosis = workstation.diagnoseRelay(null, null);
    const outcome = expect(diagnosis).rejects.toMatchObject({ code: 'cancelled' });
    await expect(workstation.diagnoseRelay(null, null)).rejects.toMatchObject({ code: 'request-invalid' });
    await asked;
    await workstation.cancelDiagnosis();
    await outcome;
    expect(await workstation.relayDiagnoses()).toEqual([]);
  });

  it('proves the practice relay without a key', async () => {
    const workstation = await testWorkstation();
    expect(await workstation.diagnoseRelay(null, null)).toMatchObject({ relayId: 'practice', model: 'practice-vision', state: 'passed' });
  });

  it('rejects for a relay that is not there, or has no key', async () => {
    const { workstation } = await clinic();
    await expect(workstation.diagnoseRelay('nowhere', null)).rejects.toMatchObject({ code: 'request-invalid' });
    await workstation.updateSettings({ relays: [relayAt(new URL('https://unset.example/v1'))] });
    await expect(workstation.diagnoseRelay('first', null)).rejects.toMatchObject({ code: 'key-missing' });
  });
});

describe('a reading with a model that nobody has proved', () => {
  it('waits while nobody knows whether the model sees, and is trusted once it has passed', async () => {
    const { workstation, relay } = await clinic();
    const [before] = await workstation.readFolder(writeExam(12), { model: 'house-blend', highPriority: false });
    expect(before).toMatchObject({ heldFor: 'relay', reason: 'model-unproven' });
    expect(relay.requestCount()).toBe(0);
    expect(await workstation.diagnoseRelay(null, 'house-blend')).toMatchObject({ state: 'passed', unpricedAttempts: 1 });
    const readingId = before?.readingId ?? '';
    await workstation.resumeReading(readingId);
    await expect.poll(async () => (await workstation.openReading(readingId)).row.state).toBe('merged');
    expect((await workstation.openReading(readingId)).requests.map(({ trusted }) => trusted)).toEqual([true]);
  });

  it('reads with a model of the catalogue that has not passed, and does not trust it', async () => {
    const { workstation } = await clinic();
    const [document] = await workstation.readFolder(writeExam(12), { model: null, highPriority: false });
    const trusted = async (): Promise<readonly boolean[]> => (await workstation.openReading(document?.readingId ?? '')).requests.map((request) => request.trusted);
    expect([document?.status, await trusted()]).toEqual(['complete', [false]]);
    await workstation.diagnoseRelay(null, null);
    expect(await trusted()).toEqual([true]);
  });

  it('trusts the practice relay for what it is', async () => {
    const workstation = await testWorkstation();
    await workstation.updateSettings({ readingMode: 'slices' });
    const [document] = await workstation.readFolder(writeExam(12), { model: null, highPriority: false });
    expect((await workstation.openReading(document?.readingId ?? '')).requests.map(({ trusted }) => trusted)).toEqual([true]);
  });
});
