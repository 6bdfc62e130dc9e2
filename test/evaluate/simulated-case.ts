import type { ExamBlur } from '../../src-main/finder/exam-blur.ts';
import type { NoduleAttachment, NoduleProfile } from '../../src-shared/domain/candidate.ts';
import { randomDirection, seededGenerator } from '../../src-main/finder/seeded-generator.ts';
import type { SimulatedNodule } from '../../src-main/finder/simulate/simulate-nodule.ts';
import type { NoduleMargin } from '../../src-main/finder/simulate/simulate-shape.ts';
import { chooseSite } from '../../src-main/finder/simulate/simulate-sites.ts';
import type { SiteWish } from '../../src-main/finder/simulate/simulate-sites.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import type { VoxelBlock } from '../../src-main/imaging/pictures/picture.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/** A nodule to put into an exam, and how a reader points at it. */
export interface SimulatedCase {
  readonly nodule: SimulatedNodule;
  /** The blur it is put in with: up to 15 % sharper or 20 % softer than what the exam is estimated to have. */
  readonly blur: ExamBlur;
  /** How far off the middle of its largest section it is asked for, mm. */
  readonly offset: PatientPoint;
}

const profiles: readonly NoduleProfile[] = ['solid', 'solid', 'part-solid', 'ground-glass'];
const attachments: readonly NoduleAttachment[] = ['isolated', 'juxtapleural', 'juxtavascular'];
const margins: readonly NoduleMargin[] = ['smooth', 'lobulated', 'spiculated'];

/**
 * Draws a nodule of 3 to 30 mm and a place for it.
 *
 * @param volume - Without other nodules in it.
 * @param mask - Of its lungs.
 * @param blur - Estimated from the exam.
 * @param seed - Decides everything.
 * @param avoid - Real findings.
 * @returns Null where the exam has no place of the kind drawn.
 */
export function simulatedCase(volume: VoxelBlock, mask: LungMask, blur: ExamBlur, seed: number, avoid: SiteWish['avoid']): SimulatedCase | null {
  const random = seededGenerator(seed * 7919 + 13);
  const profile = profiles[Math.floor(random() * profiles.length)] ?? 'solid';
  const attachment = attachments[Math.floor(random() * attachments.length)] ?? 'isolated';
  const margin = margins[Math.floor(random() * margins.length)] ?? 'smooth';
  const diameterMm = profile === 'solid' ? 3 + 27 * random() ** 1.7 : profile === 'part-solid' ? 8 + 20 * random() : 5 + 22 * random();
  const centreMm = chooseSite(volume, mask, random, { attachment, diameterMm, avoid });
  if (centreMm === null) return null;
  const axesMm = [diameterMm, diameterMm * (0.75 + 0.25 * random()), diameterMm * (0.75 + 0.25 * random())] as const;
  const own: ExamBlur = { inPlaneMm: blur.inPlaneMm * (0.85 + 0.35 * random()), sliceMm: blur.sliceMm };
  const coreShare = 0.35 + 0.35 * random();
  const hounsfield = { solid: 60 * random(), groundGlass: -650 + 150 * random() };
  const direction = randomDirection(random);
  const offMm = Math.min(2.5, diameterMm / 4) * random();
  return {
    nodule: { centreMm, axesMm, profile, attachment, margin, coreShare, hounsfield, seed },
    blur: own,
    offset: [direction[0] * offMm, direction[1] * offMm, direction[2] * offMm],
  };
}
