import type { PlanNote, RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import { seededGenerator } from '../../finder/seeded-generator.ts';
import type { SeededGenerator } from '../../finder/seeded-generator.ts';
import { unseenOf } from '../../imaging/pictures/slab.ts';
import { sumForecasts } from './forecast-plan.ts';
import type { CandidateToVerify, PlanInput, ReadingPlanned, RequestOfPlan } from './plan-input.ts';
import { planRequests } from './plan-requests.ts';
import { sliceTiles, sweepPixelMm, sweepTiles } from './sweep-tiles.ts';
import { verifyTiles } from './verify-tiles.ts';

/** Candidates that are verified when nothing else is said. */
const usualVerifyMost = 30;
/** Fewer candidates, step by step, when the money is short. */
const fewerCandidates = [20, 15, 10, 5] as const;
/** The coarsest pixel of a sweep that has to save money, mm. */
const coarsestSweepMm = 1.25;
/** Largest pixels that are tried one after another where the model takes small pictures or few, mm. */
const pixelLadderMm = [sweepPixelMm, coarsestSweepMm, 1.6, 2, 2.5] as const;

/** Tiles have whole pixels: the rows of one may be this much larger than its columns. */
const pixelRounding = 0.015;

/** What a plan leaves out or makes coarser to cost less. */
interface Rung {
  readonly verify: number;
  readonly pixelMm: number;
}

/**
 * Plans how a model is shown an exam: which requests, which pictures, which tiles, where each lies in the patient, and what it may cost.
 *
 * Pure: the same input makes the same plan. When the expected cost is above the budget, fewer candidates are verified, then the sweep
 * becomes coarser, then nothing is verified; the lungs stay covered and the notes tell. A plan that is still above it says so and is
 * returned: the caller holds it.
 *
 * @param input - Exam, profile, mode, model, candidates, budget, chance.
 * @throws {RangeError} for a profile that is not for volumes, or a model whose pictures hold not even a tile of 2.5 mm pixels.
 */
export function planReading(input: PlanInput): ReadingPlanned {
  const ladder = rungsOf(input);
  let plan = planRung(input, ladder[0] ?? { verify: 0, pixelMm: sweepPixelMm });
  for (const rung of ladder.slice(1)) {
    if (!isOverBudget(plan, input)) break;
    plan = planRung(input, rung);
  }
  const notes: PlanNote[] = [...plan.notes];
  if (plan.forecast.costMicroUsd === null && plan.requests.length > 0) notes.push({ kind: 'price-unknown' });
  if (isOverBudget(plan, input)) notes.push({ kind: 'over-budget' });
  return { ...plan, notes };
}

function isOverBudget({ forecast }: ReadingPlanned, { budgetMicroUsd }: PlanInput): boolean {
  return budgetMicroUsd !== null && forecast.costMicroUsd !== null && forecast.costMicroUsd.expected > budgetMicroUsd;
}

/** From what was asked for to the cheapest plan that still covers it. */
function rungsOf({ mode, candidates, verifyMost = usualVerifyMost }: PlanInput): readonly Rung[] {
  const most = Math.min(verifyMost, candidates.length);
  const counts = [most, ...fewerCandidates.filter((count) => count < most)];
  const fewest = counts.at(-1) ?? 0;
  switch (mode) {
    case 'slices': return [{ verify: 0, pixelMm: sweepPixelMm }];
    case 'sweep': return [{ verify: 0, pixelMm: sweepPixelMm }, { verify: 0, pixelMm: coarsestSweepMm }];
    case 'verify': return counts.map((verify) => ({ verify, pixelMm: sweepPixelMm }));
    case 'sweep-and-verify': return [
      ...counts.map((verify) => ({ verify, pixelMm: sweepPixelMm })),
      { verify: fewest, pixelMm: coarsestSweepMm },
      { verify: 0, pixelMm: coarsestSweepMm },
    ];
  }
}

function planRung(input: PlanInput, rung: Rung): ReadingPlanned {
  const ranked = input.candidates.toSorted((a, b) => a.rank - b.rank);
  const requests: RequestOfPlan[] = [];
  if (input.mode === 'slices') {
    requests.push(...firstThatFits(pixelLadderMm, (pixelMm) => planRequests('slices', sliceTiles(input, pixelMm), input)));
  }
  if (input.mode === 'sweep' || input.mode === 'sweep-and-verify') {
    const pixels = pixelLadderMm.filter((pixelMm) => pixelMm >= rung.pixelMm);
    requests.push(...firstThatFits(pixels, (pixelMm) => planRequests('sweep', sweepTiles(input, pixelMm), input)));
  }
  if (rung.verify > 0) {
    const dealt = shuffled(ranked.slice(0, rung.verify), seededGenerator(input.seed));
    requests.push(...firstThatFits([0], () => planRequests('verify', verifyTiles(dealt), input)));
  }
  return { requests, forecast: sumForecasts(requests.map(({ forecast }) => forecast)), notes: notesOf(input, ranked, rung, requests) };
}

function firstThatFits(pixels: readonly number[], plan: (pixelMm: number) => readonly RequestOfPlan[] | null): readonly RequestOfPlan[] {
  for (const pixelMm of pixels) {
    const requests = plan(pixelMm);
    if (requests !== null) return requests;
  }
  throw new RangeError('the pictures that the model takes do not hold a tile');
}

function notesOf(
  { mode, exam, regions, verifyMost = usualVerifyMost }: PlanInput, ranked: readonly CandidateToVerify[], rung: Rung, requests: readonly RequestOfPlan[],
): readonly PlanNote[] {
  const notes: PlanNote[] = [];
  const isVerifying = mode === 'verify' || mode === 'sweep-and-verify';
  if (isVerifying) {
    if (ranked.length === 0) notes.push({ kind: 'nothing-to-verify' });
    const ranks = ranked.map(({ rank }) => rank);
    for (const [because, left] of [['budget', ranks.slice(rung.verify, verifyMost)], ['most', ranks.slice(verifyMost)]] as const) {
      if (left.length > 0) notes.push({ kind: 'candidates-left-out', ranks: left, because });
    }
  }
  const voxelMm = Math.max(exam.spacingMm[0], exam.spacingMm[1]);
  const isCoarser = (purpose: 'sweep' | 'slices', limitMm: number): void => {
    const pixelMm = coarsestPixelMm(requests, purpose);
    if (pixelMm > limitMm * (1 + pixelRounding)) notes.push({ kind: `${purpose}-coarser`, pixelMm });
  };
  isCoarser('sweep', Math.max(sweepPixelMm, voxelMm));
  isCoarser('slices', voxelMm);
  if (mode === 'verify') notes.push({ kind: 'lungs-not-covered' });
  if (mode === 'sweep' || (mode === 'sweep-and-verify' && rung.verify === 0)) notes.push({ kind: 'ground-glass-not-covered' });
  const { undecodedSlices } = unseenOf(exam, regions.extent);
  if (mode !== 'verify' && undecodedSlices.length > 0) notes.push({ kind: 'slices-undecoded', sliceIndices: undecodedSlices });
  return notes;
}

/** To hundredths of a millimetre; 0 where there is no such request. */
function coarsestPixelMm(requests: readonly RequestOfPlan[], purpose: RequestPurpose): number {
  const own = requests.filter(({ planned }) => planned.purpose === purpose);
  const affines = own.flatMap(({ planned }) => planned.pictures.flatMap(({ tiles }) => tiles.flatMap(({ panels }) => panels.flatMap(({ affine }) => affine ?? []))));
  return affines.reduce((most, { columnStep, rowStep }) => Math.max(most, Math.round(100 * Math.max(Math.hypot(...columnStep), Math.hypot(...rowStep))) / 100), 0);
}

/** The order must not tell which candidate the device thinks most of. */
function shuffled<Item>(items: readonly Item[], random: SeededGenerator): readonly Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
  }
  return order;
}
