import type { Slice } from '../../src-shared/domain/study.ts';
import { assessStudy } from '../dicom/assess-study.ts';
import { sliceVoxels } from '../imaging/volume/ct-volume.ts';
import type { ImagingPool } from '../workers/imaging-pool.ts';
import { volumeKey } from '../workers/volume-store.ts';
import type { VolumeStore } from '../workers/volume-store.ts';
import type { PictureTokens } from '../reading/picture-tokens.ts';
import type { Database } from '../store/open-database.ts';
import type { PictureStore } from '../store/picture-store.ts';
import { findReading } from '../store/reading-table.ts';
import { findStudy, listInstances } from '../store/study-table.ts';
import { findSlice } from '../store/slice-table.ts';
import type { StoredSlice } from '../store/slice-table.ts';
import type { Picture } from '../workstation-port.ts';

/** Where pictures come from. */
export interface PictureParts {
  readonly database: Database;
  readonly pool: Pick<ImagingPool, 'run'>;
  readonly volumes: Pick<VolumeStore, 'find'>;
  readonly pictures: PictureStore;
  readonly tokens: PictureTokens;
}

/**
 * Opens the way from the window's tokens to pictures: a slice's CT numbers as Int16 little endian, a PNG that is sent, or the close
 * look at a candidate.
 *
 * @returns What a token stands for; null for one that nobody was given, and for a picture that is not there yet or any more.
 *   Rejects with what reading the slice rejects with (file gone, damaged).
 */
export function createPictureFinder(parts: PictureParts): (token: string) => Promise<Picture | null> {
  const chosenSeries = createSeriesMemory(parts.database);

  async function hounsfieldOf(studyId: string, stored: StoredSlice): Promise<Picture | null> {
    const series = await chosenSeries(studyId);
    const slice = series?.slices[stored.sliceIndex];
    if (series === null || slice === undefined || slice.sopInstanceUid !== stored.sopInstanceUid) return null;
    const volume = parts.volumes.find(series.key);
    const isThere = volume?.slices[stored.sliceIndex]?.problem === null;
    const pixels = volume !== null && isThere ? sliceVoxels(volume, stored.sliceIndex).slice() : (await parts.pool.run('hounsfield', slice)).pixels;
    return { contentType: 'application/octet-stream', bytes: new Uint8Array(pixels.buffer) };
  }

  async function pngOf(sha256: string): Promise<Picture | null> {
    const bytes = await parts.pictures.get(sha256);
    return bytes === null ? null : { contentType: 'image/png', bytes };
  }

  return async (token) => {
    const wanted = parts.tokens.find(token);
    if (wanted === null) return null;
    if (wanted.kind === 'stored') return pngOf(wanted.sha256);
    const slice = await findSlice(parts.database, wanted.readingId, wanted.sliceIndex);
    const reading = await findReading(parts.database, wanted.readingId);
    return slice === null || reading === null ? null : hounsfieldOf(reading.studyId, slice);
  };
}

interface SeriesToShow {
  readonly slices: readonly Slice[];
  /** Of its volume. */
  readonly key: string;
}

/** Remembers the series that was shown last: a person scrolls through one exam, slice by slice. */
function createSeriesMemory(database: Database): (studyId: string) => Promise<SeriesToShow | null> {
  let last: { readonly study: string; readonly series: Promise<SeriesToShow | null> } | null = null;

  async function assess(studyId: string): Promise<SeriesToShow | null> {
    const { chosen } = assessStudy(await listInstances(database, studyId));
    return chosen === null ? null : { slices: chosen.slices, key: volumeKey(chosen.slices) };
  }

  return async (studyId) => {
    // An exam that was moved has its files elsewhere.
    const study = `${studyId} ${(await findStudy(database, studyId)).sourcePath}`;
    if (last?.study !== study) last = { study, series: assess(studyId) };
    try {
      return await last.series;
    } catch (thrown) {
      last = null;
      throw thrown;
    }
  };
}
