import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assessStudy } from '../../src-main/dicom/assess-study.ts';
import { buildVolume } from '../../src-main/workers/build-volume.ts';
import { findCandidates } from '../../src-main/workers/find-candidates.ts';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';

// A settled folder to ranked and measured candidates, as the workstation does it after the exam has been inspected; prints as JSON what
// each step took. usage: finder-once.ts <folder>
const [folder = ''] = process.argv.slice(2);
const steps: { readonly name: string; readonly wallMs: number; readonly cpuMs: number }[] = [];
let wallMs = 0;
let cpuMs = 0;

const pool = createImagingPool();
end('start');
const paths = readdirSync(folder).map((name) => join(folder, name));
const inspections = await Promise.all(paths.map((path) => pool.run('inspect', path)));
const slices = assessStudy(inspections.flatMap((one) => (one.kind === 'instance' ? [one.file] : []))).chosen?.slices ?? [];
end('looking through the folder');
const volume = await buildVolume(pool, slices);
end(`decoding ${String(slices.length)} slices`);
const mask = await pool.run('outline-lungs', volume);
end('outlining the lungs');
let hasMeasured = false;
const { candidates } = await findCandidates(pool, volume, mask, {
  count: 40,
  onProgress(share) {
    // The search of the lungs is the first half of the progress.
    if (share >= 0.5 && !hasMeasured) {
      hasMeasured = true;
      end('searching both lungs');
    }
  },
});
end(`measuring and placing ${String(candidates.length)} candidates`);
await pool.close();
process.stdout.write(`${JSON.stringify(steps)}\n`);

/** Ends the step under way. */
function end(name: string): void {
  const { user, system } = process.cpuUsage();
  const now = { wallMs: performance.now(), cpuMs: (user + system) / 1000 };
  steps.push({ name, wallMs: now.wallMs - wallMs, cpuMs: now.cpuMs - cpuMs });
  ({ wallMs, cpuMs } = now);
}
