import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { buildVolume, volumeBytes } from '../../../src-main/workers/build-volume.ts';
import { sliceVoxels } from '../../../src-main/imaging/volume/ct-volume.ts';
import type { VolumePart } from '../../../src-main/imaging/volume/decode-into-volume.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { ImagingPool, ImagingPoolOptions } from '../../../src-main/workers/imaging-pool.ts';
import { readHounsfield } from '../../../src-main/imaging/volume/read-hounsfield.ts';
import type { Slice } from '../../../src-shared/domain/study.ts';
import { assessFolder } from '../../helpers/assess-folder.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import { enhancedCt } from '../../helpers/enhanced-ct.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'volume-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const count = 10;
const size = 64 * 64;

function pool(options?: ImagingPoolOptions): ImagingPool {
  const created = createImagingPool(options);
  onTestFinished(() => created.close());
  return created;
}

/** Ten slices of 64 x 64 whose stored values tell them apart. */
async function writeSeries(name: string): Promise<readonly Slice[]> {
  const files = await Promise.all(Array.from({ length: count }, async (_, index) => {
    const path = join(folder, `${name}-${String(index)}.dcm`);
    const pixels = Int16Array.from({ length: size }, (__, at) => (at + 1000 * index) % 3000);
    writeFileSync(path, ctSlice({ instanceNumber: index + 1, position: [-160, -160, 2.5 * index], pixels, seriesInstanceUid: `1.2.3.${name}` }));
    const inspection = await inspectFile(path);
    if (inspection.kind !== 'instance') throw new Error('the synthetic slice is not whole');
    return inspection.file;
  }));
  const { chosen } = assessStudy(files);
  if (chosen === null) throw new Error('the synthetic series is not fit');
  return chosen.slices;
}

function bytesOf(pixels: Int16Array): Buffer {
  return Buffer.from(new Int16Array(pixels).buffer);
}

