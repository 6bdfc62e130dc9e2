import { AppError } from '../../src-shared/domain/errors.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';
import { replaceLungOutline } from '../store/lung-outline-table.ts';
import { inTransaction } from '../store/open-database.ts';
import { partSlices } from '../store/slice-table.ts';
import { outlineOf, slicesOutside } from './lung-extent.ts';
import { passingCodes } from './passing-codes.ts';
import type { ReadingDesk } from './reading-desk.ts';

/**
 * Outlines the lungs of an exam, keeps the outline, and parts the reading's slices into those to read and those outside of the lungs.
 *
 * @param signal - Aborted when the reading is cancelled or LungDesk closes.
 * @returns The outline.
 * @throws {AppError} faults of this machine that pass; when the outlining itself fails, everything is read.
 */
export async function outlineExam(
  desk: Pick<ReadingDesk, 'database' | 'pool'>, readingId: string, volume: CtVolume, signal: AbortSignal,
): Promise<LungMask> {
  const mask = await outline(desk, volume, signal);
  await inTransaction(desk.database, async (transaction) => {
    await replaceLungOutline(transaction, readingId, outlineOf(mask, volume.slices), mask);
    await partSlices(transaction, readingId, slicesOutside(mask, volume.slices));
  });
  return mask;
}

async function outline(desk: Pick<ReadingDesk, 'pool'>, volume: CtVolume, signal: AbortSignal): Promise<LungMask> {
  try {
    return await desk.pool.run('outline-lungs', volume, signal);
  } catch (thrown) {
    if (signal.aborted || (thrown instanceof AppError && passingCodes.includes(thrown.code))) throw thrown;
    return nothingOutlined(volume);
  }
}

/** Stands for an outline that nobody could make: one cell of body, and every slice has to be read. */
function nothingOutlined({ columns, rows, slices }: CtVolume): LungMask {
  return {
    kind: 'body',
    reason: 'outlining-failed',
    notes: [],
    columns: 1,
    rows: 1,
    slices: 1,
    step: [columns, rows, slices.length],
    labels: new Uint8Array(new SharedArrayBuffer(1)),
    rightMm3: 0,
    leftMm3: 0,
    extent: null,
  };
}
