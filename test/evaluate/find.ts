// Looks for simulated nodules in the development exams and prints how many the search finds; nothing is measured, npm run evaluate does.
// node scripts/run.mjs test/evaluate/find.ts [--count 250] [--from 0] [--half report|tune] [--exam lidc|a0002] [--together 6] [--slices 1] [--only 'solid 4-6 mm'] [--list]
import { parseArgs } from 'node:util';
import { estimateBlur } from '../../src-main/finder/exam-blur.ts';
import type { FoundBlob } from '../../src-main/finder/find/found-blob.ts';
import { keepApart } from '../../src-main/finder/find/keep-apart.ts';
import { kernelSmoother } from '../../src-main/finder/find/kernel-smoother.ts';
import { searchLung } from '../../src-main/finder/find/search-lung.ts';
import { insertInto, takeOut } from '../../src-main/finder/simulate/simulate-nodule.ts';
import type { InsertedNodule, NoduleTruth } from '../../src-main/finder/simulate/simulate-nodule.ts';
import { outlineLungs } from '../../src-main/imaging/lungs/outline-lungs.ts';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { loadVolume } from '../helpers/load-volume.ts';
import { sharedData } from '../helpers/shared-data.ts';
import { seedsOf } from './options.ts';
import { simulatedCase } from './simulated-case.ts';

const exams = [
  { key: 'lidc', folder: 'dev-ct-lidc-0001', real: { centreMm: [56.4, 86.4, -115.8] as PatientPoint, radiusMm: 22 } },
  { key: 'a0002', folder: 'dev-ct-lungpetctdx-a0002', real: { centreMm: [-56, -102, 202] as PatientPoint, radiusMm: 45 } },
];
const listLengths = [10, 20, 30, 40, 60];
/** As the app smooths. */
const smoother = kernelSmoother();
/** Kept between nodules that are put in together, mm. */
const apartMm = 12;

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '250' }, from: { type: 'string', default: '0' }, half: { type: 'string', default: 'report' }, exam: { type: 'string' }, together: { type: 'string', default: '6' },
    slices: { type: 'string', default: '1' }, only: { type: 'string' }, list: { type: 'boolean', default: false },
  },
});

for (const { key, folder, real } of exams) {
  if (options.exam !== undefined && options.exam !== key) continue;
  const path = sharedData(folder);
  if (path === null) continue;
  const volume = thicker(await loadVolume(path), Number(options.slices));
  const mask = outlineLungs(volume);
  const blur = estimateBlur(volume, volume.sliceThicknessMm ?? undefined);
  const find = (): readonly FoundBlob[] => keepApart((['right', 'left'] as const).flatMap((side) => searchLung({ volume, mask, side, count: 60 }, smoother).blobs));
  const ranks: { readonly seed: number; readonly truth: NoduleTruth; readonly rank: number }[] = [];
  console.log(`\n${folder}: the real nodule has rank ${rankOf(find(), real.centreMm, real.radiusMm / 2)}`);
  const seeds = [...seedsOf({ simulate: 2 * Number(options.count), from: Number(options.from), half: options.half === 'tune' ? 'tune' : 'report' })];
  const started = process.cpuUsage();
  let searches = 0;
  while (seeds.length > 0) {
    const avoid: { centreMm: PatientPoint; radiusMm: number }[] = [real];
    const inserted: { readonly seed: number; readonly nodule: InsertedNodule }[] = [];
    while (seeds.length > 0 && inserted.length < Number(options.together)) {
      const seed = seeds.shift() ?? 0;
      const drawn = simulatedCase(volume, mask, blur, seed, avoid);
      const nodule = drawn === null ? null : insertInto(volume, drawn.nodule, drawn.blur);
      if (nodule === null) continue;
      if (options.only !== undefined && !namesOf(nodule.truth).includes(options.only)) {
        takeOut(volume, nodule);
        continue;
      }
      avoid.push({ centreMm: nodule.truth.centreMm, radiusMm: nodule.truth.longAxisMm / 2 + apartMm });
      inserted.push({ seed, nodule });
    }
    if (inserted.length === 0) continue;
    const blobs = find();
    searches += 1;
    for (const { seed, nodule: { truth } } of inserted) ranks.push({ seed, truth, rank: rankOf(blobs, truth.centreMm, Math.max(5, meanMm(truth) / 2)) });
    for (const { nodule } of inserted.toReversed()) takeOut(volume, nodule);
  }
  const { user, system } = process.cpuUsage(started);
  console.log(`${ranks.length} simulated nodules, up to ${options.together} at once, ${options.half} half of the seeds from ${options.from} on; slices of ${volume.spacingMm[2]} mm; ${((user + system) / 1e6 / searches).toFixed(2)} s CPU a search with the nodules put in`);
  print(ranks);
  if (options.list) for (const { seed, truth, rank } of ranks) if (rank > 40) console.log(`${seed} ${truth.profile} ${truth.attachment} ${truth.margin} ${meanMm(truth).toFixed(1)} mm: rank ${rank}`);
}

