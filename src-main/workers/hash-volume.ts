import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { sha256Of } from '../platform/sha256.ts';
import type { ImagingPool } from './imaging-pool.ts';

/** Slices that a worker hashes at a time: few enough to share the work. */
const slicesPerJob = 32;

/**
 * Hashes what a volume holds: the same for copies of a series in any encoding without loss.
 *
 * It reads every voxel once more: no volume is hashed before somebody asks.
 *
 * @param pool - Hashes.
 * @param volume - The series.
 * @param signal - Calls it off.
 * @returns SHA-256 (hex) over the slices' own sums from feet to head.
 */
export async function hashVolume(pool: Pick<ImagingPool, 'run'>, volume: CtVolume, signal?: AbortSignal): Promise<string> {
  const jobs = Math.ceil(volume.slices.length / slicesPerJob);
  const indices = [...volume.slices.keys()];
  const sums = await Promise.all(Array.from({ length: jobs }, (_, job) =>
    pool.run('hash-slices', { volume, slices: indices.slice(job * slicesPerJob, (job + 1) * slicesPerJob) }, signal)));
  return sha256Of(sums.flat().join('\n'));
}
