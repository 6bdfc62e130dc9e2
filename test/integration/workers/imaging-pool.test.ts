import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { ImagingPool, ImagingPoolOptions } from '../../../src-main/workers/imaging-pool.ts';
import { pngChunks } from '../../../src-main/imaging/pictures/png-chunks.ts';
import { linearWindow, lungWindow } from '../../../src-main/imaging/pictures/voi.ts';
import type { Series, Slice } from '../../../src-shared/domain/study.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import type { CtSliceOptions } from '../../helpers/dicom-writer.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'imaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: ImagingPool[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((pool) => pool.close()));
});

function pool(options?: ImagingPoolOptions): ImagingPool {
  const created = createImagingPool(options);
  open.push(created);
  return created;
}

const failsWith = (code: string): unknown => expect.objectContaining({ name: 'AppError', code });

/** Writes eight slices and assesses them through the pool. */
async function writeSeries(imaging: ImagingPool, name: string, options: CtSliceOptions = {}): Promise<readonly Slice[]> {
  const inspections = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const path = join(folder, `${name}-${String(index)}`);
      writeFileSync(path, ctSlice({ instanceNumber: index + 1, position: [-160, -160, index * 2.5], ...options }));
      return imaging.run('inspect', path);
    }),
  );
  const { chosen } = assessStudy(inspections.flatMap((inspection) => (inspection.kind === 'instance' ? [inspection.file] : [])));
  if (chosen === null) throw new Error('the synthetic series is not fit');
  return chosen.slices;
}

function firstOf(slices: readonly Slice[]): Slice {
  const [first] = slices;
  if (first === undefined) throw new Error('no slice');
  return first;
}

async function greyOf(png: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  return Uint8Array.from({ length: info.width * info.height }, (_, index) => data[index * info.channels] ?? 0);
}

describe('prepare', () => {
  it('gives a grey PNG of nothing but its picture, at its native size', async () => {
    const imaging = pool({ size: 1 });
    const slice = firstOf(await writeSeries(imaging, 'plain', { rows: 48, columns: 80, pixelSpacing: [6, 4] }));
    const prepared = await imaging.run('prepare', slice);
    expect(new Set(pngChunks(prepared.png).map(({ type }) => type))).toEqual(new Set(['IHDR', 'IDAT', 'IEND']));
    // IHDR: width, height, 8 bits, colour type 0 (grey), no interlace.
    const header = Buffer.from(pngChunks(prepared.png)[0]?.bytes ?? []);
    expect([header.readUInt32BE(8), header.readUInt32BE(12), ...header.subarray(16, 21)]).toEqual([80, 48, 8, 0, 0, 0, 0]);
    expect(prepared).toMatchObject({
      sopInstanceUid: slice.sopInstanceUid, columns: 80, rows: 48,
      sha256: createHash('sha256').update(prepared.png).digest('hex'),
      affine: { origin: [-160, -160, 0], columnStep: [4, 0, 0], rowStep: [0, 6, 0] },
    });
    expect(Math.abs(prepared.bodyMidlineMm ?? NaN)).toBeLessThan(16);
  });

  it('shows the lung window of the Hounsfield units, exactly', async () => {
    const imaging = pool({ size: 1 });
    const pixels = Int16Array.from({ length: 64 * 64 }, (_, index) => index - 1000);
    const slice = firstOf(await writeSeries(imaging, 'ramp', { pixels, rescaleSlope: 0.7, rescaleIntercept: -900 }));
    const exact = Float64Array.from(pixels, (stored) => Math.max(-1024, stored * 0.7 - 900));
    expect(await greyOf((await imaging.run('prepare', slice)).png)).toEqual(linearWindow(exact, lungWindow));
    expect((await imaging.run('hounsfield', slice)).pixels).toEqual(Int16Array.from(exact, (value) => Math.round(value)));
  });

  it.each<[string, ReadonlyMap<number, null>]>([
    ['rescale-missing', new Map([[0x00281052, null]])],
    ['rescale-missing', new Map([[0x00281053, null]])],
  ])('refuses with %s', async (code, elements) => {
    const imaging = pool({ size: 1 });
    const slice = firstOf(await writeSeries(imaging, 'bad', { elements }));
    await expect(imaging.run('prepare', slice)).rejects.toEqual(failsWith(code));
  });

  it('notices a file that vanished, was cut, or became another one', async () => {
    const imaging = pool({ size: 1 });
    const [vanished, cut, replaced, moved] = await writeSeries(imaging, 'changing');
    if (vanished === undefined || cut === undefined || replaced === undefined || moved === undefined) throw new Error('no slices');
    rmSync(vanished.path);
    writeFileSync(cut.path, readFileSync(cut.path).subarray(0, 3000));
    writeFileSync(replaced.path, ctSlice({ instanceNumber: 3, position: [-160, -160, 5], pixels: new Int16Array(64 * 64) }));
    writeFileSync(moved.path, ctSlice({ instanceNumber: 4, position: [-160, -160, 99] }));
    await expect(imaging.run('prepare', vanished)).rejects.toEqual(failsWith('file-unreadable'));
    await expect(imaging.run('prepare', cut)).rejects.toEqual(failsWith('pixel-data-truncated'));
    await expect(imaging.run('prepare', replaced)).rejects.toEqual(failsWith('file-changed'));
    await expect(imaging.run('prepare', moved)).rejects.toEqual(failsWith('file-changed'));
  });

  it('drops a job that is aborted', async () => {
    const imaging = pool({ size: 1 });
    const slices = await writeSeries(imaging, 'aborted');
    const controller = new AbortController();
    const jobs = slices.map((slice) => imaging.run('prepare', slice, controller.signal));
    controller.abort(new Error('enough'));
    const results = await Promise.allSettled(jobs);
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'done'))).toEqual(slices.map(() => 'Error: enough'));
    await expect(imaging.run('prepare', firstOf(slices), controller.signal)).rejects.toThrow('enough');
    await expect(imaging.run('prepare', firstOf(slices))).resolves.toMatchObject({ rows: 64 });
  });
});

