import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import { sharedData } from '../helpers/shared-data.ts';
import { interpolateSlice } from './interpolate-slice.ts';
import { cacheFolder, hasProgram } from './peers.ts';

/** Slices of the series that the benchmarks are made on. */
export const sliceCount = 300;
/** Files of the folder that is indexed. */
export const indexedFiles = 1000;
/** One slice in three is encoded for the codec rows. */
const encodedEvery = 3;

interface SourceSlice {
  readonly dataSet: DataSet;
  readonly z: number;
  readonly pixels: Int16Array;
}

/**
 * Makes the series of 300 slices from dev-ct-lidc-0001, resampled along z, once; every checkout makes the same bytes.
 *
 * @returns Folder of Explicit Little Endian files; null where the data set is absent.
 */
export function makeSeries(): string | null {
  const data = sharedData('dev-ct-lidc-0001');
  if (data === null) return null;
  return makeOnce('native', (folder) => {
    const source = readdirSync(join(data, 'series')).map((name) => readSource(join(data, 'series', name))).sort((a, b) => a.z - b.z);
    for (let index = 0; index < sliceCount; index += 1) {
      writeFileSync(join(folder, `${String(index + 1).padStart(3, '0')}.dcm`), resample(source, index));
    }
  });
}

/**
 * Makes a folder of 1,000 files out of the series: the same files under several names.
 *
 * @param series - Folder of makeSeries.
 */
export function makeIndexFolder(series: string): string {
  return makeOnce('index', (folder) => {
    const names = readdirSync(series).sort();
    for (let index = 0; index < indexedFiles; index += 1) {
      linkSync(join(series, names[index % names.length] ?? ''), join(folder, `${String(index + 1).padStart(4, '0')}.dcm`));
    }
  });
}

const encoders = {
  'jpeg-lossless': { program: 'dcmcjpeg', options: ['+un'], install: 'apt-get install dcmtk' },
  'jpeg-ls': { program: 'dcmcjpls', options: ['+un'], install: 'apt-get install dcmtk' },
  rle: { program: 'dcmcrle', options: [], install: 'apt-get install dcmtk' },
  'jpeg-2000': { program: 'gdcmconv', options: ['--j2k'], install: 'apt-get install libgdcm-tools' },
} as const;

/** The lossless encodings that decoding is measured on. */
export const encodings = Object.keys(encoders) as readonly (keyof typeof encoders)[];

/**
 * Encodes every third slice of the series without loss, once, with DCMTK or GDCM.
 *
 * @param series - Folder of makeSeries.
 * @param encoding - Which.
 * @returns Folder; null, said in one line, when the encoder is absent.
 */
export function encodeSeries(series: string, encoding: keyof typeof encoders): string | null {
  const { program, options, install } = encoders[encoding];
  if (!hasProgram(program, install)) return null;
  return makeOnce(encoding, (folder) => {
    const names = readdirSync(series).sort().filter((_, index) => index % encodedEvery === 0);
    for (const name of names) {
      const { status, stderr } = spawnSync(program, [...options, join(series, name), join(folder, name)], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${program}: ${stderr}`);
    }
  });
}

/** A folder appears under its name only when it is complete. */
function makeOnce(name: string, fill: (folder: string) => void): string {
  const made = join(cacheFolder, `series-${String(sliceCount)}`, name);
  if (existsSync(made)) return made;
  process.stderr.write(`bench: making ${name}\n`);
  rmSync(`${made}.part`, { recursive: true, force: true });
  mkdirSync(`${made}.part`, { recursive: true });
  fill(`${made}.part`);
  renameSync(`${made}.part`, made);
  return made;
}

function readSource(path: string): SourceSlice {
  const bytes = readFileSync(path);
  const dataSet = dicomParser.parseDicom(bytes);
  const element = dataSet.elements['x7fe00010']!;
  const pixels = new Int16Array(bytes.buffer.slice(bytes.byteOffset + element.dataOffset, bytes.byteOffset + element.dataOffset + element.length));
  return { dataSet, z: dataSet.floatString('x00200032', 2)!, pixels };
}

function resample(source: readonly SourceSlice[], index: number): Buffer {
  const position = (index * (source.length - 1)) / (sliceCount - 1);
  const lower = Math.min(Math.floor(position), source.length - 2);
  const share = position - lower;
  const [below, above] = [source[lower]!, source[lower + 1]!];
  const z = below.z + (above.z - below.z) * share;
  const { dataSet } = share < 0.5 ? below : above;
  const [x, y] = [dataSet.floatString('x00200032', 0)!, dataSet.floatString('x00200032', 1)!];
  const spacing = (source.at(-1)!.z - source[0]!.z) / (sliceCount - 1);
  const uid = madeUid(`slice ${String(index)}`);
  const pixels = interpolateSlice(below.pixels, above.pixels, share, dataSet.uint16('x00280011')!);
  return rewrite(dataSet, new Map([
    ['x00020003', text(uid)], ['x00080018', text(uid)], ['x0020000d', text(madeUid('study'))], ['x0020000e', text(madeUid('series'))],
    ['x00180050', text(spacing.toFixed(6))], ['x00200013', text(String(index + 1))],
    ['x00200032', text([x, y, z].map((value) => value.toFixed(6)).join('\\'))], ['x00201041', text(z.toFixed(6))],
    ['x7fe00010', Buffer.from(pixels.buffer)],
  ]));
}

/** 2.25 is the root for UIDs made of a 128-bit number (DICOM PS3.5 B.2). */
function madeUid(name: string): string {
  return `2.25.${String(BigInt(`0x${createHash('sha256').update(`lungdesk bench ${name}`).digest('hex').slice(0, 32)}`))}`;
}

function text(value: string): Buffer {
  return Buffer.from(value);
}

/** Replaces values of an Explicit Little Endian file; all other elements stay as the scanner wrote them. */
function rewrite({ byteArray, elements }: DataSet, values: ReadonlyMap<string, Buffer>): Buffer {
  const source = Buffer.from(byteArray.buffer, byteArray.byteOffset, byteArray.byteLength);
  const parts = Object.values(elements).toSorted((a, b) => a.dataOffset - b.dataOffset).map(({ tag, vr, dataOffset, length }) => {
    const isLong = ['OB', 'OW', 'SQ', 'UN', 'UT'].includes(vr ?? '');
    const head = Buffer.from(source.subarray(dataOffset - (isLong ? 12 : 8), dataOffset));
    const given = values.get(tag);
    if (given === undefined) return { tag, bytes: Buffer.concat([head, source.subarray(dataOffset, dataOffset + length)]) };
    const value = given.length % 2 === 0 ? given : Buffer.concat([given, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
    if (isLong) head.writeUInt32LE(value.length, 8);
    else head.writeUInt16LE(value.length, 6);
    return { tag, bytes: Buffer.concat([head, value]) };
  });
  const [length, ...meta] = parts.filter(({ tag }) => tag < 'x0003').map(({ bytes }) => bytes);
  length!.writeUInt32LE(Buffer.concat(meta).length, 8);
  return Buffer.concat([source.subarray(0, 132), ...parts.map(({ bytes }) => bytes)]);
}

if (import.meta.main) process.stdout.write(`${makeSeries() ?? 'skipped'}\n`);
