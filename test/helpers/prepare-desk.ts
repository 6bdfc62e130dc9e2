import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import type { PreparedManifest, PreparedPicture } from '../../src-main/prepare/manifest.ts';
import { prepareFolder } from '../../src-main/prepare/prepare-folder.ts';
import type { PrepareRequest } from '../../src-main/prepare/prepare-request.ts';
import { temporaryFolder } from './fresh-database.ts';

/** What a run of prepareFolder left behind. */
export interface PreparedRun {
  readonly out: string;
  readonly manifest: PreparedManifest;
  readonly told: readonly string[];
  readonly pictures: readonly PreparedPicture[];
  /** Files below the output folder, sorted. */
  readonly files: readonly string[];
}

/** Worker threads take longer to start than a phantom to prepare: one pool for the file's tests. */
const pool = createImagingPool({ size: 2 });
afterAll(() => pool.close());

/** Prepares a folder with real worker threads. */
export async function prepared(folder: string, differing: Partial<PrepareRequest> = {}, signal = new AbortController().signal): Promise<PreparedRun> {
  const out = differing.out ?? join(temporaryFolder(), 'out');
  const told: string[] = [];
  const manifest = await prepareFolder(
    { pool, clock: systemClock, signal, tell: (line) => { told.push(line); } },
    { folder, mode: 'slabs', format: 'png', slabMm: 10, stepMm: 5, projection: 'maximum', sheetPixels: 1092, withUids: false, overwrite: false, ...differing, out },
  );
  return { out, manifest, told, pictures: manifest.exams.flatMap(({ pictures }) => pictures), files: filesIn(out) };
}

/** All files below a folder, parts joined by '/', sorted. */
export function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/')).sort();
}

/** SHA-256 of a file, hex. */
export function fileSha256(...parts: readonly string[]): string {
  return createHash('sha256').update(readFileSync(join(...parts))).digest('hex');
}
