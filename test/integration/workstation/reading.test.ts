import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleExamFolder } from '../../../src-main/intake/sample-exam.ts';
import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import { testRelay, testWorkstation, writeExam } from '../../helpers/test-workstation.ts';

const plain = { model: null, highPriority: false };
const named = { model: 'glm-5.3-flash', highPriority: false };

describe('the sample exam', () => {
  it('is swept and its candidates verified by the practice relay, as every exam is unless somebody wants it otherwise', async () => {
    const workstation = await testWorkstation({ readingMode: defaultSettings.readingMode });
    const [document] = await workstation.readFolder(sampleExamFolder(), plain);
    expect(document).toMatchObject({
      status: 'complete', practice: true, mode: 'sweep-and-verify', verification: { planned: 30, valid: 30 }, coverage: { planned: 32, valid: 32 },
      cost: { knownMicroUsd: 0, possibleMicroUsd: 0 }, problems: [],
    });
    expect(document?.findings.some(({ located, sources }) => located === 'place' && sources.some(({ kind }) => kind === 'device'))).toBe(true);
    const { requests, planNotes } = await workstation.openReading(document?.readingId ?? '');
    expect([...new Set(requests.map(({ purpose }) => purpose))]).toEqual(['sweep', 'verify']);
    expect(document?.forecast?.requests).toBe(requests.length);
    expect(planNotes.map(({ kind }) => kind)).toContain('candidates-left-out');
  }, 120_000);
});

