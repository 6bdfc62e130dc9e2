// Measures simulated nodules in the development exams and prints how far the measurement is off.
// node scripts/run.mjs test/evaluate/measure.ts [--count 250] [--half report|tune] [--exam lidc|a0002] [--list all|bad] [--without-mask]
import { parseArgs } from 'node:util';
import { estimateBlur } from '../../src-main/finder/exam-blur.ts';
import { measureNodule } from '../../src-main/finder/measure/measure-nodule.ts';
import type { NoduleMeasurement } from '../../src-main/finder/measure/nodule-measurement.ts';
import { insertInto, takeOut } from '../../src-main/finder/simulate/simulate-nodule.ts';
import type { NoduleTruth } from '../../src-main/finder/simulate/simulate-nodule.ts';
import { outlineLungs } from '../../src-main/imaging/lungs/outline-lungs.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { loadVolume } from '../helpers/load-volume.ts';
import { sharedData } from '../helpers/shared-data.ts';
import { agreement, quantile } from './agreement.ts';
import { simulatedCase } from './simulated-case.ts';
import type { SimulatedCase } from './simulated-case.ts';

const exams = [
  { key: 'lidc', folder: 'dev-ct-lidc-0001', avoid: [{ centreMm: [56.4, 86.4, -115.8] as PatientPoint, radiusMm: 22 }] },
  // The mass of the right lower lobe, about 6 cm.
  { key: 'a0002', folder: 'dev-ct-lungpetctdx-a0002', avoid: [{ centreMm: [-56, -102, 202] as PatientPoint, radiusMm: 45 }] },
];

/** Clear lung between the nodules that are put in together, mm. */
const clearMm = 60;

interface Case {
  readonly seed: number;
  readonly drawn: SimulatedCase;
}

interface Row {
  readonly seed: number;
  readonly truth: NoduleTruth;
  readonly measured: NoduleMeasurement;
  readonly cpuMs: number;
}

const { values: options } = parseArgs({
  options: { count: { type: 'string', default: '250' }, half: { type: 'string', default: 'report' }, exam: { type: 'string' }, list: { type: 'string' }, seeds: { type: 'string' }, 'without-mask': { type: 'boolean' } },
});

for (const { key, folder, avoid } of exams) {
  if (options.exam !== undefined && options.exam !== key) continue;
  const path = sharedData(folder);
  if (path === null) continue;
  const volume = await loadVolume(path);
  const mask = outlineLungs(volume);
  const blur = estimateBlur(volume);
  const rows: Row[] = [];
  const cases = seeds().flatMap((seed) => {
    const drawn = simulatedCase(volume, mask, blur, seed, avoid);
    return drawn === null ? [] : [{ seed, drawn }];
  });
  for (const group of apart(cases)) {
    // Several at a time, far from each other: the lungs are outlined with them in, as they are in an exam.
    const inserted = group.flatMap(({ seed, drawn }) => {
      const put = insertInto(volume, drawn.nodule, drawn.blur);
      return put === null ? [] : [{ seed, drawn, put }];
    });
    const outlined = options['without-mask'] === true ? {} : { mask: outlineLungs(volume) };
    for (const { seed, drawn, put: { truth } } of inserted) {
      const started = process.cpuUsage();
      const measured = measureNodule(volume, [truth.sectionMm[0] + drawn.offset[0], truth.sectionMm[1] + drawn.offset[1], truth.sectionMm[2] + drawn.offset[2]], { blur, ...outlined });
      const spent = process.cpuUsage(started);
      rows.push({ seed, truth, measured, cpuMs: (spent.user + spent.system) / 1000 });
    }
    for (const { put } of inserted.toReversed()) takeOut(volume, put);
  }
  rows.sort((a, b) => a.seed - b.seed);
  const withoutPlace = seeds().length - rows.length;
  console.log(`\n${folder}: ${rows.length} simulated nodules, ${withoutPlace} without a place; ${options.half} half of the seeds; slices ${volume.spacingMm[2]} mm, blur ${blur.inPlaneMm.toFixed(2)} mm`);
  if (options.list !== undefined) list(rows, options.list === 'bad');
  print(rows);
}

/** Parts cases into groups in which none lies near another. */
function apart(cases: readonly Case[]): readonly (readonly Case[])[] {
  const groups: Case[][] = [];
  for (const one of cases) {
    const group = groups.find((others) => others.every((other) => distance(one, other) > clearMm));
    if (group === undefined) groups.push([one]);
    else group.push(one);
  }
  return groups;
}

