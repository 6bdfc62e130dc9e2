import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import { changePlan } from '../../../src-main/reading/change-plan.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import type { ReadingDesk } from '../../../src-main/reading/reading-desk.ts';
import type { Fault } from '../../../src-main/relay/practice-relay/faults.ts';
import { findReading } from '../../../src-main/store/reading-table.ts';
import { listRequests } from '../../../src-main/store/request-table.ts';
import { listSlices } from '../../../src-main/store/slice-table.ts';
import { listTiles } from '../../../src-main/store/tile-table.ts';
import { listFindings } from '../../../src-main/store/finding-table.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ReadingMode } from '../../../src-shared/domain/request-plan.ts';
import { chestCandidates, chestDevice, chestSlices, writeChestExam } from '../../helpers/chest-exam.ts';
import { testDesk } from '../../helpers/test-desk.ts';
import type { TestDesk, TestDeskOptions } from '../../helpers/test-desk.ts';
import { testRelay } from '../../helpers/test-workstation.ts';

const refusal: Fault = { kind: 'refusal', how: 'field' };
const ok: Fault = { kind: 'none' };

interface Begun {
  readonly test: TestDesk;
  readonly relay: Awaited<ReturnType<typeof testRelay>>;
  readonly readingId: string;
}

async function begin(readingMode: ReadingMode, script: readonly Fault[] = [], more: Pick<TestDeskOptions, 'change' | 'settings'> = {}): Promise<Begun> {
  const relay = await testRelay({ faults: { script: [...script] } });
  const test = await testDesk({ relay, change: chestDevice(), ...more, settings: { readingMode, imagesPerRequest: 20, ...more.settings } });
  return { test, relay, readingId: await test.admit(writeChestExam()) };
}

async function read({ test, readingId }: Begun) {
  await test.queue.whenSettled(readingId);
  return readingDocument(test.database, readingId);
}

/** As when a person asks for what is left. */
async function resume(begun: Begun) {
  await begun.test.database.updateTable('reading').set({ state: 'preparing', reason: null }).where('id', '=', begun.readingId).execute();
  return read(begun);
}

async function purposes({ test, readingId }: Begun): Promise<readonly string[]> {
  return (await listRequests(test.database, readingId)).map(({ purpose, state }) => `${purpose} ${state}`);
}

async function noteKinds({ test, readingId }: Begun): Promise<readonly string[]> {
  return (await findReading(test.database, readingId))?.planNotes.map(({ kind }) => kind) ?? [];
}

/** The sender, with what becomes of tiles changed. */
function answersChanged(spoils: (tile: { readonly side: string | null }) => boolean): (desk: ReadingDesk) => Partial<ReadingDesk> {
  return (desk) => ({
    ...chestDevice()(desk),
    sender: {
      async send(request, target, options) {
        const result = await desk.sender.send(request, target, options);
        const own = (await listTiles(desk.database, request.readingId)).filter(({ requestId, planned }) => requestId === request.requestId && spoils(planned));
        const spoilt = own.map(({ planned }) => [planned.number, { state: 'refused', code: 'answer-refused' }] as const);
        return { ...result, answers: new Map([...result.answers, ...spoilt]) };
      },
    },
  });
}

