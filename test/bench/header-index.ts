import { fileURLToPath } from 'node:url';
import { figure, median, printTable, printTarget, times } from './figures.ts';
import { indexedFiles, makeIndexFolder } from './make-series.ts';
import { measureInTurns } from './measure-process.ts';
import type { Variant } from './measure-process.ts';
import { hasProgram, hasPython, python } from './peers.ts';

const onceProgram = fileURLToPath(new URL('./header-index-once.ts', import.meta.url));
const pydicomProgram = fileURLToPath(new URL('./peers/pydicom_index.py', import.meta.url));
const pydicomName = 'pydicom dcmread(stop_before_pixels)';

/**
 * Measures reading the headers of 1,000 files, whole cold processes in turns; prints a table.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes per variant.
 */
export function benchHeaderIndex(series: string, runs: number): void {
  const folder = makeIndexFolder(series);
  const inNode = (name: string, way: string): Variant => ({ name, command: [process.execPath, onceProgram, folder, way] });
  const variants: Variant[] = [inNode('LungDesk, header index', 'index'), inNode('LungDesk, whole files read and hashed, worker pool', 'inspect')];
  if (hasPython()) variants.push({ name: pydicomName, command: [python, pydicomProgram, folder] });
  if (hasProgram('dcmdump', 'apt-get install dcmtk')) {
    const script = 'dcmdump -q -M "$0"/* | grep -c "^# Dicom-Data-Set"';
    variants.push({ name: 'dcmdump, one process', command: ['sh', '-c', script, folder] });
  }
  variants.push(inNode('dicom-parser on 64 KiB', 'dicom-parser'));
  const measured = measureInTurns(variants, runs).map(({ name, runs: figures }) => {
    const found = figures.map(({ stdout }) => Number(stdout));
    if (found.some((files) => files !== indexedFiles)) throw new Error(`${name} found ${String(found[0])} files`);
    return { name, cpuMs: median(figures.map(({ cpuMs }) => cpuMs)), wallMs: median(figures.map(({ wallMs }) => wallMs)), peakMiB: median(figures.map(({ peakMiB }) => peakMiB)) };
  });
  const [own] = measured;
  printTable(
    ['variant', 'CPU ms/file', 'wall ms/file', 'CPU against LungDesk', 'wall against LungDesk', 'peak MiB'],
    measured.map(({ name, cpuMs, wallMs, peakMiB }) => [
      name, figure(cpuMs / indexedFiles), figure(wallMs / indexedFiles), times(cpuMs, own?.cpuMs ?? NaN), times(wallMs, own?.wallMs ?? NaN), figure(peakMiB),
    ]),
  );
  const pydicom = measured.find(({ name }) => name === pydicomName);
  printTarget('CPU of pydicom against the header index:', (pydicom?.cpuMs ?? NaN) / (own?.cpuMs ?? NaN), { least: 6 });
}
