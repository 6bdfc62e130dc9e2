import type { Slice } from '../../../src-shared/domain/study.ts';
import { decodeSlice } from './decode-slice.ts';
import { lookUpHounsfield } from './hounsfield.ts';
import type { HounsfieldSlice } from '../pictures/prepared-slice.ts';
import { scaleTables } from './scale-tables.ts';

/**
 * Reads the Hounsfield units of a slice; runs in a worker.
 *
 * @param slice - As assessed.
 * @throws {AppError} As prepareSlice, except for geometry.
 */
export async function readHounsfield(slice: Slice): Promise<HounsfieldSlice> {
  const { rows, columns } = slice.header;
  const { bits, scale } = await decodeSlice(slice);
  return { pixels: lookUpHounsfield(bits, scaleTables(scale).hounsfield), rows, columns };
}
