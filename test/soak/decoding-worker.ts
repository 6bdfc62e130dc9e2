import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { inspectFile } from '../../src-main/dicom/inspect-file.ts';
import { decodeInstanceFrame, readInstance } from '../../src-main/dicom/read-instance.ts';
import { AppError } from '../../src-shared/domain/errors.ts';

/** What became of one file: the MD5 sum of its pixels, or the code of the refusal; 'untyped' when anything but an AppError was thrown. */
export type Decoding = { readonly md5: string } | { readonly refusal: string };

parentPort?.on('message', (path: string) => void decode(path).then((decoding) => parentPort?.postMessage(decoding)));

async function decode(path: string): Promise<Decoding> {
  try {
    const inspection = await inspectFile(path);
    if (inspection.kind !== 'instance') return { refusal: inspection.kind === 'problem' ? inspection.problem.code : 'not-dicom' };
    const { header } = inspection.file;
    const instance = await readInstance(path, inspection.file);
    // The size belongs to the picture: the same bytes in other rows are another one.
    const md5 = createHash('md5').update(`${header.rows} ${header.columns} ${header.samplesPerPixel} ${header.bitsAllocated}`);
    for (let frame = 0; frame < header.numberOfFrames; frame += 1) md5.update(await decodeInstanceFrame(instance, frame));
    return { md5: md5.digest('hex') };
  } catch (thrown) {
    return { refusal: thrown instanceof AppError ? thrown.code : 'untyped' };
  }
}
