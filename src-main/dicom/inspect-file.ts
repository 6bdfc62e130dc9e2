import { problemOf } from '../../src-shared/domain/errors.ts';
import type { FileInspection } from '../../src-shared/domain/study.ts';
import { sha256Of } from '../platform/sha256.ts';
import { notDicomAt } from './not-dicom.ts';
import { openInstance } from './open-instance.ts';
import { looksLikeDicom } from './part10.ts';
import { maxFileBytes } from './pixel-limits.ts';
import { readWholeFile } from './read-whole-file.ts';

/** Holds nearly every slice: what an inspection returns are copies, so one piece of memory serves all inspections of a thread. */
const scratch = new Uint8Array(4 * 1024 * 1024);

/**
 * Looks at one file of any origin: a whole DICOM image, something else, or a DICOM file with a fault; never rejects.
 *
 * Links, pipes, devices and empty files are 'not-dicom' and are not opened. The file is read to its end, its header is
 * parsed and its pixel data is checked to be complete; pixels are hashed as stored and not decoded.
 *
 * @param path - Of the file.
 */
// eslint-disable-next-line @typescript-eslint/require-await -- asynchronous for its callers' sake
export async function inspectFile(path: string): Promise<FileInspection> {
  let bytes: Uint8Array | null;
  try {
    bytes = readWholeFile(path, { maxBytes: maxFileBytes, accept: looksLikeDicom, scratch });
  } catch (thrown) {
    return { kind: 'problem', problem: problemOf(thrown), header: null };
  }
  const opening = bytes === null ? ({ kind: 'not-dicom' } as const) : openInstance(bytes);
  if (opening.kind === 'not-dicom') return notDicomAt(path);
  if (opening.kind !== 'instance') return opening;
  const { header, pixels } = opening.instance;
  return {
    kind: 'instance',
    file: { path, sizeBytes: bytes?.length ?? 0, pixelSha256: sha256Of(pixels.stored), header },
  };
}