describe('sweep and verify', () => {
  it('is complete when both are, stores what it may cost before anything is sent, and places what the device found and a model confirmed', async () => {
    const forecasts: Promise<unknown>[] = [];
    const relay = await testRelay({ onRequest: ({ index }) => { if (index === 0) forecasts.push(findReading(test.database, readingId).then((reading) => reading?.forecast ?? null)); } });
    const test = await testDesk({ relay, change: chestDevice(), settings: { readingMode: 'sweep-and-verify', imagesPerRequest: 20 } });
    const readingId = await test.admit(writeChestExam());
    const begun = { test, relay, readingId };
    expect(await read(begun)).toMatchObject({
      status: 'complete', mode: 'sweep-and-verify', verification: { planned: 3, valid: 3 }, coverage: { planned: chestSlices, valid: chestSlices, searched: 0 },
    });
    expect(await purposes(begun)).toEqual(['sweep done', 'verify done']);
    const tiles = await listTiles(test.database, readingId);
    expect(await forecasts[0]).toMatchObject({ requests: 2, tiles: tiles.length, inputTokens: { expected: expect.any(Number) } });
    const findings = await listFindings(test.database, readingId);
    expect(findings.filter(({ located }) => located === 'place').map(({ centreMm, diameterMm }) => [centreMm, diameterMm])).toEqual([[[64, 0, 30], 8]]);
  });

  it('asks only about the candidates again when their request was refused, and is incomplete until then', async () => {
    const begun = await begin('sweep-and-verify', [ok, refusal]);
    expect(await read(begun)).toMatchObject({ status: 'incomplete', verification: { planned: 3, valid: 0 }, coverage: { valid: chestSlices } });
    expect(await resume(begun)).toMatchObject({ status: 'complete', verification: { planned: 3, valid: 3 } });
    expect(await purposes(begun)).toEqual(['sweep done', 'verify failed', 'verify done']);
    expect(await findReading(begun.test.database, begun.readingId)).toMatchObject({ forecast: { requests: 3 } });
    expect(await noteKinds(begun)).not.toContain('nothing-to-verify');
  });

  it('sweeps only what is open again, and says nothing of candidates that were judged before', async () => {
    const begun = await begin('sweep-and-verify', [refusal, ok]);
    expect(await read(begun)).toMatchObject({ status: 'failed', verification: { planned: 3, valid: 3 }, coverage: { valid: 0, refused: chestSlices } });
    expect(await resume(begun)).toMatchObject({ status: 'complete', coverage: { valid: chestSlices, refused: 0 }, problems: [] });
    expect(await purposes(begun)).toEqual(['sweep failed', 'verify done', 'sweep done']);
    expect(await noteKinds(begun)).not.toContain('ground-glass-not-covered');
  });

  it('covers the lungs where the device could not search, and says what nobody looked for', async () => {
    const breaks = () => Promise.reject(new AppError('worker-crashed', 'the background worker took too long'));
    const begun = await begin('sweep-and-verify', [], { change: (desk) => ({ ...chestDevice()(desk), findCandidates: breaks }) });
    expect(await read(begun)).toMatchObject({ search: { state: 'failed' }, verification: null, coverage: { valid: chestSlices }, problems: [{ code: 'device-search-failed' }] });
    expect(await purposes(begun)).toEqual(['sweep done']);
    const notes = await noteKinds(begun);
    expect(notes).toContain('ground-glass-not-covered');
    expect(notes).not.toContain('nothing-to-verify');
  });

  it('leaves nothing of a plan whose last picture could not be drawn, whoever it was for', async () => {
    let fault: AppError | null = new AppError('imaging-busy', 'too many slices wait', { retryable: true });
    let drawn = 0;
    const begun = await begin('sweep-and-verify', [], {
      settings: { secondReader: { kind: 'mirrored' } },
      change: (desk) => {
        const device = chestDevice()(desk);
        const run = (async (name, input, signal) => {
          if (name === 'draw-request-picture' && (drawn += 1) === 4 && fault !== null) throw fault;
          return device.pool?.run(name, input, signal);
        }) as ImagingPool['run'];
        return { ...device, pool: { run } };
      },
    });
    await expect(read(begun)).rejects.toMatchObject({ code: 'imaging-busy' });
    expect([await purposes(begun), (await findReading(begun.test.database, begun.readingId))?.forecast]).toEqual([[], null]);
    fault = null;
    expect((await read(begun)).status).toBe('complete');
    expect((await listRequests(begun.test.database, begun.readingId)).map(({ reader, mirrored }) => [reader, mirrored])).toEqual([[0, false], [0, false], [1, true], [1, true]]);
  });

  it('takes a slice for unread of which one lung was not answered', async () => {
    const begun = await begin('sweep-and-verify', [], { change: answersChanged(({ side }) => side === 'left') });
    expect(await read(begun)).toMatchObject({ coverage: { valid: 0, refused: chestSlices } });
    expect((await listTiles(begun.test.database, begun.readingId)).filter(({ planned, state }) => planned.side === 'right' && planned.role === 'slab' && state !== 'valid')).toEqual([]);
  });

  it('keeps findings of earlier versions behind those it merges', async () => {
    const begun = await begin('sweep-and-verify');
    await begun.test.database.insertInto('finding').values({
      id: 'old', reading_id: begun.readingId, ordinal: 0, lobe: 'left-upper', side: 'left', x_mm: 1, y_mm: 2, z_mm: 3, diameter_tenths_mm: 60, attenuation: 'solid',
      priority: 'routine', sop_instance_uids_json: '[]', regions_json: '[]', sources_json: '[]', located: 'place', earlier: 1,
    }).execute();
    await read(begun);
    const ids = (await listFindings(begun.test.database, begun.readingId)).map(({ id }) => id);
    expect([ids.length > 1, ids.at(-1)]).toEqual([true, 'old']);
  });

  it('goes by where candidates lie, not by their ranks, when the device has searched anew', async () => {
    const [first, second, third] = chestCandidates();
    if (first === undefined || second === undefined || third === undefined) throw new Error('no candidates');
    let found = [first, second, third];
    const begun = await begin('sweep-and-verify', [], { change: chestDevice(() => found) });
    expect((await read(begun)).status).toBe('complete');
    // A slice was lost then, and is found now: the search is done again, and ranks another place first.
    found = [{ ...second, rank: 1, centreMm: [-64, -30, 20] }, { ...second, rank: 2 }, { ...third, rank: 3 }, { ...first, rank: 4 }];
    begun.test.connection.exec(`UPDATE candidate_search SET missed_json = '[3]'; UPDATE slice SET lost = 1, state = 'failed', reason = 'worker-crashed' WHERE slice_index = 3`);
    expect(await resume(begun)).toMatchObject({ status: 'complete', verification: { planned: 4, valid: 4 } });
    const places = (await listFindings(begun.test.database, begun.readingId)).filter(({ located }) => located === 'place');
    expect(places.map(({ centreMm }) => centreMm)).toEqual([[64, 0, 30]]);
    const requests = await listRequests(begun.test.database, begun.readingId);
    const verify = requests.filter(({ purpose }) => purpose === 'verify').at(-1);
    const asked = (await listTiles(begun.test.database, begun.readingId)).filter(({ requestId, planned }) => requestId === verify?.id && planned.role === 'candidate');
    expect(asked.map(({ planned }) => planned.candidateRank)).toEqual([1]);
  });
});

