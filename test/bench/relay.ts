import { join } from 'node:path';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import { sharedData } from '../helpers/shared-data.ts';
import { figure, printTable, say } from './figures.ts';
import { makeSeries, sliceCount } from './make-series.ts';
import { costsOf, modelsToPrice, pricedAt } from './relay-cost.ts';
import type { Cost, ModelCosts } from './relay-cost.ts';
import { examToPlan } from './relay-exam.ts';
import type { ExamToPlan } from './relay-exam.ts';

/** How many times cheaper than the published pipeline sweep and verify are to be (issue 5). */
const wantedTimes = 10;
/** Families that count tiles, patches or cells of a picture: for these the target holds. */
const areaFamilies = ['tiles', 'patches', 'claude', 'gemini-tiles', 'deepseek', 'qwen'];

/** Prices the two development exams, and the first of them made thin, in all modes with all models; prints tables. */
export async function benchRelay(): Promise<void> {
  say(`Expected tokens and list prices of ${pricedAt.slice(0, 10)}, from the real planner; candidates from the real search, lungs from the real outline.\n`);
  const exams = [
    ['LIDC-IDRI-0001', seriesOf('dev-ct-lidc-0001')], ['Lung-PET-CT-Dx A0002', seriesOf('dev-ct-lungpetctdx-a0002')],
    [`LIDC-IDRI-0001, resampled to ${String(sliceCount)} slices`, makeSeries()],
  ] as const;
  for (const [title, folder] of exams) {
    if (folder !== null) printExam(title, await examToPlan(folder));
  }
}

function seriesOf(name: string): string | null {
  const data = sharedData(name);
  return data === null ? null : join(data, 'series');
}

function printExam(title: string, exam: ExamToPlan): void {
  const { slices, spacingMm } = exam.exam;
  const costs = modelsToPrice().map((model) => costsOf(exam, model));
  say(`\n### ${title}: ${String(slices.length)} slices of ${figure(spacingMm[2])} mm\n\n`);
  printTable(
    ['model', 'counts by', 'published, one request a slice', 'slices', 'sweep', 'verify', 'sweep + verify', 'requests, pictures, tiles', 'times cheaper', `${String(wantedTimes)}x from`],
    costs.filter(isPriced).map(rowOf),
  );
  const unpriced = costs.filter((one) => !isPriced(one));
  say('Models of the catalogue whose price nobody knows, tokens in + out:\n\n');
  printTable(['models', 'published, one request a slice', 'slices', 'sweep', 'verify', 'sweep + verify'], [...Map.groupBy(unpriced, (one) => JSON.stringify(tokenCells(one))).values()].map((alike) => [
    alike.map(({ model }) => model.id).join(', '), ...alike.slice(0, 1).flatMap(tokenCells),
  ]));
  printCoverage(exam, costs);
  printVerdict(exam, costs);
}

function isPriced({ reference }: ModelCosts): boolean {
  return reference.microUsd !== null;
}

function rowOf(costs: ModelCosts): readonly string[] {
  const { model, reference, modes, both: { forecast } } = costs;
  return [
    model.id, model.tokenRule.family, ...[reference, modes.slices, modes.sweep, modes.verify, modes['sweep-and-verify']].map((cost) => `${tokens(cost)}, ${dollars(cost)}`),
    `${String(forecast.requests)}, ${String(forecast.pictures)}, ${String(forecast.tiles)}`, `${figure(timesCheaper(costs))}x`, `${String(slicesForTarget(costs))} slices`,
  ];
}

function tokenCells({ reference, modes }: ModelCosts): readonly string[] {
  return [reference, modes.slices, modes.sweep, modes.verify, modes['sweep-and-verify']].map(tokens);
}

function tokens({ inputTokens, outputTokens }: Cost): string {
  return `${String(inputTokens)} + ${String(outputTokens)}`;
}

function dollars({ microUsd }: Cost): string {
  return microUsd === null ? '-' : `${(microUsd / 1e6).toFixed(4)} USD`;
}

function timesCheaper({ reference, modes }: ModelCosts): number {
  return (reference.microUsd ?? NaN) / (modes['sweep-and-verify'].microUsd ?? NaN);
}

/** Slices of a series of the same lungs from which on the target is reached: the published pipeline pays by the slice. */
function slicesForTarget(costs: ModelCosts): number {
  const { reference, modes } = costs;
  const referenceSlice = (reference.microUsd ?? NaN) / costs.slices;
  return Math.ceil((wantedTimes * (modes['sweep-and-verify'].microUsd ?? NaN)) / referenceSlice);
}

/** Whether every decoded slice of the lungs is on a tile of every lung, whatever the model. */
function printCoverage({ exam, regions: { extent: [first, last], lungs } }: ExamToPlan, costs: readonly ModelCosts[]): void {
  const wanted = exam.slices.flatMap(({ problem }, index) => (index < first || index > last || problem !== null ? [] : [index]));
  const isCovered = ({ both }: ModelCosts): boolean => {
    const tiles = both.requests.flatMap(({ planned }) => planned.pictures.flatMap((picture): readonly PlannedTile[] => picture.tiles));
    return lungs.every(({ side }) => {
      const shown = new Set(tiles.filter((tile) => tile.role === 'slab' && tile.side === side).flatMap(({ sliceIndices }) => sliceIndices));
      return wanted.every((index) => shown.has(index));
    });
  };
  const gaps = costs.filter((one) => !isCovered(one)).map(({ model }) => model.id);
  const lungWords = lungs.length === 2 ? 'both lungs' : 'the whole region';
  say(`- ${gaps.length === 0 ? 'reached' : 'MISSED'}: ${lungWords} on all ${String(wanted.length)} slices that hold lung, by sweep + verify with every model${gaps.length === 0 ? '' : ` but ${gaps.join(', ')}`}\n`);
}

function printVerdict({ exam }: ExamToPlan, costs: readonly ModelCosts[]): void {
  const targets = costs.filter((one) => isPriced(one) && areaFamilies.includes(one.model.tokenRule.family));
  const missed = targets.filter((one) => timesCheaper(one) < wantedTimes);
  const least = Math.min(...targets.map(timesCheaper));
  const most = Math.max(...targets.map(timesCheaper));
  const range = `${figure(least)} to ${figure(most)} times`;
  say(`- ${missed.length === 0 ? 'reached' : 'MISSED'}: sweep + verify ${range} cheaper on patch- and tile-priced models, wanted at least ${String(wantedTimes)} on each\n`);
  if (missed.length === 0) return;
  const wanted = missed.map((one) => slicesForTarget(one));
  say(`  - why: the published pipeline pays by the slice and this series has only ${String(exam.slices.length)}; sweep and verify pay by the length of the lungs and the candidates. `);
  say(`The same lungs in ${String(Math.min(...wanted))} to ${String(Math.max(...wanted))} slices, by model, would reach it on ${missed.length === targets.length ? 'all of them' : missed.map(({ model }) => model.id).join(', ')}\n`);
}
