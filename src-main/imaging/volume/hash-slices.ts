import { sha256Of } from '../../platform/sha256.ts';
import { sliceVoxels } from './ct-volume.ts';
import type { CtVolume } from './ct-volume.ts';

/** Some slices of a volume. */
export interface SlicesToHash {
  readonly volume: CtVolume;
  /** Indices, from 0. */
  readonly slices: readonly number[];
}

/** What stands for a slice that could not be decoded. */
const undecoded = 'air';

/**
 * Hashes slices of a volume; runs in a worker.
 *
 * @param input - Of one volume.
 * @returns SHA-256 (hex) of the values of each as Int16 HU, little endian, in their order; 'air' for one that could not be decoded.
 */
export function hashSlices({ volume, slices }: SlicesToHash): readonly string[] {
  return slices.map((index) => {
    if (volume.slices[index]?.problem !== null) return undecoded;
    const { buffer, byteOffset, byteLength } = sliceVoxels(volume, index);
    return sha256Of(new Uint8Array(buffer, byteOffset, byteLength));
  });
}