function distance({ drawn: { nodule: a } }: Case, { drawn: { nodule: b } }: Case): number {
  return Math.hypot(...[0, 1, 2].map((axis) => (a.centreMm[axis] ?? 0) - (b.centreMm[axis] ?? 0))) - (a.axesMm[0] + b.axesMm[0]) / 2;
}

/** Even seeds are for development, odd ones for the report. */
function seeds(): readonly number[] {
  if (options.seeds !== undefined) return options.seeds.split(',').map(Number);
  return Array.from({ length: Number(options.count) }, (_, at) => 2 * at + (options.half === 'tune' ? 0 : 1));
}

function meanOf({ truth }: Row): number {
  return (truth.longAxisMm + truth.shortAxisMm) / 2;
}

function error(row: Row): number | null {
  return row.measured.kind === 'nodule' ? row.measured.axes.meanTenths / 10 - meanOf(row) : null;
}

function print(rows: readonly Row[]): void {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const { profile, attachment } = row.truth;
    const mm = meanOf(row);
    const size = mm < 6 ? '3-6' : mm < 10 ? '6-10' : mm < 20 ? '10-20' : '20-30';
    const names = [profile, `${profile} ${size} mm`, `${profile} ${attachment}`, ...(profile === 'solid' && mm >= 6 ? ['solid from 6 mm', `solid from 6 mm ${attachment}`] : []),
      ...(row.measured.kind === 'nodule' ? [`${profile}, confidence ${row.measured.confidence.level}`] : [])];
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  console.log('group                             n none  bias mm   limits mm       within 1 mm  median |e|  vol bias  median |v|  within 15 %  type right');
  for (const [name, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const errors = group.flatMap((row) => error(row) ?? []);
    const volumes = group.flatMap(({ measured, truth }) => (measured.kind === 'nodule' ? [measured.volumeMm3 / truth.volumeMm3 - 1] : []));
    const { bias, low, high } = agreement(errors);
    const right = group.filter(({ measured, truth }) => measured.kind === 'nodule' && measured.profile === truth.profile).length;
    console.log([
      name.padEnd(30), String(group.length).padStart(4), String(group.length - errors.length).padStart(4), bias.toFixed(2).padStart(8),
      `${low.toFixed(2)} .. ${high.toFixed(2)}`.padStart(16), percent(errors.filter((e) => Math.abs(e) <= 1).length / group.length).padStart(9),
      quantile(errors.map(Math.abs), 0.5).toFixed(2).padStart(10), percent(agreement(volumes).bias).padStart(11), percent(quantile(volumes.map(Math.abs), 0.5)).padStart(10),
      percent(volumes.filter((v) => Math.abs(v) < 0.15).length / group.length).padStart(12), percent(right / group.length).padStart(11),
    ].join(' '));
  }
  for (const [name, group] of [['up to 12 mm', rows.filter((row) => meanOf(row) <= 12)], ['above 12 mm', rows.filter((row) => meanOf(row) > 12)]] as const) {
    const times = group.map(({ cpuMs }) => cpuMs);
    console.log(`CPU a measurement, ${name}: median ${quantile(times, 0.5).toFixed(0)} ms, 95 % ${quantile(times, 0.95).toFixed(0)} ms, most ${quantile(times, 1).toFixed(0)} ms`);
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function list(rows: readonly Row[], isBadOnly: boolean): void {
  for (const row of rows) {
    const { truth, measured, seed, cpuMs } = row;
    if (isBadOnly && Math.abs(error(row) ?? 99) <= 1.5) continue;
    const was = `${truth.longAxisMm.toFixed(1)} x ${truth.shortAxisMm.toFixed(1)} ${truth.volumeMm3.toFixed(0)}`;
    const is = measured.kind === 'nodule'
      ? `${measured.axes.long.lengthMm.toFixed(1)} x ${measured.axes.short.lengthMm.toFixed(1)} ${measured.volumeMm3.toFixed(0)} ${measured.profile} ${measured.confidence.level} ${measured.confidence.doubts.join(',')} solid ${measured.solid?.axes.meanTenths ?? '-'}/${((truth.solidLongAxisMm + truth.solidShortAxisMm) * 5).toFixed(0)}`
      : measured.reason;
    console.log(`${seed} ${truth.profile} ${truth.attachment} ${truth.margin}: ${was} -> ${is} (${cpuMs.toFixed(0)} ms)`);
  }
}
