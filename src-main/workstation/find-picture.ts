import type { ImagingPool } from '../imaging/imaging-pool.ts';
import type { PictureTokens } from '../reading/picture-tokens.ts';
import type { Database } from '../store/open-database.ts';
import type { PictureStore } from '../store/picture-store.ts';
import { findReading } from '../store/reading-table.ts';
import { findInstance } from '../store/study-table.ts';
import { findTile } from '../store/tile-table.ts';
import type { Picture } from '../workstation-port.ts';

/** Where pictures come from. */
export interface PictureParts {
  readonly database: Database;
  readonly pool: Pick<ImagingPool, 'hounsfield'>;
  readonly pictures: PictureStore;
  readonly tokens: PictureTokens;
}

/**
 * The picture a token stands for: the PNG that is sent, or the slice's CT numbers as Int16 little endian.
 *
 * @returns null for a token nobody was given, and for a picture that is not there yet or any more.
 * @throws {AppError} what reading the slice rejects with (file gone, damaged).
 */
export async function findPicture(parts: PictureParts, token: string): Promise<Picture | null> {
  const wanted = parts.tokens.find(token);
  if (wanted === null) return null;
  const tile = await findTile(parts.database, wanted.readingId, wanted.sliceIndex);
  const reading = await findReading(parts.database, wanted.readingId);
  if (tile === null || reading === null) return null;
  if (wanted.kind === 'tile') {
    const bytes = tile.pngSha256 === null ? null : await parts.pictures.get(tile.pngSha256);
    return bytes === null ? null : { contentType: 'image/png', bytes };
  }
  const file = await findInstance(parts.database, reading.studyId, tile.sopInstanceUid);
  if (file === null) return null;
  const { header } = file;
  const { pixels } = await parts.pool.hounsfield({
    sopInstanceUid: tile.sopInstanceUid,
    frameNumber: 1,
    path: file.path,
    positionMm: tile.positionMm,
    instanceNumber: tile.instanceNumber,
    pixelSha256: file.pixelSha256,
    header,
  });
  return { contentType: 'application/octet-stream', bytes: new Uint8Array(pixels.buffer) };
}
