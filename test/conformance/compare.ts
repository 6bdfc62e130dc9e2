import { createHash } from 'node:crypto';
import { decodeInstanceFrame, readInstance } from '../../src-main/dicom/read-instance.ts';
import { inspectFile } from '../../src-main/dicom/inspect-file.ts';
import type { Problem } from '../../src-shared/domain/errors.ts';
import { problemOf } from '../../src-shared/domain/errors.ts';
import type { Reference } from './references.ts';

/** How LungDesk's pixels of one file compare with the reference's. */
export interface Comparison {
  readonly file: string;
  /** Of the file, else as the list says it. */
  readonly transferSyntaxUid: string;
  readonly outcome: 'exact' | 'wrong' | 'unverified' | 'refused';
  /** Why it was refused. */
  readonly problem: Problem | null;
}

/**
 * Decodes all frames of a file and compares their MD5 sum with the reference.
 *
 * @param reference - Of the file.
 * @returns 'unverified' when it decodes and no reference exists; never rejects.
 */
export async function compareFile(reference: Reference): Promise<Comparison> {
  const { file } = reference;
  const inspection = await inspectFile(reference.path);
  if (inspection.kind === 'not-dicom') {
    const problem = { code: 'file-not-dicom', message: 'the file is not DICOM' } as const;
    return { file, transferSyntaxUid: reference.transferSyntaxUid, outcome: 'refused', problem };
  }
  if (inspection.kind === 'problem') {
    const transferSyntaxUid = inspection.header?.transferSyntaxUid ?? reference.transferSyntaxUid;
    return { file, transferSyntaxUid, outcome: 'refused', problem: inspection.problem };
  }
  const { header } = inspection.file;
  const { transferSyntaxUid } = header;
  const md5 = createHash('md5');
  let bytes = 0;
  try {
    const instance = await readInstance(reference.path, inspection.file);
    for (let frame = 0; frame < header.numberOfFrames; frame += 1) {
      const pixels = await decodeInstanceFrame(instance, frame);
      md5.update(pixels);
      bytes += pixels.length;
    }
  } catch (thrown) {
    return { file, transferSyntaxUid, outcome: 'refused', problem: problemOf(thrown) };
  }
  // Some references are sums over the element's value, which is padded to an even length.
  const sums = [md5.copy().digest('hex'), ...(bytes % 2 === 1 ? [md5.update(Uint8Array.of(0)).digest('hex')] : [])];
  const outcome = reference.md5.length === 0 ? 'unverified' : reference.md5.some((sum) => sums.includes(sum)) ? 'exact' : 'wrong';
  return { file, transferSyntaxUid, outcome, problem: null };
}
