import type { Problem } from '../../src-shared/domain/errors.ts';
import { problemOf } from '../../src-shared/domain/errors.ts';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { checkHeader } from './check-header.ts';
import { parseDataSet } from './data-set.ts';
import type { DataSet } from './data-set.ts';
import type { DataElement } from './element-walk.ts';
import { openPart10 } from './part10.ts';
import type { DicomSource } from './part10.ts';
import { readHeader, readSopInstanceUid } from './read-header.ts';

/** An image as far as its header tells; whether its pixels are whole is not known yet. */
export interface OpenedHeader {
  readonly source: DicomSource;
  readonly dataSet: DataSet;
  /** Pixel Data (7FE0,0010). */
  readonly pixelData: DataElement;
  readonly header: InstanceHeader;
}

/** What is no image: something else than DICOM, or DICOM with a fault. */
export type NoImage =
  | { readonly kind: 'not-dicom' }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly header: InstanceHeader | null };

/** What the beginning of a file turned out to be. */
export type HeaderOpening = { readonly kind: 'header'; readonly opened: OpenedHeader } | NoImage;

/**
 * Parses a file up to its Pixel Data; never throws.
 *
 * @param bytes - Of the file, at least up to Pixel Data: with fewer it is 'file-truncated', 'dicom-malformed' or 'pixel-data-missing'.
 */
export function openHeader(bytes: Uint8Array): HeaderOpening {
  let source: DicomSource | null;
  try {
    source = openPart10(bytes);
  } catch (thrown) {
    return { kind: 'problem', problem: problemOf(thrown), header: null };
  }
  if (source === null) return { kind: 'not-dicom' };
  const parsed = parseDataSet(source);
  const { dataSet, pixelData, fault } = parsed;
  const found = readHeader(dataSet, source.transferSyntaxUid, fault === 'truncated' || pixelData === null);
  if (found === null && !source.isPart10 && !dataSet.elements.has(0x00080016)) return { kind: 'not-dicom' };
  try {
    return { kind: 'header', opened: { source, dataSet, ...checkHeader(parsed, found) } };
  } catch (thrown) {
    return faulty(thrown, found, found?.sopInstanceUid ?? readSopInstanceUid(dataSet));
  }
}

/**
 * The problem of an image.
 *
 * @param thrown - What was thrown about it.
 * @param header - As far as it could be read.
 * @param sopInstanceUid - Names the image, also where there is no header.
 */
export function faulty(thrown: unknown, header: InstanceHeader | null, sopInstanceUid: string | null): NoImage {
  const problem = problemOf(thrown);
  return { kind: 'problem', problem: sopInstanceUid === null ? problem : { ...problem, sopInstanceUid }, header };
}
