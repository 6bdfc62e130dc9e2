import { estimateBlur } from '../../../src-main/finder/exam-blur.ts';
import { insertInto, takeOut } from '../../../src-main/finder/simulate/simulate-nodule.ts';
import type { InsertedNodule } from '../../../src-main/finder/simulate/simulate-nodule.ts';
import type { LungMask } from '../../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { matchMarks } from '../score/match-marks.ts';
import type { Mark, MatchedMarks } from '../score/match-marks.ts';
import { simulatedCase } from '../simulated-case.ts';
import type { SimulatedCase } from '../simulated-case.ts';
import { distanceMm, hitReachMm } from '../truth/exam-nodules.ts';
import type { ExamNodules, IrrelevantPlace, TrueNodule } from '../truth/exam-nodules.ts';
import { packRounds } from './pack-rounds.ts';

/** A simulated nodule as truth. */
export interface SimulatedTruth extends TrueNodule {
  readonly seed: number;
  readonly margin: string;
  /** Whether the list of the exam without it has a mark that would hit it: such a hit may be chance. */
  readonly isHitWithout: boolean;
}

/** The exam that nodules are put into. */
export interface SimulationExam {
  /** Its voxels are changed and put back. */
  readonly volume: CtVolume;
  readonly mask: LungMask;
  /** What it has of its own; null where nobody tells. */
  readonly truth: ExamNodules | null;
  /** What is found in it as it is. */
  readonly ownMarks: readonly Mark[];
}

/** How nodules are put in and looked for. */
export interface SimulationPlan {
  readonly seeds: readonly number[];
  /** Most nodules in the exam at once. */
  readonly together: number;
  /** Looks for nodules in the volume as it is when it is called. */
  readonly find: (volume: CtVolume, mask: LungMask) => Promise<readonly Mark[]>;
  /** Outlines the lungs anew with the nodules in them; null for the mask of the exam without them. */
  readonly outline: ((volume: CtVolume) => Promise<LungMask>) | null;
  /** Told after each round, while its nodules are still in the volume. */
  readonly onRound: (round: SimulatedRound, done: number, of: number) => void;
}

/** A search of the exam with some nodules in it. */
export interface SimulatedRound {
  readonly matched: MatchedMarks<SimulatedTruth>;
  readonly marks: readonly Mark[];
}

/** What a simulation came to. */
export interface SimulationResult {
  readonly rounds: readonly SimulatedRound[];
  /** Seeds for whose nodule the exam has no place. */
  readonly withoutPlace: readonly number[];
}

/** Kept clear around a real finding, mm. */
const clearMm = 6;

/**
 * Puts seeded nodules into an exam, a few at once and far apart, looks for them, and takes them out again.
 *
 * A seed's nodule and its place do not depend on which others there are, so that it is the same whatever is put in together.
 *
 * @param exam - The volume is as before when the promise settles, also when it rejects.
 * @param plan - Which nodules, and who looks.
 */
export async function runSimulation({ volume, mask, truth, ownMarks }: SimulationExam, plan: SimulationPlan): Promise<SimulationResult> {
  const irrelevant: readonly IrrelevantPlace[] = [
    ...(truth?.irrelevant ?? []),
    ...(truth?.nodules ?? []).map(({ centreMm, diameterMm }) => ({ centreMm, radiusMm: hitReachMm(diameterMm), why: 'real-finding' as const })),
  ];
  const avoid = irrelevant.map(({ centreMm, radiusMm }) => ({ centreMm, radiusMm: radiusMm + clearMm }));
  const blur = estimateBlur(volume);
  const drawn = plan.seeds.map((seed) => ({ seed, drawn: simulatedCase(volume, mask, blur, seed, avoid) }));
  const cases = drawn.flatMap(({ seed, drawn: one }) => (one === null ? [] : [{ seed, ...one }]));
  const packed = packRounds(cases, ({ nodule }) => ({ centreMm: nodule.centreMm, diameterMm: Math.max(...nodule.axesMm) }), plan.together);
  const withoutPlace = drawn.filter(({ drawn: one }) => one === null).map(({ seed }) => seed);
  const rounds: SimulatedRound[] = [];
  for (const [index, round] of packed.entries()) {
    const inserted: InsertedNodule[] = [];
    try {
      const nodules = round.flatMap((one) => insertCase(volume, one, ownMarks, inserted) ?? []);
      const marks = await plan.find(volume, plan.outline === null ? mask : await plan.outline(volume));
      const done = { matched: matchMarks(marks, nodules, irrelevant), marks };
      rounds.push(done);
      plan.onRound(done, index + 1, packed.length);
    } finally {
      for (const one of inserted.toReversed()) takeOut(volume, one);
    }
  }
  return { rounds, withoutPlace };
}

function insertCase(
  volume: CtVolume, { seed, nodule, blur }: SimulatedCase & { readonly seed: number }, ownMarks: readonly Mark[], inserted: InsertedNodule[],
): SimulatedTruth | null {
  const one = insertInto(volume, nodule, blur);
  if (one === null) return null;
  inserted.push(one);
  const { truth } = one;
  const diameterMm = (truth.longAxisMm + truth.shortAxisMm) / 2;
  return {
    seed, margin: truth.margin, centreMm: truth.centreMm, diameterMm, volumeMm3: truth.volumeMm3,
    profile: truth.profile, attachment: truth.attachment, readers: null,
    isHitWithout: ownMarks.some(({ centreMm }) => distanceMm(centreMm, truth.centreMm) <= hitReachMm(diameterMm)),
  };
}