describe('reading a folder', () => {
  it('reads every slice through the practice relay and says that it did', async () => {
    const workstation = await testWorkstation();
    const [document] = await workstation.readFolder(writeExam(12), plain);
    expect(document).toMatchObject({
      schema: 'lungdesk.reading/1',
      status: 'complete',
      practice: true,
      series: { slices: 12, modality: 'CT', transferSyntaxUid: '1.2.840.10008.1.2.1' },
      coverage: { planned: 12, sent: 12, answered: 12, valid: 12, refused: 0, failed: 0, unreadRanges: [] },
      models: [{ requested: 'practice-vision', served: 'practice-vision', attempts: 1 }],
      cost: { currency: 'USD', knownMicroUsd: 0, possibleMicroUsd: 0 },
      problems: [],
    });
    expect(document?.notice).toContain('practice relay');
  });

  it('chooses the accurate model for a pressing exam, and stores what was served', async () => {
    const workstation = await testWorkstation();
    const [document] = await workstation.readFolder(writeExam(10), { model: null, highPriority: true });
    expect(document?.models).toEqual([{ requested: 'practice-vision-accurate', served: 'practice-vision-accurate', attempts: 1 }]);
    const relay = await testRelay({ faults: { script: [{ kind: 'other-model', model: 'another-model' }], repeatLast: true } });
    const elsewhere = await testWorkstation({ relay: relay.override });
    const [other] = await elsewhere.readFolder(writeExam(10), named);
    expect(other?.models).toEqual([{ requested: 'glm-5.3-flash', served: 'another-model', attempts: 1 }]);
  });

  it('does not read, nor pay for, the same exam twice, wherever it lies', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    const first = await workstation.readFolder(writeExam(12), named);
    const again = await workstation.readFolder(writeExam(12), named);
    expect(relay.requestCount()).toBe(1);
    expect(again).toEqual(first);
  });

  it.each([
    ['an outage', [{ kind: 'status', status: 500 }], 'failed'],
    ['a refusal', [{ kind: 'refusal', how: 'field' }], 'failed'],
    ['a model that does not see', [{ kind: 'blind' }], 'failed'],
    ['an answer that is cut off', [{ kind: 'finish', reason: 'length' }], 'failed'],
    ['words without JSON', [{ kind: 'invalid-json' }], 'failed'],
  ] as const)('never calls %s routine or complete', async (_, script, status) => {
    const relay = await testRelay({ faults: { script: [...script], repeatLast: true } });
    const workstation = await testWorkstation({ relay: relay.override });
    const [document] = await workstation.readFolder(writeExam(10), named);
    expect(document).toMatchObject({ status, priority: 'unknown', coverage: { planned: 10, valid: 0 } });
    expect(document?.coverage.unreadRanges).toEqual([{ fromIndex: 0, toIndex: 9, fromMm: 0, toMm: 22.5 }]);
    expect(document?.problems).toHaveLength(10);
  }, 120_000);

  it('calls part of an exam incomplete, names what was not read, and reads only that when asked again', async () => {
    const relay = await testRelay({ faults: { script: [{ kind: 'refusal', how: 'field' }] } });
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ requestsInFlight: 1 });
    // A request holds twenty slices at most.
    const folder = writeExam(24);
    const [document] = await workstation.readFolder(folder, named);
    expect(document).toMatchObject({ status: 'incomplete', priority: 'unknown', coverage: { planned: 24, valid: 12, refused: 12 } });
    expect(document?.problems.every((problem) => problem.sopInstanceUid !== undefined && problem.code === 'answer-refused')).toBe(true);
    const [resumed] = await workstation.readFolder(folder, named);
    expect(resumed).toMatchObject({ status: 'complete', coverage: { valid: 24, refused: 0 }, problems: [] });
    expect(relay.requestCount()).toBe(3);
  });

  it('names a slice that cannot be decoded and reads the rest', async () => {
    const workstation = await testWorkstation();
    const folder = writeExam(12);
    truncateSync(join(folder, 'slice-5.dcm'), 3000);
    const [document] = await workstation.readFolder(folder, plain);
    expect(document).toMatchObject({ status: 'incomplete', coverage: { planned: 12, valid: 11, failed: 1 } });
    expect(document?.problems.map((problem) => problem.sopInstanceUid)).toContain('1.2.826.0.1.3680043.10.999.2.6');
  });

  it('does not take a damaged copy for the whole exam it read before', async () => {
    const workstation = await testWorkstation();
    await workstation.readFolder(writeExam(12), plain);
    const folder = writeExam(12);
    truncateSync(join(folder, 'slice-5.dcm'), 3000);
    const [document] = await workstation.readFolder(folder, plain);
    expect(document?.status).toBe('incomplete');
  });

  it('holds when the key is refused, and goes on when it is right', async () => {
    const relay = await testRelay();
    const dataFolder = join(writeExam(1), 'home');
    const folder = writeExam(10);
    const wrong = await testWorkstation({ dataFolder, relay: { ...relay.override, key: 'wrong' } });
    const [document] = await wrong.readFolder(folder, named);
    expect(document).toMatchObject({ status: 'held', heldFor: 'relay', reason: 'relay-unauthorised', priority: 'unknown' });
    await wrong.stop();
    const right = await testWorkstation({ dataFolder, relay: relay.override });
    const [after] = await right.readFolder(folder, named);
    expect(after?.status).toBe('complete');
  });

  it('keeps what was pointed at when a reading has to wait, says what was sent, and what it waits for', async () => {
    // One request in flight: the first is answered, the second is refused.
    const relay = await testRelay({ faults: { script: [{ kind: 'none' }, { kind: 'status', status: 401 }] } });
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ imagesPerRequest: 20, requestsInFlight: 1 });
    const [document] = await workstation.readFolder(sampleExamFolder(), named);
    expect(document).toMatchObject({ status: 'held', heldFor: 'relay', coverage: { planned: 32, sent: 32, valid: 16 } });
    expect(document?.findings.length).toBeGreaterThan(0);
    expect(document?.priority).not.toBe('routine');
    expect(document?.problems).toContainEqual(expect.objectContaining({ code: 'relay-unauthorised', message: expect.stringContaining('key') }));
    expect((await workstation.listQueue())[0]?.findingCount).toBe(document?.findings.length);
  });

  it('does not call an unknown price nothing', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    const [document] = await workstation.readFolder(writeExam(10), { ...named, model: 'qwen3.8-flash' });
    expect(document).toMatchObject({ status: 'complete', unpricedAttempts: 1, cost: { knownMicroUsd: 0 } });
    expect(await workstation.spendMonth(null)).toMatchObject({ unpricedAttempts: 1, byModel: [{ unpricedAttempts: 1 }], byReading: [{ unpricedAttempts: 1 }] });
  });

  it('reads with what is asked for now, not with what was asked for when it was refused', async () => {
    const relay = await testRelay();
    const dataFolder = join(writeExam(1), 'home');
    const folder = writeExam(10);
    const wrong = await testWorkstation({ dataFolder, relay: { ...relay.override, key: 'wrong' } });
    expect((await wrong.readFolder(folder, named))[0]?.status).toBe('held');
    await wrong.stop();
    const plainly = await testWorkstation({ dataFolder });
    const [document] = await plainly.readFolder(folder, plain);
    expect(document).toMatchObject({ status: 'complete', practice: true });
  });

  it('holds before sending when the month’s budget would be passed', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    await workstation.updateSettings({ monthlyBudgetMicroUsd: 1 });
    const [document] = await workstation.readFolder(writeExam(10), { model: 'gpt-6-luna', highPriority: false });
    expect(document).toMatchObject({ status: 'held', heldFor: 'budget' });
    expect(relay.requestCount()).toBe(0);
  });

  it('refuses a text-only model before anything is sent', async () => {
    const relay = await testRelay();
    const workstation = await testWorkstation({ relay: relay.override });
    const [document] = await workstation.readFolder(writeExam(10), { model: 'deepseek-v3.2', highPriority: false });
    expect(document).toMatchObject({ status: 'failed', reason: 'model-without-vision' });
    expect(relay.requestCount()).toBe(0);
  });

  it('splits two patients in one folder into two readings', async () => {
    const folder = writeExam(10);
    writeExam(10, { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' }, join(folder, 'other'));
    const documents = await (await testWorkstation()).readFolder(folder, plain);
    expect(documents.map((document) => [document.status, document.series?.slices])).toEqual([['complete', 10], ['complete', 10]]);
  });

  it.each([
    ['a missing folder', () => '/nowhere/at/all', 'folder-missing'],
    ['an empty folder', () => writeExam(0), 'folder-empty'],
    ['a folder of pictures', () => {
      const folder = writeExam(0);
      writeFileSync(join(folder, 'a.jpg'), Buffer.from('ffd8ffe000104a464946', 'hex'));
      return folder;
    }, 'folder-without-dicom'],
  ])('gives a clear error for %s', async (_, folder, code) => {
    await expect((await testWorkstation()).readFolder(folder(), plain)).rejects.toMatchObject({ code });
  });

  it('gives nothing of a patient to the relay or the log', async () => {
    const canary = 'CANARY7391';
    const heard: Buffer[] = [];
    const relay = await testRelay({ onRequest: ({ headers }) => heard.push(Buffer.from(JSON.stringify(headers))) });
    const dataFolder = join(writeExam(0), canary);
    const workstation = await testWorkstation({ dataFolder, relay: relay.override });
    const elements = new Map([
      [0x00100010, { vr: 'PN', value: `${canary}^NAME` }],
      [0x00100020, { vr: 'LO', value: `${canary}ID` }],
      [0x00081030, { vr: 'LO', value: `${canary} study` }],
      [0x0008103e, { vr: 'LO', value: `${canary} series` }],
      [0x00104000, { vr: 'LT', value: `${canary} comment` }],
    ]);
    const folder = writeExam(10, { elements }, join(writeExam(0), `${canary} folder`));
    appendFileSync(join(folder, `${canary}.txt`), 'not dicom');
    const [document] = await workstation.readFolder(folder, named);
    expect(document?.status).toBe('complete');
    const [row] = await workstation.listQueue();
    expect(row?.patientName).toContain(canary);
    const detail = await workstation.openReading(row?.readingId ?? '');
    const log = readFileSync(join(dataFolder, 'logs', 'lungdesk.log'), { encoding: 'utf8', flag: 'a+' });
    for (const text of [JSON.stringify(document), ...detail.requests.map(({ promptText }) => promptText ?? ''), log, Buffer.concat(heard).toString()]) {
      expect(text).not.toContain(canary);
    }
  });
});
