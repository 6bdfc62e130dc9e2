import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { notDicomAt } from './not-dicom.ts';
import { faulty, openHeader } from './open-header.ts';
import type { HeaderOpening, NoImage, OpenedHeader } from './open-header.ts';
import { looksLikeDicom } from './part10.ts';
import { maxFileBytes } from './pixel-limits.ts';
import { isWhole } from './pixel-value.ts';
import { withRegularFile } from './regular-file.ts';
import type { RegularFile } from './regular-file.ts';

/** An image as its header tells; its pixels were not read, their hash is not known. */
export interface IndexedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly header: InstanceHeader;
  /** Where the value of Pixel Data begins in the file; null in a deflated file, where it has no place. */
  readonly pixelOffset: number | null;
  /** Length of native pixels; null for encapsulated ones, whose end is not known before they are read. */
  readonly pixelBytes: number | null;
}

/** What the beginning of a file told. */
export type FileIndexing = { readonly kind: 'instance'; readonly file: IndexedFile } | NoImage;

/** Headers of CT slices take 2 to 12 KiB; of one that is longer, so many times more is read. */
const firstBytes = 16 * 1024;
const growth = 8;

/** Nearly all files need no more: one buffer serves them, since a header holds copies only. */
const beginning = Buffer.allocUnsafeSlow(firstBytes);

/**
 * Looks at the header of one file of any origin without reading its pixels; the header and the problems are those of inspectFile, but
 * encapsulated pixels that end early are not noticed. Never throws.
 *
 * Blocks its thread, for some tens of microseconds where the disk has the file at hand: asynchronous calls take several times the
 * processor time.
 *
 * @param path - Of the file; links, pipes, devices and empty files are 'not-dicom' and are not opened.
 */
export function indexFile(path: string): FileIndexing {
  try {
    const found = withRegularFile(path, openBeginning);
    if (found === null || found.opening.kind === 'not-dicom') return notDicomAt(path);
    const { opening, sizeBytes } = found;
    return opening.kind === 'header' ? indexed(path, sizeBytes, opening.opened) : opening;
  } catch (thrown) {
    return { kind: 'problem', problem: problemOf(thrown), header: null };
  }
}

function indexed(path: string, sizeBytes: number, { source, pixelData, header }: OpenedHeader): FileIndexing {
  const fileBytes = source.isInflated ? source.bytes.length : sizeBytes;
  if (!pixelData.undefinedLength && !isWhole(pixelData, fileBytes, header)) {
    return faulty(new AppError('pixel-data-truncated', 'the pixel data is shorter than its header says'), header, header.sopInstanceUid);
  }
  const pixelOffset = source.isInflated ? null : pixelData.offset;
  return { kind: 'instance', file: { path, sizeBytes, header, pixelOffset, pixelBytes: pixelData.undefinedLength ? null : pixelData.length } };
}

/** Reads more as long as the header is not complete; a fault that is there in the whole file is one. */
function openBeginning({ sizeBytes, fill }: RegularFile): { readonly opening: HeaderOpening; readonly sizeBytes: number } | null {
  let bytes = beginning.subarray(0, Math.min(sizeBytes, firstBytes));
  for (;;) {
    fill(bytes, 0);
    if (!looksLikeDicom(bytes)) return null;
    if (sizeBytes > maxFileBytes) throw new AppError('image-too-large', 'the file is larger than LungDesk reads');
    const opening = openHeader(bytes);
    if (opening.kind === 'header' || bytes.length === sizeBytes) return { opening, sizeBytes };
    bytes = Buffer.allocUnsafeSlow(Math.min(sizeBytes, bytes.length * growth));
  }
}
