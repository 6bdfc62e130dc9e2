import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figure, median, printTable, printTarget, say, times } from './figures.ts';
import { measureInTurns, measureProcess } from './measure-process.ts';
import type { MeasuredVariant, Variant } from './measure-process.ts';
import { cacheFolder, hasPython, python } from './peers.ts';

/** What a step of a program took, as the program says. */
interface Step {
  readonly name: string;
  readonly wallMs: number;
  readonly cpuMs: number;
}

/**
 * Measures the lung mask and the slabs of a series in memory, each for the first time in a fresh process; prints a table.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes.
 */
export function benchVolume(series: string, runs: number): void {
  const figures = Array.from({ length: runs }, () => runSteps('volume-once.ts', [series]));
  printSteps(figures);
  printTarget('mask and slabs, wall ms:', median(figures.map((steps) => sum(steps, 'wallMs'))), { most: 1000 });
}

/**
 * Measures a folder to everything that a relay needs (index, volume, lung mask, slabs, sheets, files), in whole cold processes
 * beside the published pipeline's PNGs alone; prints a table, and one of what the steps take.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes per variant.
 */
export function benchFolder(series: string, runs: number): void {
  const target = join(cacheFolder, 'prepared');
  const script = 'rm -rf "$1" && exec "$2" "$3" prepare "$0" --out "$1" --mode sheets >/dev/null';
  const variants: Variant[] = [
    { name: 'LungDesk, lungdesk prepare --mode sheets', command: ['sh', '-c', script, series, target, process.execPath, pathOf('../../src-main/cli.ts')] },
  ];
  if (hasPython()) {
    const inPython = (name: string, mode: string): Variant => ({ name, command: [python, pathOf('./reference_prepare.py'), mode, series] });
    variants.push(inPython('Python as published, PNGs of the slices alone', 'published'), inPython('Python tuned, PNGs of the slices alone', 'tuned'));
  }
  const measured = measureInTurns(variants, runs);
  const [own] = measured;
  printTable(
    ['variant', 'wall ms', 'CPU ms', 'peak MiB', 'wall against LungDesk', 'CPU against LungDesk'],
    measured.map((variant) => {
      const [wallMs, cpuMs, peakMiB] = [medianOf(variant, 'wallMs'), medianOf(variant, 'cpuMs'), medianOf(variant, 'peakMiB')];
      return [variant.name, figure(wallMs), figure(cpuMs), figure(peakMiB), times(wallMs, medianOf(own, 'wallMs')), times(cpuMs, medianOf(own, 'cpuMs'))];
    }),
  );
  printTarget('folder to everything, wall ms:', medianOf(own, 'wallMs'), { most: 3000 });
  printTarget('folder to everything, peak MB:', medianOf(own, 'peakMiB') * 1.048576, { most: 700 });
  say('\nIts steps, in one process:\n\n');
  printSteps(Array.from({ length: runs }, () => {
    rmSync(target, { recursive: true, force: true });
    return runSteps('folder-once.ts', [series, target]);
  }));
  rmSync(target, { recursive: true, force: true });
}

/** Runs a program that prints its steps as JSON. */
export function runSteps(program: string, parameters: readonly string[]): readonly Step[] {
  return JSON.parse(measureProcess([process.execPath, pathOf(`./${program}`), ...parameters]).stdout) as readonly Step[];
}

/** Prints the medians of steps, run by run the same ones. */
export function printSteps(figures: readonly (readonly Step[])[]): void {
  const names = figures[0]?.map(({ name }) => name) ?? [];
  const of = (value: 'wallMs' | 'cpuMs', index: number): string => figure(median(figures.map((steps) => steps[index]?.[value] ?? NaN)));
  const together = (value: 'wallMs' | 'cpuMs'): string => figure(median(figures.map((steps) => sum(steps, value))));
  printTable(['step', 'wall ms', 'CPU ms'], [
    ...names.map((name, index) => [name, of('wallMs', index), of('cpuMs', index)]),
    ['together', together('wallMs'), together('cpuMs')],
  ]);
}

function sum(steps: readonly Step[], value: 'wallMs' | 'cpuMs'): number {
  return steps.reduce((total, step) => total + step[value], 0);
}

function medianOf(variant: MeasuredVariant | undefined, value: 'wallMs' | 'cpuMs' | 'peakMiB'): number {
  return median((variant?.runs ?? []).map((run) => run[value]));
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(program, import.meta.url));
}
