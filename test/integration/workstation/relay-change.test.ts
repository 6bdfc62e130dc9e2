import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testRelay, testWorkstation, until, writeExam } from '../../helpers/test-workstation.ts';
import type { Workstation } from '../../../src-main/workstation-port.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import type { ReadingDetail } from '../../../src-shared/domain/views.ts';

const plain = { model: null, highPriority: false };
/** One slice of a large exam and its two controls a request: there is room for no more on three pictures. */
const oneByOne = { readingMode: 'slices', imagesPerRequest: 3, requestsInFlight: 1 } as const;
const notFound = { kind: 'status', status: 404, body: JSON.stringify({ error: { message: 'the model does not exist', code: 'model_not_found' } }) } as const;
const slow = { script: [{ kind: 'slow', ms: 40 }], repeatLast: true } as const;

function slowly(): { script: { kind: 'slow'; ms: number }[]; repeatLast: boolean } {
  return { script: [...slow.script], repeatLast: true };
}

function relayAt({ baseUrl }: { readonly baseUrl: URL }): RelaySetting {
  return { id: 'first', name: '', baseUrl: baseUrl.href, extraHeaders: {}, confirmedHost: baseUrl.host, countryNote: '', priceMultiplierPercent: 100 };
}

function detail(workstation: Workstation, wanted: (reading: ReadingDetail) => boolean): Promise<ReadingDetail> {
  return until(workstation, async () => {
    const [row] = await workstation.listQueue();
    const reading = row === undefined ? null : await workstation.openReading(row.readingId);
    return reading !== null && wanted(reading) ? reading : null;
  });
}

/** Slices of which nothing can be cut away, so large that each takes a picture of its own. */
function writeLargeExam(slices: number, side = 512): string {
  return writeExam(slices, { rows: side, columns: side, pixels: new Int16Array(side * side).fill(1024) });
}

/** The practice models take larger pictures. */
const practiceSide = 1300;

function hasValid(reading: ReadingDetail): boolean {
  return reading.row.coverage.valid > 0;
}

describe('settings that change while requests wait', () => {
  it('asks the model that is chosen now', async () => {
    const relay = await testRelay({ faults: { script: [notFound] } });
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ standardModel: 'gpt-5.4-nano' });
    const folder = writeExam(8);
    expect((await workstation.readFolder(folder, plain))[0]).toMatchObject({ status: 'held', reason: 'relay-model-unknown' });
    await workstation.updateSettings({ standardModel: 'gpt-6-luna' });
    const [document] = await workstation.readFolder(folder, plain);
    expect(document).toMatchObject({ status: 'complete', models: [{ requested: 'gpt-5.4-nano', attempts: 1 }, { requested: 'gpt-6-luna', served: 'gpt-6-luna', attempts: 1 }] });
  });

  it('sends what is left to the relay that is set now', async () => {
    const first = await testRelay({ faults: slowly() });
    const second = await testRelay();
    const workstation = await testWorkstation();
    await workstation.updateSettings({ ...oneByOne, relays: [relayAt(first)], standardModel: 'glm-5.3-flash' });
    await workstation.setRelayKey(first.token, true);
    const reading = workstation.readFolder(writeLargeExam(10), plain);
    await detail(workstation, hasValid);
    await workstation.updateSettings({ relays: [relayAt(second)] });
    await workstation.setRelayKey(second.token, true);
    await reading;
    const done = await detail(workstation, ({ row }) => row.state === 'merged');
    expect(done.row).toMatchObject({ status: 'complete', practice: false });
    expect(first.requestCount()).toBeLessThan(10);
    const answered = done.requests.flatMap((request) => request.attempts).filter((attempt) => attempt.outcome === 'ok');
    expect(answered).toHaveLength(10);
    expect(answered.filter((attempt) => attempt.relayName === second.baseUrl.host).length).toBeGreaterThan(0);
  });

  it('takes the accurate model for what is left when the exam becomes pressing', async () => {
    const relay = await testRelay({ faults: slowly() });
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ ...oneByOne, standardModel: 'glm-5.3-flash', accurateModel: 'gpt-6.1-terra' });
    const reading = workstation.readFolder(writeLargeExam(10), plain);
    const { row } = await detail(workstation, hasValid);
    await workstation.setHighPriority(row.readingId, true);
    const [document] = await reading;
    expect(document?.status).toBe('complete');
    expect(document?.models.map((model) => model.served)).toEqual(['glm-5.3-flash', 'gpt-6.1-terra']);
  });
});

describe('answers of the practice relay', () => {
  async function interrupted(dataFolder: string, relay?: Awaited<ReturnType<typeof testRelay>>): Promise<void> {
    const workstation = await testWorkstation({ dataFolder, ...(relay === undefined ? {} : { relay: relay.override }) });
    await workstation.updateSettings(oneByOne);
    void workstation.readFolder(relay === undefined ? writeLargeExam(8, practiceSide) : writeLargeExam(12), relay === undefined ? plain : { ...plain, model: 'glm-5.3-flash' }).catch(() => undefined);
    await detail(workstation, hasValid);
    await workstation.stop();
  }

  it('are never finished by a paid relay', async () => {
    const dataFolder = join(temporaryFolder(), 'home');
    await interrupted(dataFolder);
    const relay = await testRelay();
    const workstation = await testWorkstation({ dataFolder, relay: relay.override });
    await workstation.start();
    const { row, models } = await detail(workstation, (reading) => reading.row.status !== null);
    expect(row).toMatchObject({ status: 'complete', practice: true });
    expect(models.map((model) => model.served)).toEqual(['practice-vision']);
    expect(relay.requestCount()).toBe(0);
  });

  it('never finish what a paid relay began', async () => {
    const dataFolder = join(temporaryFolder(), 'home');
    await interrupted(dataFolder, await testRelay({ faults: slowly() }));
    const workstation = await testWorkstation({ dataFolder });
    await workstation.start();
    const { row, models } = await detail(workstation, (reading) => reading.row.status !== null);
    expect(row).toMatchObject({ status: 'held', heldFor: 'keychain', reason: 'key-missing', practice: false });
    expect(models.map((model) => model.served)).toEqual(['glm-5.3-flash']);
  });

  it('do not count as a reading when a person asks for one on a paid relay', async () => {
    const dataFolder = join(temporaryFolder(), 'home');
    const folder = writeExam(8);
    const practising = await testWorkstation({ dataFolder });
    expect((await practising.readFolder(folder, plain))[0]).toMatchObject({ status: 'complete', practice: true });
    await practising.stop();
    const relay = await testRelay();
    const workstation = await testWorkstation({ dataFolder, relay: relay.override });
    expect((await workstation.readFolder(folder, plain))[0]).toMatchObject({ status: 'complete', practice: false });
    expect((await workstation.readFolder(folder, plain))[0]).toMatchObject({ status: 'complete', practice: false });
    expect(relay.requestCount()).toBe(1);
  });
});
