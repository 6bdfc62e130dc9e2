import type { MeasuredAxes, NoduleProfile, NoduleSize, ScoreTerm, ScoreTermName } from '../../../src-shared/domain/candidate.ts';
import { scoreTerms } from '../../../src-shared/domain/candidate.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { CandidateView, SizedPlace } from '../../../src-shared/domain/views.ts';
import type { DecodedSlice } from './decode-series.ts';

/** What each sample picture shows, mm along each edge. */
export const sampleFieldMm = 40;

/** A ball in the exam: where, how large, how far from round. */
interface Ball {
  readonly centreMm: PatientPoint;
  readonly longMm: number;
  readonly shortMm: number;
  readonly change?: Partial<CandidateView>;
  readonly size?: Partial<NoduleSize>;
  readonly profile?: NoduleProfile;
  readonly score: number;
}

const balls: readonly Ball[] = [
  { centreMm: [56.4, 86.4, -115.8], longMm: 32.4, shortMm: 24.1, score: 7.42, change: { path: 'mass', attachment: 'juxtapleural', lobe: 'left-lower', side: 'left', distanceToPleuraMm: 0.4 }, size: { hints: { calcifiedShare: 0, fatShare: 0, strandCount: 3 } } },
  { centreMm: [-62, 20, -150], longMm: 9.1, shortMm: 7.6, score: 5.1, profile: 'part-solid', change: { lobe: 'right-middle', side: 'right', distanceToPleuraMm: 14.2, distanceToFissureMm: 8.1 } },
  { centreMm: [40, -30, -62], longMm: 6.4, shortMm: 5.5, score: 4.37, change: { lobe: 'left-upper', side: 'left', attachment: 'juxtavascular' }, size: { hints: { calcifiedShare: 0.42, fatShare: 0, strandCount: 1 }, confidence: { level: 'moderate', doubts: ['much-cut-from-wall-or-vessels'] } } },
  { centreMm: [-70, -10, -100], longMm: 5.2, shortMm: 4.4, score: 3.9, change: { lobe: 'right-upper', side: 'right' } },
  { centreMm: [60, 40, -170], longMm: 11.8, shortMm: 10.2, score: 3.12, profile: 'ground-glass', change: { lobe: 'left-lower', side: 'left', path: 'ground-glass' }, size: { meanHu: -612, confidence: { level: 'low', doubts: ['noise-near-contrast', 'slices-too-thick'] } } },
  { centreMm: [-55, 70, -190], longMm: 4.1, shortMm: 3.4, score: 2.4, change: { lobe: 'right-lower', side: 'right', attachment: 'juxtapleural', distanceToPleuraMm: 1.1 }, size: { confidence: { level: 'low', doubts: ['smaller-than-blur'] } } },
  { centreMm: [-45, -45, -70], longMm: 5, shortMm: 5, score: 2.2, change: { lobe: 'indeterminate', side: 'right', size: { kind: 'no-region', reason: 'no-boundary-found' } } },
  { centreMm: [-102, 10, -130], longMm: 6.8, shortMm: 4.9, score: 1.8, change: { lobe: 'right-upper', side: 'right', attachment: 'juxtapleural', distanceToPleuraMm: 0.2 } },
  { centreMm: [-30, 60, -120], longMm: 3.9, shortMm: 3.6, score: 1.45, change: { lobe: 'right-lower', side: 'right', attachment: 'juxtavascular' } },
  { centreMm: [35, 60, -200], longMm: 7.4, shortMm: 6.1, score: 1.02, change: { lobe: 'left-lower', side: 'left' } },
  { centreMm: [-80, 30, -80], longMm: 4.6, shortMm: 3.5, score: 0.71, change: { lobe: 'right-upper', side: 'right' } },
  { centreMm: [50, 0, -215], longMm: 5.7, shortMm: 5, score: 0.33, change: { lobe: 'left-lower', side: 'left', attachment: 'juxtavascular' } },
];

const weights: Readonly<Record<ScoreTermName, number>> = { contrast: 0.42, roundness: 0.3, vessel: -0.12, plate: -0.06, size: 0.22, 'in-lung': 0.14, pleura: -0.03, edge: 0.13 };

function terms(score: number): readonly ScoreTerm[] {
  return scoreTerms.map((name) => ({ name, value: Math.round(Math.abs(weights[name]) * score * 137) / 100, points: Math.round(weights[name] * score * 100) / 100 }));
}

function nearest(slices: readonly DecodedSlice[], z: number): number {
  return slices.reduce((best, slice, index) => Math.abs(slice.origin[2] - z) < Math.abs((slices[best]?.origin[2] ?? Infinity) - z) ? index : best, 0);
}

