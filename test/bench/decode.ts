import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../helpers/shared-data.ts';
import { figure, median, printTable, printTarget, times } from './figures.ts';
import { encodeSeries, encodings } from './make-series.ts';
import { measureInTurns } from './measure-process.ts';
import type { MeasuredVariant, Variant } from './measure-process.ts';
import { compilePeer } from './peers.ts';

const repeats = '2';
const onceProgram = fileURLToPath(new URL('./decode-once.ts', import.meta.url));

/** What a program says of itself: time per frame after one pass to warm up. */
interface DecodeFigures {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly checksum: string;
}

/**
 * Measures decoding of one frame in memory, in processes that decode many, in turns; prints a table.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes per variant and encoding.
 */
export function benchDecode(series: string, runs: number): void {
  const dcmtk = compilePeer('dcmtk_decode');
  const gdcm = compilePeer('gdcm_decode');
  const siemens = sharedData('dev-ct-lungpetctdx-a0002');
  const folders: { encoding: string; folder: string | null }[] = encodings.map((encoding) => ({ encoding, folder: encodeSeries(series, encoding) }));
  if (siemens !== null) folders.push({ encoding: 'jpeg-lossless, Siemens exam', folder: join(siemens, 'series') });
  const results = folders.flatMap(({ encoding, folder }) => {
    if (folder === null) return [];
    const files = readdirSync(folder).map((name) => join(folder, name));
    const variants: Variant[] = [{ name: 'LungDesk', command: [process.execPath, onceProgram, repeats, ...files] }];
    // DCMTK as Debian builds it has no JPEG 2000.
    if (dcmtk !== null && encoding !== 'jpeg-2000') variants.push({ name: 'DCMTK', command: [dcmtk, repeats, ...files] });
    if (gdcm !== null) variants.push({ name: 'GDCM', command: [gdcm, repeats, ...files] });
    return resultsOf(encoding, files.length, measureInTurns(variants, runs));
  });
  printTable(
    ['frames', 'decoder', 'wall ms/frame', 'CPU ms/frame', 'wall against LungDesk', 'CPU against LungDesk', 'pixels'],
    results.map(({ encoding, frames, name, wallMs, cpuMs, own, isEqual }) => [
      `${encoding}, ${String(frames)} frames`, name, figure(wallMs), figure(cpuMs), times(wallMs, own.wallMs), times(cpuMs, own.cpuMs),
      isEqual ? 'equal' : 'NOT EQUAL to LungDesk',
    ]),
  );
  for (const { encoding, name, cpuMs, own } of results) {
    if (name === 'DCMTK') printTarget(`CPU of LungDesk against DCMTK, ${encoding}:`, own.cpuMs / cpuMs, { most: 1 });
    if (name === 'GDCM' && encoding === 'jpeg-2000') printTarget(`CPU of LungDesk against GDCM, ${encoding}:`, own.cpuMs / cpuMs, { most: 1.1 });
  }
}

/** Medians of one decoder, and of LungDesk on the same frames. */
interface DecodeResult {
  readonly encoding: string;
  readonly frames: number;
  readonly name: string;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly own: { readonly wallMs: number; readonly cpuMs: number };
  readonly isEqual: boolean;
}

function resultsOf(encoding: string, frames: number, measured: readonly MeasuredVariant[]): readonly DecodeResult[] {
  const medians = measured.map(({ name, runs }) => {
    const figures = runs.map(({ stdout }) => JSON.parse(stdout) as DecodeFigures);
    const of = (value: 'wallMs' | 'cpuMs'): number => median(figures.map((one) => one[value]));
    return { name, checksum: figures[0]?.checksum, wallMs: of('wallMs'), cpuMs: of('cpuMs') };
  });
  const [own] = medians;
  if (own === undefined) return [];
  return medians.map(({ name, wallMs, cpuMs, checksum }) => ({ encoding, frames, name, wallMs, cpuMs, own, isEqual: checksum === own.checksum }));
}
