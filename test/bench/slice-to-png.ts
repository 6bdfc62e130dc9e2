import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { figure, median, printTable, printTarget, times } from './figures.ts';
import { measureInTurns, measureProcess } from './measure-process.ts';
import type { MeasuredVariant, Variant } from './measure-process.ts';
import { cacheFolder, compilePeer, hasProgram, hasPython, python } from './peers.ts';

const picturesFolder = join(cacheFolder, 'pictures');
const onceProgram = fileURLToPath(new URL('./slice-to-png-once.ts', import.meta.url));
const referenceProgram = fileURLToPath(new URL('./reference_prepare.py', import.meta.url));
const publishedName = 'Python as published';
const tunedName = 'Python tuned (LUT, deflate 1)';

/** A way of making pictures; its last argument says where they go. */
interface PictureVariant extends Variant {
  readonly commandThatWrites: readonly string[];
}

/**
 * Measures a folder of native slices to lung-windowed PNGs in base64, whole cold processes in turns; prints a table.
 *
 * The first row does what its peers do; the next two, as LungDesk does it for an exam, also hash and verify every file and put the
 * slices in order. dcm2pnm and GDCM write files instead of base64.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes per variant.
 */
export async function benchSliceToPng(series: string, runs: number): Promise<void> {
  const variants = listVariants(series);
  const slices = readdirSync(series).length;
  const differences = await comparePictures(variants, slices);
  const measured = measureInTurns(variants, runs);
  const reference = measured.find(({ name }) => name === publishedName);
  printTable(
    ['variant', 'CPU ms/slice', 'slices/s', 'CPU against LungDesk', 'CPU of the published one against this', 'PNG bytes', 'peak MiB', 'pixels unlike the published picture', 'pixels unlike DICOM LINEAR'],
    measured.map((variant) => {
      const cpu = cpuOf(variant);
      const wall = median(variant.runs.map(({ wallMs }) => wallMs));
      const difference = differences.get(variant.name);
      return [
        variant.name, figure(cpu / slices), figure((slices * 1000) / wall), times(cpu, cpuOf(measured[0])), times(cpuOf(reference), cpu),
        `${figure((difference?.bytes ?? NaN) / slices / 1000)}k`, figure(median(variant.runs.map(({ peakMiB }) => peakMiB))),
        difference?.unlikePublished ?? '-', difference?.unlikeLinear ?? '-',
      ];
    }),
  );
  const own = cpuOf(measured[0]);
  printTarget('CPU of the published pipeline against LungDesk:', cpuOf(reference) / own, { least: 25 });
  printTarget('CPU of the tuned pipeline against LungDesk:', cpuOf(measured.find(({ name }) => name === tunedName)) / own, { least: 6 });
  const bytesOf = (name: string | undefined): number => differences.get(name ?? '')?.bytes ?? NaN;
  printTarget('PNG bytes against the published pipeline:', bytesOf(measured[0]?.name) / bytesOf(reference?.name), { most: 1 });
}

function cpuOf(variant: MeasuredVariant | undefined): number {
  return median((variant?.runs ?? []).map(({ cpuMs }) => cpuMs));
}

function listVariants(series: string): readonly PictureVariant[] {
  const inNode = (name: string, way: string): PictureVariant => withTarget(name, [process.execPath, onceProgram, series, way]);
  const inPython = (name: string, mode: string): PictureVariant => withTarget(name, [python, referenceProgram, mode, series]);
  const variants = [
    inNode('LungDesk, one thread', 'plain'), inNode('LungDesk, one thread, verified and in order', 'single'), inNode('LungDesk, worker pool, verified and in order', 'pool'),
  ];
  if (hasPython()) variants.push(inPython(publishedName, 'published'), inPython(tunedName, 'tuned'));
  if (hasProgram('dcm2pnm', 'apt-get install dcmtk')) {
    const loop = 'for file in "$0"/*; do dcm2pnm -q +on +Ww -600 1500 "$file" "$1/${file##*/}.png" || exit 1; done';
    variants.push(alwaysWriting('dcm2pnm, a process per slice', ['sh', '-c', loop, series]));
  }
  const gdcm = compilePeer('gdcm_png');
  if (gdcm !== null) variants.push(alwaysWriting('GDCM and libpng in C++', ['sh', '-c', 'exec "$0" "$2" "$1"/*', gdcm, series]));
  return variants;
}

function withTarget(name: string, command: readonly string[]): PictureVariant {
  return { name, command, commandThatWrites: [...command, targetOf(name)] };
}

/** Programs that know only files. */
function alwaysWriting(name: string, command: readonly string[]): PictureVariant {
  return { name, command: [...command, targetOf(name)], commandThatWrites: [...command, targetOf(name)] };
}

function targetOf(name: string): string {
  return join(picturesFolder, name.replace(/\W+/g, '-'));
}

interface Difference {
  readonly bytes: number;
  readonly unlikePublished: string;
  readonly unlikeLinear: string;
}

/** Every variant once, with its pictures kept: their sizes and what is in them. */
async function comparePictures(variants: readonly PictureVariant[], slices: number): Promise<ReadonlyMap<string, Difference>> {
  rmSync(picturesFolder, { recursive: true, force: true });
  const linear = variants.filter(({ name }) => name === publishedName).map(({ command: [program = '', script = '', , series = ''] }) =>
    withTarget('DICOM LINEAR in double precision', [program, script, 'dicom-linear', series]));
  for (const { name, commandThatWrites } of [...variants, ...linear]) {
    mkdirSync(targetOf(name), { recursive: true });
    measureProcess(commandThatWrites);
    if (pictureNames(name).length !== slices) throw new Error(`${name} made ${String(pictureNames(name).length)} pictures`);
  }
  const differences = new Map<string, Difference>();
  for (const { name } of variants) {
    differences.set(name, {
      bytes: pictureNames(name).reduce((sum, file) => sum + readFileSync(join(targetOf(name), file)).length, 0),
      unlikePublished: linear[0] === undefined ? '-' : await countDifferences(name, publishedName),
      unlikeLinear: linear[0] === undefined ? '-' : await countDifferences(name, linear[0].name),
    });
  }
  return differences;
}

function pictureNames(variant: string): readonly string[] {
  return readdirSync(targetOf(variant)).sort();
}

async function countDifferences(variant: string, reference: string): Promise<string> {
  let [different, all, largest] = [0, 0, 0];
  for (const file of pictureNames(reference)) {
    const [own, expected] = await Promise.all([greyOf(join(targetOf(variant), file)), greyOf(join(targetOf(reference), file))]);
    if (own.length !== expected.length) return 'another size';
    for (let index = 0; index < own.length; index += 1) {
      const difference = Math.abs(own[index]! - expected[index]!);
      if (difference > 0) different += 1;
      if (difference > largest) largest = difference;
    }
    all += own.length;
  }
  return different === 0 ? '0' : `${figure((100 * different) / all)} % by up to ${String(largest)}`;
}

async function greyOf(path: string): Promise<Uint8Array> {
  return sharp(path).toColourspace('b-w').raw().toBuffer();
}
