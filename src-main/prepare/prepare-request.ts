import type { PictureFormat } from '../imaging/pictures/encode-picture.ts';
import type { ImagingPool } from '../workers/imaging-pool.ts';
import type { ProjectionMode } from '../imaging/pictures/slab-runs.ts';
import type { Clock } from '../platform/clock.ts';
import type { PrepareFormat, PrepareMode } from './manifest.ts';

/** What a person asks to be prepared. */
export interface PrepareRequest {
  /** Absolute paths. */
  readonly folder: string;
  readonly out: string;
  readonly mode: PrepareMode;
  readonly format: PrepareFormat;
  readonly slabMm: number;
  readonly stepMm: number;
  readonly projection: ProjectionMode;
  /** Longest side of a sheet, pixels; a larger tile makes a larger sheet. */
  readonly sheetPixels: number;
  readonly withUids: boolean;
  readonly overwrite: boolean;
}

/** What preparing works with. */
export interface PrepareDesk {
  readonly pool: Pick<ImagingPool, 'run'>;
  readonly clock: Clock;
  /** Told what is being done, for a person who waits. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

const jpegQuality = 90;

/** How a format is encoded: WebP without loss, JPEG at quality 90. */
export function pictureFormat(format: PrepareFormat): PictureFormat {
  if (format === 'png') return { type: 'png' };
  return format === 'webp' ? { type: 'webp-lossless' } : { type: 'jpeg', quality: jpegQuality };
}

/**
 * Neutral name of a picture: what it is and its number, never anything of the patient.
 *
 * @param folder - exam-1 and so on, or empty.
 * @param kind - slice, slab, sheet or image.
 * @param number - From 1.
 * @param format - Gives the ending.
 * @param suffix - After the number.
 */
export function pictureName(folder: string, kind: 'slice' | 'slab' | 'sheet' | 'image', number: number, format: PrepareFormat, suffix = ''): string {
  const ending = format === 'jpeg' ? 'jpg' : format;
  const name = `${kind}-${String(number).padStart(4, '0')}${suffix}.${ending}`;
  return folder === '' ? name : `${folder}/${name}`;
}

/**
 * Runs work on all items at once and fails with the first fault, after everything has come to rest.
 *
 * @param items - One job each.
 * @param signal - Calls all of them off.
 * @param work - Given a signal that a fault of another item aborts too.
 */
export async function forAll<Item>(items: readonly Item[], signal: AbortSignal, work: (item: Item, signal: AbortSignal) => Promise<void>): Promise<void> {
  const fault = new AbortController();
  const given = AbortSignal.any([signal, fault.signal]);
  await Promise.allSettled(items.map((item) => work(item, given).catch((thrown: unknown) => { fault.abort(thrown); })));
  given.throwIfAborted();
}