/** Averages slices, so many at a time: what slices of that thickness would show. */
function thicker(volume: CtVolume, together: number): CtVolume {
  const size = volume.rows * volume.columns;
  const count = Math.floor(volume.slices.length / together);
  const voxels = new Int16Array(new SharedArrayBuffer(count * size * 2));
  for (let at = 0; at < voxels.length; at += 1) {
    let sum = 0;
    for (let part = 0; part < together; part += 1) sum += volume.voxels[(Math.floor(at / size) * together + part) * size + (at % size)] ?? 0;
    voxels[at] = Math.round(sum / together);
  }
  const slices = Array.from({ length: count }, (_, index) => {
    const [first, last] = [volume.slices[index * together], volume.slices[(index + 1) * together - 1]];
    if (first === undefined || last === undefined) throw new RangeError('the volume has fewer slices');
    const origin = first.affine.origin.map((mm, axis) => (mm + (last.affine.origin[axis] ?? 0)) / 2) as [number, number, number];
    return { ...first, positionMm: (first.positionMm + last.positionMm) / 2, affine: { ...first.affine, origin } };
  });
  const thickMm = volume.spacingMm[2] * together;
  return { ...volume, voxels, slices, spacingMm: [volume.spacingMm[0], volume.spacingMm[1], thickMm], sliceThicknessMm: thickMm };
}

function meanMm({ longAxisMm, shortAxisMm }: NoduleTruth): number {
  return (longAxisMm + shortAxisMm) / 2;
}

/** Rank of the first blob that hits a place; Infinity where none does. */
function rankOf(blobs: readonly FoundBlob[], [x, y, z]: PatientPoint, withinMm: number): number {
  const index = blobs.findIndex(({ centreMm }) => Math.hypot(centreMm[0] - x, centreMm[1] - y, centreMm[2] - z) <= withinMm);
  return index < 0 ? Infinity : index + 1;
}

function print(ranks: readonly { readonly truth: NoduleTruth; readonly rank: number }[]): void {
  const groups = Map.groupBy(ranks.flatMap((one) => namesOf(one.truth).map((name) => ({ ...one, name }))), ({ name }) => name);
  console.log(`${'found among the first'.padEnd(34)}    n ${listLengths.map((length) => String(length).padStart(6)).join('')}`);
  for (const [name, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const shares = listLengths.map((length) => `${Math.round((100 * group.filter(({ rank }) => rank <= length).length) / group.length)} %`.padStart(6));
    console.log(`${name.padEnd(34)} ${String(group.length).padStart(4)} ${shares.join('')}`);
  }
}

function namesOf(truth: NoduleTruth): readonly string[] {
  const mm = meanMm(truth);
  const size = truth.profile === 'solid' ? (mm < 4 ? '3-4 mm' : mm < 6 ? '4-6 mm' : '6-30 mm') : mm < 8 ? 'below 8 mm' : 'from 8 mm';
  return [`${truth.profile} ${size}`, `${truth.profile} ${size} ${truth.attachment}`];
}
