import { voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { explainBall } from './ball-model.ts';
import type { ExplainedBall } from './ball-model.ts';
import type { ExamBlur } from '../exam-blur.ts';
import type { FoundRegion } from './find-region.ts';
import type { LocalBox } from './local-box.ts';
import { axesOf } from './measured-axes.ts';
import { noduleHints } from './nodule-hints.ts';
import { weighNodule } from './nodule-mass.ts';
import type { NoduleMass } from './nodule-mass.ts';
import type { BoundaryConfidence, MeasurementDoubt } from '../../../src-shared/domain/candidate.ts';
import type { CrossPlane, MeasuredNodule, NoduleMeasurement } from './nodule-measurement.ts';
import { noduleSection, sectionMiddle } from './nodule-section.ts';
import type { NoduleSection } from './nodule-section.ts';
import { crossAxes } from './plane-axes.ts';
import { touchesFace } from './region-fill.ts';
import { solidComponent } from './solid-component.ts';
import { voxelBits } from './voxel-bits.ts';

/** What is known of the exam, and what is asked for besides. */
export interface DescriptionContext {
  readonly blur: ExamBlur;
  readonly noiseHu: number;
  readonly planes: readonly CrossPlane[];
}

/** Below this radius blur reaches a nodule's middle: its contrast is taken from the middle of its section, mm. */
const smallMm = 5;

/**
 * Measures a grown nodule on the volume's own pixels.
 *
 * What blur does to a ball is known in closed form: the axes are corrected by what it does to the ball that would show the same
 * section, and the volume is the nodule's mass over the contrast of that ball.
 *
 * @param volume - Voxels in HU.
 * @param trial - The nodule in its box.
 * @param context - Of the exam.
 */
export function describeNodule(volume: VoxelBlock, { box, found }: { readonly box: LocalBox; readonly found: FoundRegion }, context: DescriptionContext): NoduleMeasurement {
  const { blur, noiseHu } = context;
  const { region } = found;
  const contrastHu = found.fullHu - found.lungHu;
  // Ground glass is smoothed until noise does not fray its outline.
  const smoothingMm = found.kind === 'solid' ? 0 : Math.min(Math.max(10 * (noiseHu / contrastHu - 0.05), 0), 1.2);
  const sections: NoduleSection[] = [];
  for (let slice = box.firstSlice; slice <= box.lastSlice; slice += 1) {
    const section = noduleSection(volume, box, region, slice, found.levelHu, smoothingMm);
    if (section !== null) sections.push(section);
  }
  const key = largest(sections);
  if (key === null || contrastHu <= 0) return { kind: 'no-region', reason: 'no-boundary-found' };
  const mass = weighNodule(volume, box, region, found.levelHu, found.fullHu, blur);
  const { section, ball, fullHu } = explain(volume, box, found, key, mass, { inPlaneMm: Math.hypot(blur.inPlaneMm, smoothingMm), sliceMm: blur.sliceMm });
  const growthMm = 2 * (ball.radiusMm - radiusOf(section));
  const volumeMm3 = Math.max(0, (mass.massHuMm3 * ball.peak) / (fullHu - mass.surroundingsHu));
  const solid = found.kind === 'solid' ? null : solidComponent(volume, box, found, blur);
  const { box: voxelBox, bits } = voxelBits(volume, sections.map(({ slice, inside }) => ({ slice, inside })));
  const described: Omit<MeasuredNodule, 'confidence'> = {
    kind: 'nodule',
    profile: found.kind === 'solid' ? 'solid' : solid === null ? 'ground-glass' : 'part-solid',
    centreMm: voxelToPatient(volume, ...mass.centre),
    slice: section.slice,
    axes: axesOf(volume, section.slice, section.outline, growthMm),
    crossAxes: context.planes.map((plane) => ({ plane, axes: crossAxes(volume, box, region, found.levelHu, plane) })),
    volumeMm3,
    ballDiameterMm: 2 * Math.cbrt((volumeMm3 * 3) / (4 * Math.PI)),
    solid,
    ...noduleHints(volume, box, region, sections),
    outlines: sections.map(({ slice, outline }) => ({ slice, points: outline })),
    box: voxelBox,
    bits,
  };
  return { ...described, confidence: confidenceOf(volume, box, found, described, ball, context) };
}

/** The ball that shows what the largest section shows, with the contrast it really has. */
function explain(
  volume: VoxelBlock, box: LocalBox, found: FoundRegion, key: NoduleSection, mass: NoduleMass, blur: ExamBlur,
): { readonly section: NoduleSection; readonly ball: ExplainedBall; readonly fullHu: number } {
  const stepMm = volume.spacingMm[2];
  const heightMm = Math.max(-stepMm / 2, Math.min(stepMm / 2, (key.slice - mass.centre[2]) * stepMm));
  const seenMm = radiusOf(key);
  if (seenMm >= smallMm || found.kind !== 'solid') return { section: key, ball: explainBall(seenMm, blur, heightMm, 0.3 * seenMm), fullHu: found.fullHu };
  const middleMm = Math.max(0.3 * seenMm, 0.7 * volume.spacingMm[0]);
  const fullHu = sectionMiddle(volume, key, middleMm);
  const section = noduleSection(volume, box, found.region, key.slice, (mass.surroundingsHu + fullHu) / 2, 0) ?? key;
  return { section, ball: explainBall(radiusOf(section), blur, heightMm, middleMm), fullHu };
}

function largest(sections: readonly NoduleSection[]): NoduleSection | null {
  let best: NoduleSection | null = null;
  for (const section of sections) if (best === null || section.areaMm2 > best.areaMm2) best = section;
  return best;
}

/** Radius of the disc of the same area, mm. */
function radiusOf({ areaMm2 }: NoduleSection): number {
  return Math.sqrt(areaMm2 / Math.PI);
}

function confidenceOf(
  volume: VoxelBlock, box: LocalBox, { region, fullHu, lungHu, lungShare }: FoundRegion, { axes, box: voxels }: Omit<MeasuredNodule, 'confidence'>, ball: ExplainedBall,
  { blur, noiseHu }: DescriptionContext,
): BoundaryConfidence {
  const meanMm = axes.meanTenths / 10;
  const isAtEdge = voxels.firstColumn === 0 || voxels.firstRow === 0 || voxels.lastColumn === volume.columns - 1 || voxels.lastRow === volume.rows - 1
    || voxels.firstSlice === 0 || voxels.lastSlice === volume.slices.length - 1;
  const isAtGap = box.endsInGap && touchesFace(region.cells, box, [false, false, false, false, true, true]);
  const doubts: readonly (readonly [MeasurementDoubt, isThere: boolean, isGrave: boolean])[] = [
    ['smaller-than-blur', ball.isAtLimit || ball.peak < 0.5, true],
    ['slices-too-thick', blur.sliceMm > meanMm / 2, blur.sliceMm > meanMm],
    ['much-cut-from-wall-or-vessels', region.cutShare > 0.35, region.cutShare > 0.55],
    ['widens-into-other-tissue', region.isHeld, true],
    ['ends-in-gap', isAtGap, true],
    ['at-the-edge-of-the-scan', isAtEdge, true],
    ['noise-near-contrast', noiseHu > 0.2 * (fullHu - lungHu), noiseHu > 0.4 * (fullHu - lungHu)],
    ['little-lung-around', lungShare < 0.12, lungShare < 0.04],
  ];
  const present = doubts.filter(([, isThere]) => isThere);
  const isLow = present.some(([, , isGrave]) => isGrave) || present.length > 2;
  return { level: isLow ? 'low' : present.length > 0 ? 'moderate' : 'high', doubts: present.map(([doubt]) => doubt) };
}
