import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { volumeBytes } from '../../../src-main/workers/build-volume.ts';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { ImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import { createVolumeStore, volumeKey } from '../../../src-main/workers/volume-store.ts';
import type { VolumeStore, VolumeStoreParts } from '../../../src-main/workers/volume-store.ts';
import type { Slice } from '../../../src-shared/domain/study.ts';
import { assessFolder } from '../../helpers/assess-folder.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'volume-store-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

/** Bytes of a volume of writeSeries. */
const volumeSize = 8 * 64 * 64 * 2;

async function writeSeries(name: string): Promise<readonly Slice[]> {
  const own = mkdtempSync(join(folder, 'series-'));
  for (let index = 0; index < 8; index += 1) {
    writeFileSync(join(own, `${String(index)}.dcm`), ctSlice({ instanceNumber: index + 1, position: [-160, -160, 2.5 * index], seriesInstanceUid: `1.2.4.${name}` }));
  }
  return (await assessFolder(own)).slices;
}

interface Counted {
  readonly store: VolumeStore;
  /** Slices that were decoded so far, over all volumes. */
  readonly decoded: () => number;
}

function open(parts: Partial<VolumeStoreParts> = {}): Counted {
  const pool = createImagingPool({ size: 2 });
  onTestFinished(() => pool.close());
  let decoded = 0;
  const run: ImagingPool['run'] = (name, input, signal) => {
    decoded += 1;
    return pool.run(name, input, signal);
  };
  return { store: createVolumeStore({ pool: { run, collect: () => { pool.collect(); } }, ...parts }), decoded: () => decoded };
}

/** Work that ends when it is told to. */
function work(): { readonly run: (volume: CtVolume) => Promise<CtVolume>; readonly begun: Promise<CtVolume>; readonly end: () => void } {
  const begun = Promise.withResolvers<CtVolume>();
  const ended = Promise.withResolvers<undefined>();
  return {
    begun: begun.promise,
    end: () => { ended.resolve(undefined); },
    async run(volume) {
      begun.resolve(volume);
      await ended.promise;
      return volume;
    },
  };
}

const itself = (volume: CtVolume): CtVolume => volume;

describe('createVolumeStore', () => {
  it('builds a volume once for all who ask at once, and tells each of its progress', async () => {
    const { store, decoded } = open();
    const slices = await writeSeries('1');
    const seen: number[][] = [[], []];
    const [a, b] = await Promise.all(seen.map((own) => store.use(slices, itself, { onSlice: (done) => own.push(done) })));
    expect(a).toBe(b);
    expect(decoded()).toBe(8);
    expect(seen).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]]);
  });

  it('keeps a volume for the next one who asks, also for the same slices in other places', async () => {
    const { store, decoded } = open();
    const slices = await writeSeries('2');
    const volume = await store.use(slices, itself);
    expect(await store.use(slices.map((slice) => ({ ...slice, path: '/elsewhere' })), itself)).toBe(volume);
    expect(store.find(volumeKey(slices))).toBe(volume);
    expect(decoded()).toBe(8);
    expect(store.find(volumeKey(slices.slice(1)))).toBeNull();
    expect(store.heldBytes()).toBe(volumeSize);
  });

  it('drops the least recently used volumes when there is no room for another one', async () => {
    const { store } = open({ maxBytes: 2 * volumeSize });
    const [a, b, c] = [await writeSeries('3'), await writeSeries('4'), await writeSeries('5')];
    await store.use(a, itself);
    await store.use(b, itself);
    await store.use(a, itself);
    await store.use(c, itself);
    expect([a, b, c].map((slices) => store.find(volumeKey(slices)) !== null)).toEqual([true, false, true]);
    expect(store.heldBytes()).toBe(2 * volumeSize);
  });

  it('waits for room while others use theirs, and stays within the bound', async () => {
    const { store } = open({ maxBytes: volumeSize });
    const [a, b] = [await writeSeries('6'), await writeSeries('7')];
    const first = work();
    const usingA = store.use(a, first.run);
    await first.begun;
    const second = work();
    const usingB = store.use(b, (volume) => {
      expect(store.heldBytes()).toBe(volumeSize);
      return second.run(volume);
    });
    expect(store.heldBytes()).toBe(volumeSize);
    first.end();
    await usingA;
    await second.begun;
    expect(store.find(volumeKey(a))).toBeNull();
    second.end();
    await usingB;
  });

  it('holds one volume that is larger than the bound, alone', async () => {
    const { store } = open({ maxBytes: volumeSize / 2 });
    const [a, b] = [await writeSeries('8'), await writeSeries('9')];
    await store.use(a, itself);
    await store.use(b, itself);
    expect([store.find(volumeKey(a)) !== null, store.find(volumeKey(b)) !== null]).toEqual([false, true]);
  });

  it('refuses a volume that is larger than one may be, and holds nothing for it', async () => {
    const { store, decoded } = open({ largestBytes: volumeSize - 1 });
    await expect(store.use(await writeSeries('10'), itself)).rejects.toMatchObject({ code: 'volume-too-large' });
    expect([store.heldBytes(), decoded()]).toEqual([0, 0]);
  });

  it('calls a build off when the last one who waits has gone, not before', async () => {
    const { store } = open();
    const slices = await writeSeries('11');
    const goes = new AbortController();
    const stays = store.use(slices, itself);
    const gone = expect(store.use(slices, itself, { signal: goes.signal })).rejects.toThrow('enough');
    goes.abort(new Error('enough'));
    await gone;
    await expect(stays).resolves.toMatchObject({ rows: 64 });
    store.release();
    const last = new AbortController();
    const lastGone = expect(store.use(slices, itself, { signal: last.signal })).rejects.toThrow('enough');
    last.abort(new Error('enough'));
    await lastGone;
    await expect(store.use(slices, itself)).resolves.toMatchObject({ rows: 64 });
    expect(store.heldBytes()).toBe(volumeSize);
  });

  it('does not keep a volume with a slice that could not be read', async () => {
    const { store } = open();
    const slices = await writeSeries('12');
    const [, away] = slices;
    if (away === undefined) throw new Error('no slice');
    renameSync(away.path, `${away.path}.away`);
    expect((await store.use(slices, itself)).slices[1]?.problem?.code).toBe('file-unreadable');
    expect([store.find(volumeKey(slices)), store.heldBytes()]).toEqual([null, 0]);
    renameSync(`${away.path}.away`, away.path);
    expect((await store.use(slices, itself)).slices[1]?.problem).toBeNull();
  });

  it('lets go of a volume whose work failed like of any other', async () => {
    const { store } = open();
    const slices = await writeSeries('13');
    await expect(store.use(slices, () => { throw new Error('no'); })).rejects.toThrow('no');
    expect(store.heldBytes()).toBe(volumeSize);
    store.release();
    expect([store.heldBytes(), store.find(volumeKey(slices))]).toEqual([0, null]);
  });

  it('gives the memory of dropped volumes back', async () => {
    const { store } = open();
    const slices = await writeSeries('14');
    const memory = new WeakRef((await store.use(slices, itself)).voxels.buffer);
    store.release();
    // A WeakRef that was made or read holds on until the turn ends; the store collects in the turn after release.
    await new Promise((resolve) => { setImmediate(() => { setImmediate(resolve); }); });
    expect(memory.deref()).toBeUndefined();
  });

  it('holds both development exams at once within its bound', async () => {
    const data = ['dev-ct-lidc-0001', 'dev-ct-lungpetctdx-a0002'].map(sharedData);
    if (data.includes(null)) return;
    const [lidc, petCt] = await Promise.all(data.map(async (path) => (await assessFolder(join(path ?? '', 'series'))).slices));
    if (lidc === undefined || petCt === undefined) throw new Error('no exams');
    const maxBytes = volumeBytes(lidc) + volumeBytes(petCt) - 1;
    const { store } = open({ maxBytes });
    const most: number[] = [];
    const note = (volume: CtVolume): number => {
      most.push(store.heldBytes());
      return volume.slices.length;
    };
    expect(await Promise.all([store.use(lidc, note), store.use(petCt, note)])).toEqual([107, 30]);
    expect(Math.max(...most)).toBeLessThanOrEqual(maxBytes);
    expect(store.heldBytes()).toBe(volumeBytes(petCt));
  });
});
