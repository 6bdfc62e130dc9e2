import { createHash } from 'node:crypto';
import type { Slice } from '../../src-shared/domain/study.ts';
import { decodeInstanceFrame, readInstance } from '../dicom/read-instance.ts';
import { bodyMidlineMm } from './body-midline.ts';
import { encodeGreyPng } from './encode-png.ts';
import { hounsfieldTable, lookUpHounsfield, modalityScale, storedBits } from './hounsfield.ts';
import type { ModalityScale } from './hounsfield.ts';
import type { HounsfieldSlice, PreparedSlice } from './prepared-slice.ts';
import { sliceAffine } from './slice-affine.ts';
import { lungWindow, windowTable } from './voi.ts';

/**
 * Turns a slice of a CT series into its lung-windowed picture; runs in a worker.
 *
 * @param slice - As assessed; its file must still be the one that was inspected.
 * @throws {AppError} 'file-unreadable', 'file-changed', 'rescale-missing', 'geometry-missing', 'transfer-syntax-unsupported',
 *   'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function prepareSlice(slice: Slice): Promise<PreparedSlice> {
  const { rows, columns } = slice.header;
  const affine = sliceAffine(slice.header);
  const { bits, tables } = await decodeSlice(slice);
  const { hounsfield, grey, huMin, huMax } = render(bits, tables);
  const png = await encodeGreyPng(grey, columns, rows);
  return {
    sopInstanceUid: slice.sopInstanceUid,
    png,
    sha256: createHash('sha256').update(png).digest('hex'),
    columns,
    rows,
    affine,
    huMin,
    huMax,
    bodyMidlineMm: bodyMidlineMm(hounsfield, columns, affine),
  };
}

/**
 * Reads the Hounsfield units of a slice; runs in a worker.
 *
 * @param slice - As assessed.
 * @throws {AppError} As prepareSlice, except for geometry.
 */
export async function readHounsfield(slice: Slice): Promise<HounsfieldSlice> {
  const { rows, columns } = slice.header;
  const { bits, tables } = await decodeSlice(slice);
  return { pixels: lookUpHounsfield(bits, tables.hounsfield), rows, columns };
}

async function decodeSlice(slice: Slice): Promise<{ readonly bits: Uint16Array; readonly tables: Tables }> {
  const scale = modalityScale(slice.header);
  const instance = await readInstance(slice.path, slice);
  const pixels = await decodeInstanceFrame(instance, 0);
  const bits = storedBits(pixels, scale).subarray(0, slice.header.rows * slice.header.columns);
  return { bits, tables: tablesOf(scale) };
}

interface Tables {
  readonly key: string;
  readonly hounsfield: Int16Array;
  readonly grey: Uint8Array;
}

let lastTables: Tables | null = null;

/** The slices of a series share their scale: tables are made once. */
function tablesOf(scale: ModalityScale): Tables {
  const key = JSON.stringify(scale);
  if (lastTables?.key !== key) lastTables = { key, hounsfield: hounsfieldTable(scale), grey: windowTable(scale, lungWindow) };
  return lastTables;
}

/** HU, grey levels and extremes in one pass: a slice has a quarter of a million pixels. */
function render(bits: Uint16Array, tables: Tables): {
  readonly hounsfield: Int16Array;
  readonly grey: Uint8Array;
  readonly huMin: number;
  readonly huMax: number;
} {
  const hounsfield = new Int16Array(bits.length);
  const grey = new Uint8Array(bits.length);
  let huMin = 32767;
  let huMax = -32768;
  for (let index = 0; index < bits.length; index += 1) {
    const stored = bits[index] ?? 0;
    const value = tables.hounsfield[stored] ?? 0;
    hounsfield[index] = value;
    grey[index] = tables.grey[stored] ?? 0;
    if (value < huMin) huMin = value;
    if (value > huMax) huMax = value;
  }
  return { hounsfield, grey, huMin, huMax };
}
