import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Slice } from '../../src-shared/domain/study.ts';
import { medianDistanceMm } from '../dicom/order-slices.ts';
import type { CtVolume, VolumeSlice } from '../imaging/volume/ct-volume.ts';
import type { PartResult } from '../imaging/volume/decode-into-volume.ts';
import { airHu } from '../imaging/volume/hounsfield.ts';
import type { ImagingPool } from './imaging-pool.ts';
import { sliceAffine } from '../imaging/volume/slice-affine.ts';

/** How a volume is built. */
export interface BuildVolumeOptions {
  /** Calls it off; the build then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told whenever slices are done, readable or not: how many so far. */
  readonly onSlice?: (done: number) => void;
  /** Most memory that a volume may take; default: no bound. */
  readonly maxBytes?: number;
}

/** Frames of one file that a worker decodes at once: few enough to share the work, many enough to read the file seldom. */
const framesPerPart = 64;
/** Faults of this machine; everything else is a fault of the file. */
const machineFaults: readonly ErrorCode[] = ['imaging-busy', 'cancelled'];

/**
 * Builds the volume of a series: all workers read and decode straight into one block of shared memory.
 *
 * A slice with a fault is air and carries its problem. A file of many frames is read a few times, not once per frame.
 *
 * @param pool - Decodes.
 * @param slices - Of one series, all of one size, from feet to head; at least one.
 * @throws {AppError} 'volume-too-large' before any memory is taken; 'cancelled' or 'imaging-busy' from the pool.
 */
export async function buildVolume(pool: Pick<ImagingPool, 'run'>, slices: readonly Slice[], options: BuildVolumeOptions = {}): Promise<CtVolume> {
  const [first] = slices;
  if (first === undefined) throw new RangeError('a volume has at least one slice');
  const { rows, columns, pixelSpacing, sliceThickness } = first.header;
  if (slices.some(({ header }) => header.rows !== rows || header.columns !== columns)) throw new RangeError('the slices differ in size');
  const affines = slices.map(({ header }) => sliceAffine(header));
  const voxels = new Int16Array(allocate(volumeBytes(slices), options.maxBytes ?? Infinity));
  const results = await decodeParts(pool, slices, voxels.buffer, options);
  const built = slices.map(({ sopInstanceUid, frameNumber, positionMm }, index): VolumeSlice => {
    const result = results[index];
    const place = { sopInstanceUid, frameNumber, positionMm, affine: affines[index] ?? sliceAffine(first.header) };
    if (result === 'decoded') return { ...place, problem: null };
    const { code, message } = result ?? { code: 'unexpected', message: 'the slice was not decoded' };
    voxels.fill(airHu, index * rows * columns, (index + 1) * rows * columns);
    return { ...place, problem: { code, message, sopInstanceUid } };
  });
  return {
    columns,
    rows,
    voxels,
    slices: built,
    spacingMm: [pixelSpacing?.[1] ?? 0, pixelSpacing?.[0] ?? 0, medianDistanceMm(slices) ?? sliceThickness ?? 1],
    sliceThicknessMm: sliceThickness,
  };
}

/**
 * Memory that a volume of these slices takes, in bytes.
 *
 * @param slices - All of one size.
 */
export function volumeBytes(slices: readonly Slice[]): number {
  return slices.reduce((sum, { header }) => sum + header.rows * header.columns * Int16Array.BYTES_PER_ELEMENT, 0);
}

function allocate(bytes: number, maxBytes: number): SharedArrayBuffer {
  const tooLarge = 'the series needs more memory than LungDesk may take on this machine';
  if (bytes > maxBytes) throw new AppError('volume-too-large', tooLarge);
  try {
    return new SharedArrayBuffer(bytes);
  } catch (cause) {
    throw new AppError('volume-too-large', tooLarge, { cause });
  }
}

/** One result per slice, in their order. */
async function decodeParts(
  pool: Pick<ImagingPool, 'run'>,
  slices: readonly Slice[],
  target: SharedArrayBuffer,
  { signal, onSlice }: BuildVolumeOptions,
): Promise<readonly (PartResult | undefined)[]> {
  const results: PartResult[] = [];
  // The first fault of the machine calls off the rest.
  const fault = new AbortController();
  const given = AbortSignal.any(signal === undefined ? [fault.signal] : [signal, fault.signal]);
  let done = 0;
  async function decode(part: readonly number[]): Promise<void> {
    const placed = part.flatMap((index) => {
      const slice = slices[index];
      return slice === undefined ? [] : [{ slice, byteOffset: index * (target.byteLength / slices.length) }];
    });
    let told: readonly PartResult[];
    try {
      told = await pool.run('decode', { target, slices: placed }, given);
    } catch (thrown) {
      if (given.aborted || (thrown instanceof AppError && machineFaults.includes(thrown.code))) throw thrown;
      told = part.map(() => problemOf(thrown));
    }
    for (const [at, index] of part.entries()) {
      const result = told[at];
      if (result !== undefined) results[index] = result;
    }
    done += part.length;
    onSlice?.(done);
  }
  await Promise.allSettled(partsOf(slices).map((part) => decode(part).catch((thrown: unknown) => { fault.abort(thrown); })));
  given.throwIfAborted();
  return results;
}

/** Slice indices by file, no part larger than one worker should take. */
function partsOf(slices: readonly Slice[]): readonly (readonly number[])[] {
  const byFile = Map.groupBy(slices.keys(), (index) => slices[index]?.path ?? '');
  return [...byFile.values()].flatMap((indices) => {
    const count = Math.ceil(indices.length / framesPerPart);
    return Array.from({ length: count }, (_, part) =>
      indices.slice(Math.floor((part * indices.length) / count), Math.floor(((part + 1) * indices.length) / count)));
  });
}
