import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assessStudy } from '../../src-main/dicom/assess-study.ts';
import { createImagingPool } from '../../src-main/imaging/imaging-pool.ts';

// Prepares a folder as the app does: inspect, assess, prepare, in a pool. usage: prepare-once.ts <folder> <passes>
const [folder = '', passes = '1'] = process.argv.slice(2);
const pool = createImagingPool();
const figures: { wallMs: number; cpuMs: number }[] = [];
let sizes: readonly number[] = [];
for (let pass = 0; pass < Number(passes); pass += 1) {
  const started = performance.now();
  const usage = process.cpuUsage();
  const inspections = await Promise.all(readdirSync(folder).map((name) => pool.inspect(join(folder, name))));
  const { chosen } = assessStudy(inspections.flatMap((inspection) => (inspection.kind === 'instance' ? [inspection.file] : [])));
  sizes = await Promise.all((chosen?.slices ?? []).map(async (slice) => (await pool.prepare(slice)).png.length));
  const { user, system } = process.cpuUsage(usage);
  figures.push({ wallMs: performance.now() - started, cpuMs: (user + system) / 1000 });
}
await pool.close();
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    slices: sizes.length, pngBytes: sizes.reduce((sum, size) => sum + size, 0), passes: figures,
    peakMiB: process.resourceUsage().maxRSS / 1024, processCpuMs: (user + system) / 1000,
  })}\n`,
);
