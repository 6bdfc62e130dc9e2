import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FileInspection, Slice } from '../../src-shared/domain/study.ts';

// Prepares a folder of CT slices: 'pool' and 'single' as LungDesk does (every file inspected and hashed, put in order, then read,
// verified, windowed, encoded, hashed), 'plain' as its peers do (every file read once, windowed, encoded).
// usage: slice-to-png-once.ts <folder> pool|single|plain [<folder for the PNGs>]
const [folder = '', way = 'pool', target] = process.argv.slice(2);
const paths = readdirSync(folder).map((name) => join(folder, name));
let pngBytes = 0;
let slices = 0;

if (way === 'pool') {
  const { createImagingPool } = await import('../../src-main/workers/imaging-pool.ts');
  const pool = createImagingPool();
  const chosen = await chooseSlices(await Promise.all(paths.map((path) => pool.run('inspect', path))));
  await Promise.all(chosen.map(async (slice) => take(slice.path, (await pool.run('prepare', slice)).png)));
  await pool.close();
} else if (way === 'single') {
  const { inspectFile } = await import('../../src-main/dicom/inspect-file.ts');
  const { prepareSlice } = await import('../../src-main/imaging/pictures/prepare-slice.ts');
  const inspections: FileInspection[] = [];
  for (const path of paths) inspections.push(await inspectFile(path));
  for (const slice of await chooseSlices(inspections)) take(slice.path, (await prepareSlice(slice)).png);
} else {
  const { openInstance } = await import('../../src-main/dicom/open-instance.ts');
  const { decodeFrameOf } = await import('../../src-main/imaging/volume/decode-slice.ts');
  const { encodeTabulatedPng } = await import('../../src-main/imaging/pictures/encode-png.ts');
  const { scaleTables } = await import('../../src-main/imaging/volume/scale-tables.ts');
  for (const path of paths) {
    const opening = openInstance(readFileSync(path));
    if (opening.kind !== 'instance') throw new Error(`${path} is no image`);
    const { header } = opening.instance;
    const { bits, scale } = await decodeFrameOf(opening.instance, { header, frameNumber: 1 } as Slice);
    take(path, await encodeTabulatedPng(bits, scaleTables(scale).grey, header.columns, header.rows));
  }
}
process.stdout.write(`${JSON.stringify({ slices, pngBytes })}\n`);

async function chooseSlices(inspections: readonly FileInspection[]): Promise<readonly Slice[]> {
  const { assessStudy } = await import('../../src-main/dicom/assess-study.ts');
  const files = inspections.flatMap((inspection) => (inspection.kind === 'instance' ? [inspection.file] : []));
  return assessStudy(files).chosen?.slices ?? [];
}

function take(path: string, png: Uint8Array<ArrayBuffer>): void {
  Buffer.from(png.buffer, png.byteOffset, png.length).toString('base64');
  slices += 1;
  pngBytes += png.length;
  if (target !== undefined) writeFileSync(join(target, `${basename(path)}.png`), png);
}
