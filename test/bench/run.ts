// npm run bench [-- imaging | finder | relay | start | png | index | decode | exam ...] [--write]: benchmarks in whole processes, medians,
// ratios against peers of the same run. 'imaging' is png, index, decode and exam together; without a word, all.
// --write puts what imaging, finder or relay prints into docs/benchmarks.md; one of them at a time. relay measures no time and is run once.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDecode } from './decode.ts';
import { benchFolder, benchVolume } from './exam.ts';
import { printTable, say, wholeReport } from './figures.ts';
import { benchFinder } from './finder.ts';
import { benchHeaderIndex } from './header-index.ts';
import { makeSeries, sliceCount } from './make-series.ts';
import { benchRelay } from './relay.ts';
import { benchSliceToPng } from './slice-to-png.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Processes per variant; a figure to quote needs at least 5. */
const runs = Number(process.env['LUNGDESK_BENCH_RUNS'] ?? 5);
const tables = ['png', 'index', 'decode', 'exam'];
const words = process.argv.slice(2).filter((word) => word !== '--write');
const wanted = new Set(words.flatMap((word) => (word === 'imaging' ? tables : [word])));
if (words.length === 0) for (const table of [...tables, 'finder', 'relay', 'start']) wanted.add(table);

if (wanted.has('start-in-window')) await benchStart();
if (tables.some((table) => wanted.has(table))) await benchImaging();
if (wanted.has('finder')) benchCandidates();
if (wanted.has('relay')) await benchRelay();
if (process.argv.includes('--write')) writeReport((['finder', 'relay'] as const).find((part) => wanted.has(part)) ?? 'imaging');
if (wanted.has('start')) {
  const { status } = spawnSync(process.execPath, ['scripts/with-window.mjs', 'test/bench/run.ts', 'start-in-window'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

async function benchImaging(): Promise<void> {
  const series = makeSeries();
  if (series === null) return;
  // Into the file cache, for whoever comes first.
  for (const name of readdirSync(series)) readFileSync(join(series, name));
  sayWhere();
  if (wanted.has('png')) {
    say(`\n## Native slice to lung-windowed PNG in base64, ${sliceCount} slices\n\n`);
    await benchSliceToPng(series, runs);
  }
  if (wanted.has('index')) {
    say('\n## Header index of 1,000 files\n\n');
    benchHeaderIndex(series, runs);
  }
  if (wanted.has('decode')) {
    say('\n## Decoding in memory\n\n');
    benchDecode(series, runs);
  }
  if (wanted.has('exam')) {
    say(`\n## Lung mask and slabs of ${sliceCount} slices in memory, cold\n\n`);
    benchVolume(series, runs);
    say(`\n## Folder of ${sliceCount} slices to everything a relay needs, cold\n\n`);
    benchFolder(series, runs);
  }
}

function benchCandidates(): void {
  const series = makeSeries();
  if (series === null) return;
  for (const name of readdirSync(series)) readFileSync(join(series, name));
  sayWhere();
  say(`\n## Folder of ${sliceCount} slices to measured candidates, cold\n\n`);
  benchFinder(series, runs);
}

function sayWhere(): void {
  const [processor] = cpus();
  say(`Medians of ${runs} runs on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} x ${processor?.model.trim() ?? 'unknown'}, Node ${process.versions.node}.\n`);
}

async function benchStart(): Promise<void> {
  say('\n## Start and idle memory\n\n');
  if (process.platform !== 'linux') {
    say('skipped: memory is read from /proc, which only Linux has\n');
    return;
  }
  // Playwright is there only where a window is.
  const { runStartBench } = await import('./start.ts');
  const figures = await runStartBench();
  printTable(
    ['runs', 'first interactive frame, ms', 'main process idle, MiB', 'all processes idle, MiB'],
    [[String(figures.runs), ...[figures.interactiveMs, figures.mainMiB, figures.allMiB].map((value) => value.toFixed(0))]],
  );
}

/** Replaces what stands between the two comments of a part in docs/benchmarks.md. */
function writeReport(part: 'imaging' | 'finder' | 'relay'): void {
  const path = join(root, 'docs', 'benchmarks.md');
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const page = readFileSync(path, 'utf8');
  const report = wholeReport().trim();
  writeFileSync(path, `${page.slice(0, page.indexOf(begin) + begin.length)}\n${report}\n${page.slice(page.indexOf(end))}`);
}
