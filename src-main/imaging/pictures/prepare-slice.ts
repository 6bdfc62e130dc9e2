import { sha256Of } from '../../platform/sha256.ts';
import type { Slice } from '../../../src-shared/domain/study.ts';
import { bodyMidlineMm } from '../lungs/body-midline.ts';
import { decodeSlice } from '../volume/decode-slice.ts';
import { encodeTabulatedPng } from './encode-png.ts';
import type { PreparedSlice } from './prepared-slice.ts';
import { scaleTables } from '../volume/scale-tables.ts';
import { sliceAffine } from '../volume/slice-affine.ts';

/**
 * Turns a slice of a CT series into its lung-windowed picture; runs in a worker.
 *
 * Stored bits become grey levels in one lookup on their way into the PNG; Hounsfield units are made only where the midline
 * looks for them.
 *
 * @param slice - As assessed; its file must still be the one that was inspected.
 * @throws {AppError} 'file-unreadable', 'file-changed', 'rescale-missing', 'geometry-missing', 'transfer-syntax-unsupported',
 *   'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function prepareSlice(slice: Slice): Promise<PreparedSlice> {
  const { rows, columns } = slice.header;
  const affine = sliceAffine(slice.header);
  const { bits, scale } = await decodeSlice(slice);
  const { grey, hounsfield } = scaleTables(scale);
  const png = await encodeTabulatedPng(bits, grey, columns, rows);
  return {
    sopInstanceUid: slice.sopInstanceUid,
    png,
    sha256: sha256Of(png),
    columns,
    rows,
    affine,
    bodyMidlineMm: bodyMidlineMm({ columns, rows, hounsfieldAt: (index) => hounsfield[bits[index] ?? 0] ?? 0 }, affine),
  };
}