function axes([x, y, z]: PatientPoint, longMm: number, shortMm: number): MeasuredAxes {
  return {
    long: { fromMm: [x - longMm / 2, y, z], toMm: [x + longMm / 2, y, z], lengthMm: longMm },
    short: { fromMm: [x, y - shortMm / 2, z], toMm: [x, y + shortMm / 2, z], lengthMm: shortMm },
    meanTenths: Math.round(5 * (longMm + shortMm)),
  };
}

function outlines(slices: readonly DecodedSlice[], { centreMm: [x, y, z], longMm, shortMm }: Ball): NoduleSize['outlines'] {
  return slices.flatMap((slice, sliceIndex) => {
    const reach = Math.sqrt(Math.max(0, 1 - ((slice.origin[2] - z) / (shortMm / 2)) ** 2));
    if (reach < 0.2) return [];
    const points = Array.from({ length: 36 }, (_, step) => {
      const angle = (step / 36) * 2 * Math.PI;
      const wave = 1 + 0.05 * Math.sin(5 * angle);
      return [(x + (longMm / 2) * reach * wave * Math.cos(angle) - slice.origin[0]) / slice.pixelSpacing[1], (y + (shortMm / 2) * reach * wave * Math.sin(angle) - slice.origin[1]) / slice.pixelSpacing[0]];
    }).flat();
    return [{ sliceIndex, points }];
  });
}

function noduleSize(slices: readonly DecodedSlice[], ball: Ball): NoduleSize {
  const { centreMm, longMm, shortMm, profile = 'solid' } = ball;
  const sliceIndex = nearest(slices, centreMm[2]);
  const onSlice: PatientPoint = [centreMm[0], centreMm[1], slices[sliceIndex]?.origin[2] ?? 0];
  return {
    kind: 'nodule', profile, sliceIndex, axes: axes(onSlice, longMm, shortMm), volumeMm3: Math.round((Math.PI / 6) * longMm * shortMm ** 2),
    solid: profile === 'part-solid' ? { axes: axes(onSlice, 4.2, 3.4), volumeMm3: 31 } : null, meanHu: 14, hints: { calcifiedShare: 0, fatShare: 0, strandCount: 0 },
    confidence: { level: 'high', doubts: [] }, outlines: outlines(slices, ball), ...ball.size,
  };
}

/** Candidates as the device would find them in the public exam; the balls are where people would look, their sizes are made up. */
export function sampleCandidates(slices: readonly DecodedSlice[]): readonly CandidateView[] {
  return balls.map((ball, index) => {
    const { centreMm, longMm, score } = ball;
    const sliceIndex = nearest(slices, centreMm[2]);
    const size = noduleSize(slices, ball);
    const touched = size.outlines.map((outline) => outline.sliceIndex);
    const path = (plane: string): string => `/picture/candidate-${plane}-${index}`;
    return {
      rank: index + 1, centreMm, sliceIndex, sopInstanceUid: slices[sliceIndex]?.sopInstanceUid ?? '', fromSliceIndex: Math.min(sliceIndex, ...touched), toSliceIndex: Math.max(sliceIndex, ...touched),
      path: 'nodule', attachment: 'isolated', blobMm: longMm, score, terms: terms(score), size, side: 'indeterminate', lobe: 'indeterminate', distanceToPleuraMm: 9.3, distanceToFissureMm: null,
      pictures: { axialPath: path('axial'), coronalPath: path('coronal'), sagittalPath: path('sagittal') }, pictureFieldMm: sampleFieldMm, opinions: [], ...ball.change,
    };
  });
}

/** What the device would measure at a click: a nodule left of the picture's middle, nothing right of it. */
export function sampleSizing(slices: readonly DecodedSlice[], { sliceIndex, column, row }: { readonly sliceIndex: number; readonly column: number; readonly row: number }): SizedPlace {
  const slice = slices[sliceIndex];
  const place = { side: 'right', lobe: 'right-upper', distanceToPleuraMm: 11.2, distanceToFissureMm: 6.4 } as const;
  if (slice === undefined || column > slice.columns / 2) return { sizing: { kind: 'no-region', reason: 'nothing-dense-here' }, place };
  const centreMm: PatientPoint = [slice.origin[0] + column * slice.pixelSpacing[1], slice.origin[1] + row * slice.pixelSpacing[0], slice.origin[2]];
  return { sizing: noduleSize(slices, { centreMm, longMm: 8.7, shortMm: 6.9, score: 0, size: { hints: { calcifiedShare: 0, fatShare: 0, strandCount: 2 }, confidence: { level: 'moderate', doubts: ['much-cut-from-wall-or-vessels'] } } }), place };
}
