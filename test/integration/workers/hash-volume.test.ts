import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { sliceVoxels } from '../../../src-main/imaging/volume/ct-volume.ts';
import { hashVolume } from '../../../src-main/workers/hash-volume.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { ImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import { lungPhantom } from '../../helpers/nodule-phantom.ts';

function pool(): ImagingPool {
  const created = createImagingPool({ size: 2 });
  onTestFinished(() => created.close());
  return created;
}

/** With one slice that could not be decoded. */
function withoutSlice(volume: CtVolume, lost: number): CtVolume {
  const problem = { code: 'pixel-data-corrupt', message: 'lost', sopInstanceUid: '1.2' } as const;
  return { ...volume, slices: volume.slices.map((slice, index) => (index === lost ? { ...slice, problem } : slice)) };
}

describe('hashVolume', () => {
  it('hashes the sums of all slices in their order, more than one worker takes at a time', async () => {
    const volume = lungPhantom({ noiseHu: 10 });
    expect(volume.slices.length).toBeGreaterThan(32);
    const sums = volume.slices.map((_, index) => createHash('sha256').update(Buffer.from(Int16Array.from(sliceVoxels(volume, index)).buffer)).digest('hex'));
    expect(await hashVolume(pool(), volume)).toBe(createHash('sha256').update(sums.join('\n')).digest('hex'));
  });

  it('tells other voxels, fewer slices and a slice that could not be decoded apart', async () => {
    const workers = pool();
    const volume = lungPhantom({ noiseHu: 10 });
    const other = lungPhantom({ noiseHu: 10 });
    other.voxels[0] = (volume.voxels[0] ?? 0) + 1;
    const fewer: CtVolume = { ...volume, slices: volume.slices.slice(1) };
    const sums = await Promise.all([volume, other, fewer, withoutSlice(volume, 3)].map((one) => hashVolume(workers, one)));
    expect(new Set(sums).size).toBe(4);
  });
});
