import { describe, expect, it } from 'vitest';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import type { ImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import { createVolumeStore } from '../../../src-main/workers/volume-store.ts';
import { changePlan } from '../../../src-main/reading/change-plan.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import { queueRows } from '../../../src-main/reading/reading-views.ts';
import { findReading } from '../../../src-main/store/reading-table.ts';
import { listRequests } from '../../../src-main/store/request-table.ts';
import { listSlices } from '../../../src-main/store/slice-table.ts';
import { listTiles } from '../../../src-main/store/tile-table.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ReadingDocument } from '../../../src-shared/domain/reading.ts';
import { outlinedAs, testDesk, tileAPicture, toldMask } from '../../helpers/test-desk.ts';
import type { TestDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam, writeSlice } from '../../helpers/test-workstation.ts';

const lungsOn = (first: number, last: number) => outlinedAs((volume) => toldMask(volume, { extent: [first, last] }));

async function read(test: TestDesk, folder: string): Promise<{ readonly document: ReadingDocument; readonly states: string }> {
  const readingId = await test.admit(folder);
  await test.queue.whenSettled(readingId);
  return { document: await readingDocument(test.database, readingId), states: await statesOf(test, readingId) };
}

/** One letter per slice, from feet to head: its state's first, o for outside of the lungs. */
async function statesOf({ database }: TestDesk, readingId: string): Promise<string> {
  return (await listSlices(database, readingId)).map(({ state }) => state.charAt(0)).join('');
}

/** Makes a slice one that is whole and still has no Hounsfield units. */
function damage(folder: string, slice: number): void {
  writeSlice(folder, slice, { elements: new Map([[0x00281053, null]]) });
}

describe('an exam that reaches beyond the lungs', () => {
  it('is read where the lungs are, is complete then, and says what was left out', async () => {
    const relay = await testRelay();
    const test = await testDesk({ relay, change: lungsOn(3, 8) });
    const { document, states } = await read(test, writeExam(12));
    expect(states).toBe('ooovvvvvvooo');
    expect(relay.requestCount()).toBe(1);
    expect(document).toMatchObject({
      status: 'complete', series: { slices: 12 }, problems: [],
      coverage: { planned: 6, sent: 6, answered: 6, valid: 6, refused: 0, failed: 0, outsideLungs: 6, unreadRanges: [] },
      lungs: { kind: 'lungs', rightMl: 2600, leftMl: 2400, extent: { fromIndex: 3, toIndex: 8, fromMm: 7.5, toMm: 20 }, sliceCount: 12 },
    });
    const [row] = await queueRows(test.database, test.desk.searches);
    expect(row).toMatchObject({ sliceCount: 12, status: 'complete', coverage: { planned: 6, outsideLungs: 6 } });
    const tiles = await listTiles(test.database, document.readingId ?? '');
    expect(tiles.flatMap(({ planned }) => planned.sliceIndices)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it('is read whole where the lungs could not be told apart', async () => {
    const test = await testDesk({ relay: await testRelay(), change: outlinedAs((volume) => toldMask(volume, { kind: 'body', reason: 'volume-implausible', rightMm3: 0, leftMm3: 0, extent: null })) });
    const { document, states } = await read(test, writeExam(9));
    expect(states).toBe('vvvvvvvvv');
    expect(document).toMatchObject({ status: 'complete', coverage: { outsideLungs: 0 }, lungs: { kind: 'body', reason: 'volume-implausible', extent: null } });
  });

  it('is never complete by the device alone where the lungs could not be told apart, and is by a relay', async () => {
    const bodyOnly = outlinedAs((volume) => toldMask(volume, { kind: 'body', reason: 'volume-implausible', rightMm3: 0, leftMm3: 0, extent: null }));
    const search = { searchedSlices: 9, spacingNote: null, foundCount: 0 };
    const test = await testDesk({ relay: await testRelay(), change: (desk) => ({ ...bodyOnly(desk), findCandidates: () => Promise.resolve({ candidates: [], search }) }) });
    const readingId = await test.admit(writeExam(9), 'device-only');
    await test.queue.whenSettled(readingId);
    expect(await readingDocument(test.database, readingId)).toMatchObject({ status: 'incomplete', problems: [{ code: 'lungs-not-outlined' }], coverage: { searched: 9 } });
    await test.queue.change(readingId, () => changePlan(test.desk, readingId, 'relay'));
    await test.queue.whenSettled(readingId);
    expect(await readingDocument(test.database, readingId)).toMatchObject({ status: 'complete', problems: [], coverage: { searched: 0, valid: 9 } });
  });

  it('is read whole when the outlining fails', async () => {
    const test = await testDesk({ relay: await testRelay(), change: outlinedAs(() => { throw new AppError('worker-crashed', 'the background worker took too long'); }) });
    const { document, states } = await read(test, writeExam(9));
    expect(states).toBe('vvvvvvvvv');
    expect(document).toMatchObject({ status: 'complete', lungs: { kind: 'body', reason: 'outlining-failed' } });
  });

  it('has a gap where a slice of the lungs or beside them cannot be decoded, and none beyond; it is incomplete either way', async () => {
    const folder = writeExam(12);
    for (const slice of [0, 5, 9]) damage(folder, slice);
    const test = await testDesk({ relay: await testRelay(), change: lungsOn(3, 8) });
    const { document, states } = await read(test, folder);
    expect(states).toBe('ooovvfvvvfoo');
    expect(document).toMatchObject({ status: 'incomplete', coverage: { planned: 7, sent: 5, valid: 5, failed: 2, outsideLungs: 5 } });
    expect(document.coverage.unreadRanges.map(({ fromIndex, toIndex }) => [fromIndex, toIndex])).toEqual([[5, 5], [9, 9]]);
    expect(document.problems.map(({ code }) => code)).toEqual(['scale-uneven', 'rescale-missing', 'rescale-missing', 'rescale-missing']);
    const far = await testDesk({ relay: await testRelay(), change: lungsOn(3, 8) });
    const apart = writeExam(12);
    damage(apart, 0);
    expect(await read(far, apart)).toMatchObject({ states: 'ooovvvvvvooo', document: { status: 'incomplete', coverage: { planned: 6, valid: 6, failed: 0 } } });
  });

  it('goes on where it was when LungDesk ended while it was prepared', async () => {
    const relay = await testRelay();
    // Six slices and two controls, a tile a picture.
    const settings = { imagesPerRequest: 8 };
    const folder = writeExam(12);
    const pictured: Promise<unknown>[] = [];
    const ended = new AppError('cancelled', 'LungDesk is closing', { retryable: true });
    const first = await testDesk({
      relay, settings,
      change: (desk) => {
        const { pool } = lungsOn(3, 8)(desk);
        const run = (async (name, input, signal) => {
          if (name !== 'draw-request-picture') return pool?.run(name, input, signal);
          if (pictured.length === 2) {
            await Promise.all(pictured);
            throw ended;
          }
          const picture = desk.pool.run(name, input, signal);
          pictured.push(picture);
          return picture;
        }) as ImagingPool['run'];
        return { ...tileAPicture(desk), pool: { run } };
      },
    });
    const readingId = await first.admit(folder);
    await expect(first.queue.whenSettled(readingId)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await findReading(first.database, readingId)).toMatchObject({ state: 'preparing', forecast: null });
    // Nothing half: either the whole plan is there or none of it.
    expect([await listRequests(first.database, readingId), await listTiles(first.database, readingId)]).toEqual([[], []]);
    await first.queue.stop();
    const made: string[] = [];
    const second = await testDesk({
      relay, settings, after: first,
      change: (desk) => ({
        ...tileAPicture(desk),
        pool: {
          run: (async (name, input, signal) => {
            made.push(name);
            return name === 'outline-lungs' ? toldMask(input as CtVolume, { extent: [3, 8] }) : desk.pool.run(name, input, signal);
          }) as ImagingPool['run'],
        },
      }),
    });
    await second.queue.whenSettled(readingId);
    expect(await statesOf(second, readingId)).toBe('ooovvvvvvooo');
    expect(made.filter((name) => name === 'draw-request-picture').length).toBeGreaterThanOrEqual(6);
    expect(await findReading(second.database, readingId)).toMatchObject({ forecast: { requests: 1 } });
    expect(relay.requestCount()).toBe(1);
  });

  it('is outlined once, and not again for a slice that is sent again', async () => {
    let outlines = 0;
    const relay = await testRelay({ faults: { script: [{ kind: 'refusal', how: 'field' }] } });
    const test = await testDesk({
      relay,
      settings: { imagesPerRequest: 3 },
      change: (desk) => ({
        ...tileAPicture(desk),
        ...outlinedAs((volume) => {
          outlines += 1;
          return toldMask(volume, { extent: [3, 8] });
        })(desk),
      }),
    });
    const { document, states } = await read(test, writeExam(12));
    expect(states).toBe('ooorvvvvvooo');
    expect(document).toMatchObject({ status: 'incomplete', coverage: { planned: 6, valid: 5, refused: 1, outsideLungs: 6 } });
    expect(outlines).toBe(1);
  });
});

describe('an exam that is larger than the memory allows', () => {
  it('fails with its reason before anything is decoded or sent', async () => {
    const relay = await testRelay();
    const test = await testDesk({ relay, change: ({ pool }) => ({ volumes: createVolumeStore({ pool: { ...pool, collect: () => undefined }, largestBytes: 1000 }) }) });
    const { document } = await read(test, writeExam(8));
    expect(document).toMatchObject({ status: 'failed', reason: 'volume-too-large', lungs: null, coverage: { planned: 8, valid: 0, sent: 0 } });
    expect(relay.requestCount()).toBe(0);
  });
});
