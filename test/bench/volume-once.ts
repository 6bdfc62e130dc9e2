import { loadVolume } from '../helpers/load-volume.ts';
import { outlineLungs } from '../../src-main/imaging/lungs/outline-lungs.ts';
import { slabStack } from '../../src-main/imaging/pictures/slab.ts';

// Outlines the lungs of a series and projects its slabs, each for the first time in this process; prints JSON. Reading the series
// is not timed. usage: volume-once.ts <folder>
const volume = await loadVolume(process.argv[2] ?? '');
const steps: { readonly name: string; readonly wallMs: number; readonly cpuMs: number }[] = [];
timed('lung mask', () => outlineLungs(volume));
timed('maximum slabs, 10 mm every 5 mm', () => slabStack(volume, { thicknessMm: 10, stepMm: 5, mode: 'maximum' }));
process.stdout.write(`${JSON.stringify(steps)}\n`);

function timed(name: string, work: () => unknown): void {
  const started = performance.now();
  const usage = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(usage);
  steps.push({ name, wallMs: performance.now() - started, cpuMs: (user + system) / 1000 });
}