describe('buildVolume', () => {
  it('puts every slice in its place in shared memory, with its affine', async () => {
    const slices = await writeSeries('1');
    const seen: number[] = [];
    const volume = await buildVolume(pool({ size: 2 }), slices, { onSlice: (done) => seen.push(done) });
    expect(volume).toMatchObject({ rows: 64, columns: 64, spacingMm: [5, 5, 2.5] });
    expect(volume.voxels.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(volume.voxels.byteLength).toBe(volumeBytes(slices));
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    for (const [index, slice] of slices.entries()) {
      const { pixels } = await readHounsfield(slice);
      expect(Buffer.compare(bytesOf(sliceVoxels(volume, index)), bytesOf(pixels))).toBe(0);
      expect(volume.slices[index]).toEqual({
        sopInstanceUid: slice.sopInstanceUid, frameNumber: 1, positionMm: slice.positionMm, problem: null,
        affine: { origin: [-160, -160, 2.5 * index], columnStep: [5, 0, 0], rowStep: [0, 5, 0] },
      });
    }
  });

  it('makes air with its problem of slices that vanished, were cut or became others, and keeps the rest', async () => {
    const slices = await writeSeries('3');
    const [, vanished, cut, replaced] = slices;
    if (vanished === undefined || cut === undefined || replaced === undefined) throw new Error('no slices');
    rmSync(vanished.path);
    writeFileSync(cut.path, readFileSync(cut.path).subarray(0, 3000));
    writeFileSync(replaced.path, ctSlice({ instanceNumber: 4, position: [-160, -160, 7.5] }));
    const volume = await buildVolume(pool({ size: 2 }), slices);
    expect(volume.slices.map(({ problem }) => problem?.code ?? null)).toEqual(
      [null, 'file-unreadable', 'pixel-data-truncated', 'file-changed', ...Array.from({ length: 6 }, () => null)]);
    expect(volume.slices[2]).toMatchObject({ problem: { sopInstanceUid: cut.sopInstanceUid } });
    for (const index of [1, 2, 3]) expect(new Set(sliceVoxels(volume, index))).toEqual(new Set([-1024]));
    expect(sliceVoxels(volume, 4)[5]).toBe((5 + 4000) % 3000 - 1024);
    expect(JSON.stringify(volume.slices)).not.toContain(folder);
  });

  it('reads a file of many frames a few times, not once per frame, and puts each frame in its place', async () => {
    const own = mkdtempSync(join(folder, 'frames-'));
    const frames = Array.from({ length: 150 }, (_, index) => ({ position: [0, 0, 2 * ((index * 7) % 150)] as const, slope: 1, intercept: index }));
    writeFileSync(join(own, 'enhanced.dcm'), enhancedCt({ frames }));
    const { slices } = await assessFolder(own);
    const workers = pool({ size: 2 });
    const parts: number[] = [];
    const seen: number[] = [];
    const run = ((name: 'decode', part: VolumePart, signal?: AbortSignal) => {
      parts.push(part.slices.length);
      return workers.run(name, part, signal);
    }) as ImagingPool['run'];
    const volume = await buildVolume({ run }, slices, { onSlice: (done) => seen.push(done) });
    expect(parts).toEqual([50, 50, 50]);
    expect(seen).toEqual([50, 100, 150]);
    for (const [index, { frameNumber }] of slices.entries()) {
      expect((7 * (frameNumber - 1)) % 150).toBe(index);
      // Every pixel of a frame holds the frame's index, and so does the intercept.
      expect(new Set(sliceVoxels(volume, index))).toEqual(new Set([2 * (frameNumber - 1)]));
      expect(volume.slices[index]).toMatchObject({ frameNumber, positionMm: 2 * index, problem: null });
    }
  });

  it('makes air of what a worker died over', async () => {
    const slices = await writeSeries('4');
    const workerUrl = new URL('../../fixtures/workers/troubled-worker.ts', import.meta.url);
    const dying = slices.map((slice, index) => (index === 5 ? { ...slice, path: 'exit' } : slice));
    const volume = await buildVolume(pool({ size: 1, workerUrl }), dying);
    expect(volume.slices.map(({ problem }) => problem?.code ?? null)).toEqual(dying.map((_, index) => (index === 5 ? 'worker-crashed' : null)));
  });

  it('rejects with the reason when it is called off, and with cancelled when the pool closes', async () => {
    const slices = await writeSeries('5');
    const workers = createImagingPool({ size: 1 });
    const controller = new AbortController();
    const calledOff = buildVolume(workers, slices, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(calledOff).rejects.toThrow('enough');
    await expect(buildVolume(workers, slices, { signal: controller.signal })).rejects.toThrow('enough');
    const closing = expect(buildVolume(workers, slices)).rejects.toMatchObject({ code: 'cancelled' });
    await workers.close();
    await closing;
  });

  it('rejects when more slices wait than the pool queues', async () => {
    await expect(buildVolume(pool({ size: 1, maxQueued: 3 }), await writeSeries('6'))).rejects.toMatchObject({ code: 'imaging-busy' });
  });

  it('refuses a volume above the bound before a file is read', async () => {
    const slices = await writeSeries('7');
    for (const { path } of slices) rmSync(path);
    const tooLarge = buildVolume(pool({ size: 1 }), slices, { maxBytes: volumeBytes(slices) - 1 });
    await expect(tooLarge).rejects.toMatchObject({ name: 'AppError', code: 'volume-too-large' });
    await expect(buildVolume(pool({ size: 1 }), slices, { maxBytes: volumeBytes(slices) })).resolves.toMatchObject({ rows: 64 });
  });
});

describe('buildVolume on the development exams', () => {
  it.each(['dev-ct-lidc-0001', 'dev-ct-lungpetctdx-a0002'])('holds the same HU as each slice read alone: %s', async (name) => {
    const data = sharedData(name);
    if (data === null) return;
    const workers = pool();
    const { slices } = await assessFolder(join(data, 'series'));
    const volume = await buildVolume(workers, slices);
    for (const [index, slice] of slices.entries()) {
      const { pixels } = await workers.run('hounsfield', slice);
      expect(Buffer.compare(bytesOf(sliceVoxels(volume, index)), bytesOf(pixels)), `slice ${String(index)}`).toBe(0);
      expect(volume.slices[index]?.problem).toBeNull();
    }
  });
});
