import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildVolume } from '../../../../src-main/workers/build-volume.ts';
import { createImagingPool } from '../../../../src-main/workers/imaging-pool.ts';
import { slicePicture } from '../../../../src-main/imaging/pictures/slice-picture.ts';
import { assessFolder } from '../../../helpers/assess-folder.ts';
import { sharedData } from '../../../helpers/shared-data.ts';
import { writeExam } from '../../../helpers/test-workstation.ts';

/** Whether every slice's picture out of the volume is the one made of its file, to the byte. */
async function isSameForAll(folder: string): Promise<readonly boolean[]> {
  const pool = createImagingPool();
  onTestFinished(() => pool.close());
  const { slices } = await assessFolder(folder);
  const volume = await buildVolume(pool, slices);
  const { columns, rows, voxels } = volume;
  return Promise.all(volume.slices.map(async ({ sopInstanceUid, affine }, sliceIndex) => {
    const slice = slices[sliceIndex];
    if (slice === undefined) return false;
    const [ofVolume, ofFile] = [
      await pool.run('picture', { columns, rows, voxels, sliceIndex, sopInstanceUid, affine }), await pool.run('prepare', slice),
    ];
    expect({ ...ofVolume, png: null }).toEqual({ ...ofFile, png: null });
    return Buffer.compare(ofVolume.png, ofFile.png) === 0;
  }));
}

describe('slicePicture', () => {
  it('is the picture of the file, to the byte', async () => {
    expect(await isSameForAll(writeExam(8, { rescaleIntercept: -1000, rescaleSlope: 2 }))).toEqual(Array.from({ length: 8 }, () => true));
  });

  it.each([['dev-ct-lidc-0001', 107], ['dev-ct-lungpetctdx-a0002', 30]] as const)('is the picture of the file for all slices of %s', async (name, count) => {
    const data = sharedData(name);
    if (data === null) return;
    expect(await isSameForAll(join(data, 'series'))).toEqual(Array.from({ length: count }, () => true));
  });

  it('shows the slice that was asked for', async () => {
    const voxels = new Int16Array(new SharedArrayBuffer(2 * 2 * 4)).fill(-600, 2);
    const affine = { origin: [0, 0, 0], columnStep: [1, 0, 0], rowStep: [0, 1, 0] } as const;
    const [first, second] = await Promise.all([0, 1].map((sliceIndex) => slicePicture({ columns: 2, rows: 1, voxels, sliceIndex, sopInstanceUid: '1.2', affine })));
    expect(first?.sha256).not.toBe(second?.sha256);
  });
});
