import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sharedData } from '../helpers/shared-data.ts';

/** What one process says about itself. */
interface ProcessFigures {
  readonly slices: number;
  readonly pngBytes: number;
  readonly passes: readonly { readonly wallMs: number; readonly cpuMs: number }[];
  readonly peakMiB: number;
  readonly processCpuMs: number;
}

/** Medians of one way of preparing the exam, per slice where it says so. */
export interface PrepareFigures {
  readonly name: string;
  readonly runs: number;
  readonly coldWallMs: number;
  readonly coldCpuMsPerSlice: number;
  readonly warmWallMsPerSlice: number;
  readonly warmCpuMsPerSlice: number;
  readonly pngKbPerSlice: number;
  readonly peakMiB: number;
}

const python = '/usr/bin/python3';
const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Measures folder to prepared PNGs of LIDC-IDRI-0001 against the published Python pipeline and a tuned one, in one run.
 *
 * Every variant is run as whole processes, in turns; each process prepares the exam twice: the first pass is cold, the second
 * warm. Prints a Markdown table, or a line that begins with "skipped".
 *
 * @param runs - Processes per variant, at least 5 for a figure to quote.
 * @returns Medians, LungDesk first; only LungDesk where Python or its packages are absent; empty without the data.
 */
export function runPrepareBench(runs = 5): readonly PrepareFigures[] {
  const data = sharedData('dev-ct-lidc-0001');
  if (data === null) return [];
  const series = join(data, 'series');
  const variants: { name: string; command: readonly string[] }[] = [
    { name: 'LungDesk (worker pool, sharp)', command: [process.execPath, join(here, 'prepare-once.ts'), series, '2'] },
  ];
  if (spawnSync(python, ['-c', 'import pydicom, numpy, PIL']).status === 0) {
    variants.push({ name: 'Python as published', command: [python, join(here, 'reference_prepare.py'), 'published', series, '2'] });
    variants.push({ name: 'Python tuned (LUT, deflate 1)', command: [python, join(here, 'reference_prepare.py'), 'tuned', series, '2'] });
  } else {
    process.stdout.write('skipped: the Python pipelines (python3-pydicom, python3-numpy or python3-pil is absent)\n');
  }
  const measured = variants.map(({ name, command }) => ({ name, command, figures: [] as (ProcessFigures & { wallMs: number })[] }));
  for (let run = 0; run < runs; run += 1) {
    for (const variant of measured) variant.figures.push(runProcess(variant.command));
  }
  const results = measured.map(({ name, figures }) => summarise(name, figures));
  printTable(results);
  return results;
}

function runProcess(command: readonly string[]): ProcessFigures & { wallMs: number } {
  const [program = '', ...parameters] = command;
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a benchmark process failed: ${stderr.slice(-500)}`);
  return { ...(JSON.parse(stdout) as ProcessFigures), wallMs: performance.now() - started };
}

function summarise(name: string, figures: readonly (ProcessFigures & { readonly wallMs: number })[]): PrepareFigures {
  const of = (value: (figure: ProcessFigures) => number): number => median(figures.map(value));
  return {
    name,
    runs: figures.length,
    coldWallMs: of(({ passes }) => passes[0]?.wallMs ?? NaN),
    coldCpuMsPerSlice: of(({ passes, slices, processCpuMs }) => (processCpuMs - (passes[1]?.cpuMs ?? NaN)) / slices),
    warmWallMsPerSlice: of(({ passes, slices }) => (passes[1]?.wallMs ?? NaN) / slices),
    warmCpuMsPerSlice: of(({ passes, slices }) => (passes[1]?.cpuMs ?? NaN) / slices),
    pngKbPerSlice: of(({ pngBytes, slices }) => pngBytes / slices / 1000),
    peakMiB: of(({ peakMiB }) => peakMiB),
  };
}

function printTable(results: readonly PrepareFigures[]): void {
  const [own] = results;
  if (own === undefined) return;
  const ratio = (theirs: number, ours: number): string => `${(theirs / ours).toFixed(1)}x`;
  const lines = results.map((result) =>
    [
      result.name, result.coldWallMs.toFixed(0), result.coldCpuMsPerSlice.toFixed(1), result.warmWallMsPerSlice.toFixed(1), result.warmCpuMsPerSlice.toFixed(1),
      ratio(result.coldWallMs, own.coldWallMs), ratio(result.warmWallMsPerSlice, own.warmWallMsPerSlice), ratio(result.warmCpuMsPerSlice, own.warmCpuMsPerSlice),
      result.pngKbPerSlice.toFixed(1), result.peakMiB.toFixed(0),
    ].join(' | '),
  );
  process.stdout.write(
    [
      `Folder to prepared PNGs, LIDC-IDRI-0001, medians of ${String(own.runs)} interleaved runs`,
      '',
      '| variant | cold exam, wall ms | cold CPU ms/slice (with start-up) | warm wall ms/slice | warm CPU ms/slice | time against LungDesk, cold wall | warm wall | warm CPU | PNG kB/slice | peak MiB |',
      '|---|---|---|---|---|---|---|---|---|---|',
      ...lines.map((line) => `| ${line} |`),
      '',
    ].join('\n'),
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${JSON.stringify(runPrepareBench())}\n`);
}
