import { figure, printTable, printTarget, say } from '../../bench/figures.ts';
import type { Agreement } from '../agreement.ts';
import type { ScoredList } from '../score/froc.ts';
import { intervalMethod } from '../score/intervals.ts';
import type { Interval } from '../score/intervals.ts';
import { sensitivityTargets } from '../score/nodule-groups.ts';
import { withinShare } from '../score/score-summary.ts';
import type { FoundShare, GroupSummary, RateShare, ScoreSummary } from '../score/score-summary.ts';
import { sizeAgreement } from '../score/size-agreement.ts';

/** Rates of the groups' table. */
const groupRates = [1, 4, 8, 30] as const;
/** Fewer nodules than this are not parted into groups. */
const fewNodules = 10;
const ratesText: Readonly<Record<string, string>> = { 0.125: '1/8', 0.25: '1/4', 0.5: '1/2' };

/**
 * Prints what a finder's lists came to.
 *
 * @param summary - Of the lists.
 */
export function printSummary(summary: ScoreSummary): void {
  const { name, lists, exams, all, average, intervals, withinCounts, groups } = summary;
  say(`## ${name}\n\n`);
  say(`${counted(all?.nodules ?? 0, 'nodule')} in ${counted(lists, 'list')} of ${counted(exams, 'exam')}; on average ${figure(summary.marksPerList)} candidates, ${figure(summary.falsePositivesPerList)} of them false positives. `);
  say(intervals === 'bootstrap-exams' ? '95 % intervals by drawing exams (2,000 times).\n\n' : '95 % intervals over nodules (Wilson): they do not hold how exams differ from each other.\n\n');
  if (all === null) return;
  printTable(['false positives an exam', ...all.atRates.map(({ falsePositives }) => rateText(falsePositives))], [['sensitivity', ...all.atRates.map(rateShareText)]]);
  if (all.atRates.some(({ isReached }) => !isReached)) say('\\* the lists end before they hold so many\n\n');
  if (average !== null) say(`Average of 1/8 to 8 (CPM): ${figure(average.value)}${average.interval === null ? '' : ` (${percents(average.interval)} %)`}\n\n`);
  printTable(['first candidates of the list', ...withinCounts.map(({ count }) => String(count))], [['sensitivity', ...withinCounts.map(shareText)]]);
  // A handful of nodules is told one by one; groups of them mean nothing.
  if (all.nodules < fewNodules) return;
  printTable(['group', 'nodules', 'found in the list', ...groupRates.map((rate) => `at ${String(rate)} FP`)], [all, ...groups].map((group) => [
    group.name, String(group.nodules), shareText(group.found),
    ...groupRates.map((rate) => { const at = group.atRates.find(({ falsePositives }) => falsePositives === rate); return at === undefined ? '-' : `${percent(at.share)} %${at.isReached ? '' : '\\*'}`; }),
  ]));
  const measured = [all, ...groups].filter(({ size }) => size.measured > 0);
  if (measured.length > 0) printTable(['size: group', 'found', 'measured', 'diameter off, mm', 'limits, mm', 'volume off, %', 'limits, %', 'half within, %', 'type right, %'], measured.map(sizeCells));
}

/**
 * Prints whether simulated nodules are found and measured as well as LungDesk wants.
 *
 * @param lists - With simulated nodules.
 * @param count - Candidates that count in each.
 */
export function printTargets(lists: readonly ScoredList[], count: number): void {
  const nodules = lists.flatMap(({ matched }) => matched.nodules);
  const byChance = nodules.filter(({ nodule }) => 'isHitWithout' in nodule && nodule.isHitWithout === true);
  say(`Hits that may be chance: ${String(byChance.length)} of ${String(nodules.length)} nodules lie where the exam without them has a candidate within reach.\n\n`);
  for (const { name, least, isChosen } of sensitivityTargets()) {
    const { share, low, high } = withinShare(lists, isChosen, count, intervalMethod(new Set(lists.map(({ exam }) => exam)).size));
    printTarget(`${name}, % found at ${String(count)} candidates (interval ${percents({ low, high })})`, share * 100, { least: least * 100 });
  }
  const solid = sizeAgreement(nodules.filter(({ nodule }) => nodule.profile === 'solid'));
  const large = sizeAgreement(nodules.filter(({ nodule }) => nodule.profile === 'solid' && nodule.diameterMm >= 6));
  printTarget('solid, mean diameter off, mm', Math.abs(solid.diameterMm.bias), { most: 1 });
  printTarget('solid from 6 mm, mean volume off, %', Math.abs(large.volume.bias) * 100, { most: 15 });
  printTarget('solid from 6 mm, volume off, % (half of the nodules are off by less)', large.medianVolumeOff * 100, { most: 15 });
  say('\n');
}

function sizeCells({ name, size }: GroupSummary): readonly string[] {
  const { found, measured, diameterMm, volume, medianVolumeOff, profileRight } = size;
  return [
    name, String(found), String(measured), signed(diameterMm.bias), limits(diameterMm, measured, 1), signed(volume.bias * 100, 0),
    limits({ bias: volume.bias * 100, low: volume.low * 100, high: volume.high * 100 }, measured, 0), Number.isNaN(medianVolumeOff) ? '-' : percent(medianVolumeOff),
    Number.isNaN(profileRight) ? '-' : percent(profileRight),
  ];
}

/** A single difference has no spread. */
function limits({ low, high }: Agreement, count: number, decimals: number): string {
  return count < 2 || Number.isNaN(low) ? '-' : `${low.toFixed(decimals)} to ${high.toFixed(decimals)}`;
}

function signed(value: number, decimals = 2): string {
  return Number.isNaN(value) ? '-' : `${value > 0 ? '+' : ''}${value.toFixed(decimals)}`;
}

function rateShareText(point: RateShare): string {
  return `${shareText(point)}${point.isReached ? '' : '\\*'}`;
}

function shareText({ share, low, high }: FoundShare): string {
  return `${percent(share)} % (${percents({ low, high })})`;
}

function percents({ low, high }: Interval): string {
  return `${percent(low)}-${percent(high)}`;
}

function percent(share: number): string {
  return (share * 100).toFixed(0);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function rateText(rate: number): string {
  return ratesText[rate] ?? String(rate);
}
