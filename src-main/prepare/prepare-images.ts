import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode, Problem } from '../../src-shared/domain/errors.ts';
import type { InstanceFile } from '../../src-shared/domain/study.ts';
import type { PreparedPicture } from './manifest.ts';
import type { ExamOutput } from './prepare-ct.ts';
import { forAll, pictureFormat, pictureName } from './prepare-request.ts';
import type { PrepareDesk, PrepareRequest } from './prepare-request.ts';

/** Radiographs, mammograms and MR: images that are looked at one by one. */
const imageModalities: ReadonlySet<string> = new Set(['CR', 'DX', 'MG', 'MR']);
/** Faults of this machine or of the output; everything else is a fault of the image. */
const fatalCodes: readonly ErrorCode[] = ['imaging-busy', 'cancelled', 'output-full', 'file-not-saved'];

/** What came of the single images of an exam. */
export interface ImagePictures {
  readonly pictures: readonly PreparedPicture[];
  readonly problems: readonly Problem[];
}

/**
 * Whether a file is a single image that is prepared for itself.
 *
 * @param file - Of any kind.
 */
export function isSingleImage({ header }: InstanceFile): boolean {
  return imageModalities.has(header.modality);
}

/**
 * Prepares single images, each frame as its writer meant it to be shown, at native pixels.
 *
 * Images whose header says that text or a face is in the pixels are left out, since they may identify the patient.
 *
 * @param desk - Worker threads.
 * @param request - What is asked for.
 * @param files - Single images of one exam.
 * @param target - Where pictures are written.
 * @throws {AppError} 'output-full', 'file-not-saved', or a fault of the machine.
 */
export async function prepareImages(
  { pool, signal, tell }: PrepareDesk, { format, withUids }: PrepareRequest, files: readonly InstanceFile[], { output, folder }: ExamOutput,
): Promise<ImagePictures> {
  const shown = files.filter(({ header }) => header.burnedInAnnotation !== 'YES' && header.recognizableVisualFeatures !== 'YES');
  const frames = shown.toSorted(inReadingOrder).flatMap((file) => (
    Array.from({ length: Math.max(1, file.header.numberOfFrames) }, (_, index) => ({ file, frameNumber: index + 1 }))
  ));
  if (frames.length > 0) tell(`writing ${frames.length} single ${frames.length === 1 ? 'image' : 'images'}`);
  const pictures: (PreparedPicture | undefined)[] = [];
  const problems: Problem[] = files.filter((file) => !shown.includes(file)).map(({ header: { sopInstanceUid } }) => (
    { code: 'instance-set-aside', message: 'an image says that text or a face is in its pixels, which may identify the patient', sopInstanceUid }
  ));
  await forAll([...frames.entries()], signal, async ([index, { file, frameNumber }], given) => {
    const { modality, sopInstanceUid } = file.header;
    try {
      const { columns, rows, affine, spacing, bytes, sha256 } = await pool.run('image-picture', { file, frameNumber, format: pictureFormat(format) }, given);
      const name = pictureName(folder, 'image', index + 1, format);
      await output.write(name, bytes);
      const place = affine === null ? null : { affine, thicknessMm: file.header.sliceThickness, positionMm: null, sliceIndices: [], undecodedSlices: [], touchesGap: false };
      pictures[index] = {
        file: name, sha256, sizeBytes: bytes.length, columns, rows, role: 'image', window: null, place, modality, spacing,
        ...(withUids ? { sopInstanceUid } : {}),
      };
    } catch (thrown) {
      if (given.aborted || (thrown instanceof AppError && fatalCodes.includes(thrown.code))) throw thrown;
      problems.push({ ...problemOf(thrown), sopInstanceUid });
    }
  });
  return { pictures: pictures.filter((picture) => picture !== undefined), problems };
}

/** By number, then by content, so that the same folder gives the same names however its files are called. */
function inReadingOrder({ header: a, pixelSha256: hashA }: InstanceFile, { header: b, pixelSha256: hashB }: InstanceFile): number {
  return (
    (a.seriesNumber ?? 0) - (b.seriesNumber ?? 0)
    || (a.instanceNumber ?? 0) - (b.instanceNumber ?? 0)
    || (a.sopInstanceUid < b.sopInstanceUid ? -1 : a.sopInstanceUid > b.sopInstanceUid ? 1 : hashA < hashB ? -1 : 1)
  );
}
