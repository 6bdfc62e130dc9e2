import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { prepareFolder } from '../../src-main/prepare/prepare-folder.ts';

// Prepares a folder as `lungdesk prepare --mode sheets` does and prints as JSON what each step took, by what it tells of its progress.
// usage: folder-once.ts <folder> <empty folder>
const [folder = '', out = ''] = process.argv.slice(2);
const steps: { readonly name: string; readonly wallMs: number; readonly cpuMs: number }[] = [];
let current = 'start';
let wallMs = 0;
let cpuMs = 0;

const pool = createImagingPool();
await prepareFolder(
  { pool, clock: systemClock, signal: new AbortController().signal, tell: (line) => { if (!line.startsWith('decoded')) begin(line); } },
  {
    folder, out, mode: 'sheets', format: 'png', slabMm: 10, stepMm: 5, projection: 'maximum', sheetPixels: 1092, withUids: false, overwrite: true,
  },
);
await pool.close();
begin('end');
process.stdout.write(`${JSON.stringify(steps)}\n`);

/** Ends the step under way. The first began with the process. */
function begin(name: string): void {
  const { user, system } = process.cpuUsage();
  const now = { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
  steps.push({ name: current, wallMs: now.wallMs - wallMs, cpuMs: now.cpuMs - cpuMs });
  ({ wallMs, cpuMs } = now);
  current = name;
}
