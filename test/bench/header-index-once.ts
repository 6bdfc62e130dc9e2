import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Reads the headers of a folder; 'inspect' reads and hashes the whole files, as LungDesk does before an exam is read.
// usage: header-index-once.ts <folder> index|inspect|dicom-parser
const [folder = '', way = 'index'] = process.argv.slice(2);
const paths = readdirSync(folder).map((name) => join(folder, name));
const count = { index: countIndexed, inspect: countInspected, 'dicom-parser': countWithDicomParser }[way];
process.stdout.write(`${String(await count?.())}\n`);

async function countIndexed(): Promise<number> {
  const { indexFile } = await import('../../src-main/dicom/index-file.ts');
  return paths.filter((path) => indexFile(path).kind === 'instance').length;
}

async function countInspected(): Promise<number> {
  const { createImagingPool } = await import('../../src-main/workers/imaging-pool.ts');
  const pool = createImagingPool();
  const inspections = await Promise.all(paths.map((path) => pool.run('inspect', path)));
  await pool.close();
  return inspections.filter(({ kind }) => kind === 'instance').length;
}

/** What a person would write in an hour: the first 64 KiB of each file, and the attributes that sort and order slices, as text. */
async function countWithDicomParser(): Promise<number> {
  const { default: dicomParser } = await import('dicom-parser');
  const start = Buffer.alloc(64 * 1024);
  const tags = ['x0020000d', 'x0020000e', 'x00080018', 'x00200032', 'x00200037', 'x00280030'];
  return paths.filter((path) => {
    const file = openSync(path, 'r');
    const length = readSync(file, start, 0, start.length, 0);
    closeSync(file);
    const dataSet = dicomParser.parseDicom(start.subarray(0, length), { untilTag: 'x7fe00010' });
    return tags.map((tag) => dataSet.string(tag)).every((value) => value !== undefined);
  }).length;
}