describe('verifying alone', () => {
  it('takes slices as searched by the device, and is complete only with all candidates answered', async () => {
    const begun = await begin('verify', [refusal]);
    expect(await read(begun)).toMatchObject({ status: 'incomplete', verification: { planned: 3, valid: 0 }, coverage: { searched: chestSlices, valid: 0 } });
    expect(await resume(begun)).toMatchObject({ status: 'complete', verification: { planned: 3, valid: 3 }, coverage: { searched: chestSlices, valid: 0 } });
    expect(await purposes(begun)).toEqual(['verify failed', 'verify done']);
    // Asked for once more, it has nothing left to do and loses nothing.
    await begun.test.queue.change(begun.readingId, () => changePlan(begun.test.desk, begun.readingId, 'relay'));
    expect(await read(begun)).toMatchObject({ status: 'complete', coverage: { searched: chestSlices } });
    expect(begun.relay.requestCount()).toBe(2);
  });

  it('asks nobody where the device found nothing, and waits for a person where the files are gone before it searched', async () => {
    const nothing = await begin('verify', [], { change: chestDevice(() => []) });
    expect(await read(nothing)).toMatchObject({ status: 'complete', priority: 'unknown', verification: null, coverage: { searched: chestSlices } });
    expect(nothing.relay.requestCount()).toBe(0);
    const relay = await testRelay();
    const test = await testDesk({ relay, change: chestDevice(), settings: { readingMode: 'verify' } });
    const folder = writeChestExam();
    const readingId = await test.admit(folder);
    rmSync(folder, { recursive: true });
    expect(await test.queue.whenSettled(readingId)).toMatchObject({ state: 'needs-attention', reason: 'file-unreadable' });
    expect([relay.requestCount(), (await listSlices(test.database, readingId)).filter(({ state }) => state === 'searched')]).toEqual([0, []]);
  });
});

describe('a sweep alone', () => {
  it('asks about no candidate, and says what a sweep does not show', async () => {
    const begun = await begin('sweep');
    expect(await read(begun)).toMatchObject({ status: 'complete', verification: null, coverage: { valid: chestSlices, searched: 0 } });
    expect(await purposes(begun)).toEqual(['sweep done']);
    expect(await noteKinds(begun)).toContain('ground-glass-not-covered');
    expect((await listFindings(begun.test.database, begun.readingId)).every(({ located }) => located === 'tile')).toBe(true);
  });
});