describe('a pool with troubled workers', () => {
  const workerUrl = new URL('../../fixtures/workers/troubled-worker.ts', import.meta.url);

  it.each(['exit', 'throw'])('fails the job of a worker that ends by %s, and only that one', async (fault) => {
    const imaging = pool({ size: 2, workerUrl });
    const results = await Promise.allSettled(['a', fault, 'b', fault, 'c', 'd'].map((path) => imaging.run('inspect', path)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { code: 'worker-crashed', retryable: true } });
    expect(JSON.stringify(results)).not.toContain('Doe');
  });

  it('survives a worker that runs out of memory', async () => {
    const imaging = pool({ size: 1, workerUrl, maxHeapMb: 32 });
    await expect(imaging.run('inspect', 'out of memory')).rejects.toEqual(failsWith('worker-crashed'));
    await expect(imaging.run('inspect', 'next')).resolves.toEqual({ kind: 'not-dicom' });
  });

  it.each(['endless', 'silent'])('kills a worker that is %s and replaces it', async (fault) => {
    const clock = manualClock();
    const imaging = pool({ size: 1, workerUrl, clock });
    const stuck = imaging.run('inspect', fault);
    clock.advance(59_999);
    const next = imaging.run('inspect', 'next');
    clock.advance(1);
    await expect(stuck).rejects.toEqual(failsWith('worker-crashed'));
    await expect(next).resolves.toEqual({ kind: 'not-dicom' });
  });

  it('refuses more jobs than may wait', async () => {
    const imaging = pool({ size: 1, maxQueued: 2, workerUrl });
    const jobs = ['a', 'b', 'c', 'd'].map((path) => imaging.run('inspect', path));
    const results = await Promise.allSettled(jobs);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(results[3]).toMatchObject({ reason: { code: 'imaging-busy', retryable: true } });
  });

  it('ends its workers and rejects what is not done when it is closed', async () => {
    const imaging = createImagingPool({ size: 1, workerUrl });
    const jobs = Promise.allSettled(['silent', 'waiting'].map((path) => imaging.run('inspect', path)));
    await imaging.close();
    expect(await jobs).toEqual([
      expect.objectContaining({ reason: failsWith('cancelled') }),
      expect.objectContaining({ reason: failsWith('cancelled') }),
    ]);
    await expect(imaging.run('inspect', 'later')).rejects.toEqual(failsWith('cancelled'));
  });
});

const lidc = sharedData('dev-ct-lidc-0001');
const petCt = sharedData('dev-ct-lungpetctdx-a0002');

async function assess(imaging: ImagingPool, path: string): Promise<Series> {
  const names = readdirSync(join(path, 'series'));
  const inspections = await Promise.all(names.map((name) => imaging.run('inspect', join(path, 'series', name))));
  const { chosen } = assessStudy(inspections.flatMap((inspection) => (inspection.kind === 'instance' ? [inspection.file] : [])));
  if (chosen === null) throw new Error('no series was chosen');
  return chosen;
}

describe('the development exams', () => {
  it.skipIf(lidc === null)('prepares all of LIDC-IDRI-0001 in reading order', async () => {
    const imaging = pool();
    const series = await assess(imaging, lidc ?? '');
    expect([series.slices.length, series.spacingBetweenSlicesMm, series.problems]).toEqual([107, 2.5, []]);
    expect([series.slices[0]?.positionMm, series.slices.at(-1)?.positionMm]).toEqual([-275, -10]);
    const prepared = await Promise.all(series.slices.map((slice) => imaging.run('prepare', slice)));
    expect(prepared.every(({ bodyMidlineMm }) => bodyMidlineMm !== null && Math.abs(bodyMidlineMm) < 25)).toBe(true);
    const middle = prepared[53];
    const { pixels } = await imaging.run('hounsfield', series.slices[53] ?? firstOf(series.slices));
    expect(Buffer.compare(await greyOf(middle?.png ?? new Uint8Array()), linearWindow(pixels, lungWindow))).toBe(0);
  });

  it.skipIf(petCt === null)('prepares all of the JPEG lossless exam', async () => {
    const imaging = pool();
    const series = await assess(imaging, petCt ?? '');
    expect([series.slices.length, series.spacingBetweenSlicesMm, series.slices[0]?.positionMm]).toEqual([30, 8, 80]);
    const prepared = await Promise.all(series.slices.map((slice) => imaging.run('prepare', slice)));
    expect(new Set(prepared.map(({ sha256 }) => sha256)).size).toBe(30);
  });
});
