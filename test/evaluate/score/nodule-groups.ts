import type { NoduleChoice } from './froc.ts';
import { noduleAttachments, noduleProfiles } from '../../../src-shared/domain/candidate.ts';
import type { TrueNodule } from '../truth/exam-nodules.ts';

/** Nodules that are told of together. */
export interface NoduleGroup {
  readonly name: string;
  readonly isChosen: NoduleChoice;
}

/** Bands of the mean diameter, mm: from the first number on, below the second. */
const bands = [[0, 3], [3, 4], [4, 6], [6, 8], [8, 15], [15, 30], [30, Infinity]] as const;

/**
 * Groups by size band, type and attachment, and those for which LungDesk has set itself targets.
 *
 * @param nodules - Groups without one of them are left out.
 */
export function noduleGroups(nodules: readonly TrueNodule[]): readonly NoduleGroup[] {
  const groups: readonly NoduleGroup[] = [
    ...bands.map(([from, below]) => ({ name: bandName(from, below), isChosen: ({ diameterMm }: TrueNodule) => diameterMm >= from && diameterMm < below })),
    ...noduleProfiles.map((profile) => ({ name: profile, isChosen: (nodule: TrueNodule) => nodule.profile === profile })),
    ...noduleProfiles.flatMap((profile) => bands.map(([from, below]) => ({
      name: `${profile} ${bandName(from, below)}`,
      isChosen: (nodule: TrueNodule) => nodule.profile === profile && nodule.diameterMm >= from && nodule.diameterMm < below,
    }))),
    ...noduleAttachments.map((attachment) => ({ name: attachment, isChosen: (nodule: TrueNodule) => nodule.attachment === attachment })),
    ...noduleProfiles.flatMap((profile) => noduleAttachments.map((attachment) => ({
      name: `${profile} ${attachment}`, isChosen: (nodule: TrueNodule) => nodule.profile === profile && nodule.attachment === attachment,
    }))),
  ];
  return groups.filter(({ isChosen }) => nodules.some(isChosen));
}

/** A group with what LungDesk wants of it, on simulated nodules. */
export interface SensitivityTarget extends NoduleGroup {
  /** Share found among the candidates of an exam. */
  readonly least: number;
}

/** Targets on simulated nodules, at 40 candidates an exam. */
export function sensitivityTargets(): readonly SensitivityTarget[] {
  return [
    { name: 'solid 6 to 30 mm', least: 0.95, isChosen: ({ profile, diameterMm }) => profile === 'solid' && diameterMm >= 6 && diameterMm <= 30 },
    { name: 'solid 4 to 6 mm', least: 0.85, isChosen: ({ profile, diameterMm }) => profile === 'solid' && diameterMm >= 4 && diameterMm < 6 },
    { name: 'ground-glass from 8 mm', least: 0.8, isChosen: ({ profile, diameterMm }) => profile === 'ground-glass' && diameterMm >= 8 },
  ];
}

function bandName(from: number, below: number): string {
  return from === 0 ? `below ${String(below)} mm` : below === Infinity ? `from ${String(from)} mm` : `${String(from)}-${String(below)} mm`;
}
