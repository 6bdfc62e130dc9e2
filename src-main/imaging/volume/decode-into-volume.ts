import { problemOf } from '../../../src-shared/domain/errors.ts';
import type { Problem } from '../../../src-shared/domain/errors.ts';
import type { Slice } from '../../../src-shared/domain/study.ts';
import { readInstance } from '../../dicom/read-instance.ts';
import type { OpenedInstance } from '../../dicom/open-instance.ts';
import { decodeFrameOf } from './decode-slice.ts';
import { scaleTables } from './scale-tables.ts';

/** Slices of one file, and where in a volume their Hounsfield units go. */
export interface VolumePart {
  /** The volume's voxels, Int16. */
  readonly target: SharedArrayBuffer;
  /** All of one file, at most a part of its frames. */
  readonly slices: readonly { readonly slice: Slice; readonly byteOffset: number }[];
}

/** What became of a slice of a part. */
export type PartResult = Pick<Problem, 'code' | 'message'> | 'decoded';

/**
 * Reads a file once and decodes frames of it straight into a volume; runs in a worker.
 *
 * @param part - The frames and their places.
 * @returns One result per slice, in their order; faults of the file do not reject. Where one is told, the voxels mean nothing.
 */
export async function decodeIntoVolume({ target, slices }: VolumePart): Promise<readonly PartResult[]> {
  const [first] = slices;
  if (first === undefined) return [];
  let instance: OpenedInstance;
  try {
    instance = await readInstance(first.slice.path, first.slice);
  } catch (thrown) {
    return slices.map(() => problemOf(thrown));
  }
  const results: PartResult[] = [];
  for (const { slice, byteOffset } of slices) {
    try {
      await decodeInto(new Int16Array(target, byteOffset, slice.header.rows * slice.header.columns), instance, slice);
      results.push('decoded');
    } catch (thrown) {
      results.push(problemOf(thrown));
    }
  }
  return results;
}

async function decodeInto(voxels: Int16Array, instance: OpenedInstance, slice: Slice): Promise<void> {
  const { bits, scale } = await decodeFrameOf(instance, slice);
  const { hounsfield } = scaleTables(scale);
  for (let index = 0; index < voxels.length; index += 1) voxels[index] = hounsfield[bits[index] ?? 0] ?? 0;
}
