import type { Lobe } from '../../../src-shared/domain/finding.ts';
import type { CtVolume } from '../volume/ct-volume.ts';
import { lungLabels } from './lung-mask.ts';
import type { LungMask } from './lung-mask.ts';
import { gridAxes } from './mask-axes.ts';

/** A lobe that has a name. */
export type NamedLobe = Exclude<Lobe, 'indeterminate'>;

/**
 * Slope of the oblique fissure in a lung's own box: from 0.8 of the height at the very back (T3 to T4) it falls to the base near
 * the front end (sixth costochondral junction, anterior costophrenic angle).
 */
const obliqueSlope = 0.9;
/** Where it meets the back of the box, used where the volume is cut off and does not tell. */
const obliqueAtBack = 0.8;
/** Share of a lung that lies below the oblique fissure, and of the rest of the right lung that is middle lobe. */
const lowerShare = { right: 0.494, left: 0.5 } as const;
const middleShare = 0.342;
/** Height of the horizontal fissure where the volume does not tell: that of the fourth rib in front. */
const horizontalAt = 0.5;
/** How far off an estimated fissure may lie (one standard deviation), mm: of a whole lung, and of one that is cut off or deformed. */
const spreadMm = 14;
const wideSpreadMm = 28;
/** A lung whose first or last section is larger than this share of its widest one is cut off. */
const mostRimShare = 0.15;
/** Bins that quantiles are counted in. */
const bins = 256;

/** Estimated fissures of one lung: planes in its own box. */
export interface LobeModel extends LungBox {
  readonly side: 'right' | 'left';
  /** Height above the sloping plane (of 0 at the front, in heights) of the oblique fissure. */
  readonly oblique: number;
  /** Height of the horizontal fissure, in heights; null in the left lung. */
  readonly horizontal: number | null;
  readonly spreadMm: number;
}

/**
 * Estimates where a lung's fissures lie, from the lung's own box and the usual volumes of lobes; fissures are not looked for.
 *
 * @param mask - With lungs.
 * @param volume - It was made of.
 * @param side - Of the patient.
 * @returns Null when there is no such lung.
 * @see Yamada Y et al. Differences in lung and lobe volumes between supine and standing positions. Respiration 99:598-605, 2020,
 *   doi 10.1159/000507265, table 3 (lying down RUL 17.9, RML 9.3, RLL 26.5, LUL 23.1, LLL 23.2 % of both lungs).
 * @see Gray's Anatomy: surface markings of the oblique and horizontal fissures.
 */
export function lobeModel(mask: LungMask, volume: CtVolume, side: 'right' | 'left'): LobeModel | null {
  const box = lungBox(mask, volume, side);
  if (box === null) return null;
  const isDeformed = mask.notes.includes('one-lung-missing') || mask.notes.includes('cut-at-the-sides') || box.isCut;
  const base = { ...box, side, spreadMm: isDeformed ? wideSpreadMm : spreadMm };
  if (isDeformed) return { ...base, oblique: obliqueAtBack - obliqueSlope, horizontal: side === 'right' ? horizontalAt : null };
  const tilted = quantile(mask, volume, base, (height, depth) => height - obliqueSlope * depth, lowerShare[side]);
  if (side === 'left') return { ...base, oblique: tilted, horizontal: null };
  const horizontal = quantile(mask, volume, base, (height, depth) => (height - obliqueSlope * depth > tilted ? height : null), middleShare);
  return { ...base, oblique: tilted, horizontal };
}

/**
 * Probabilities of a lung's lobes at a cell.
 *
 * @param model - Of the lung.
 * @param slice - Of the mask's grid; may be fractional.
 * @param depth - Index along the axis from front to back; may be fractional.
 */
export function lobesAt(model: LobeModel, slice: number, depth: number): Readonly<Record<NamedLobe, number>> {
  const { obliqueMm, horizontalMm } = aboveFissures(model, slice, depth);
  const lower = 1 - normalShare(obliqueMm / model.spreadMm);
  const none = { 'right-upper': 0, 'right-middle': 0, 'right-lower': 0, 'left-upper': 0, 'left-lower': 0 };
  if (horizontalMm === null) return { ...none, 'left-upper': 1 - lower, 'left-lower': lower };
  const upper = normalShare(horizontalMm / model.spreadMm);
  return { ...none, 'right-upper': (1 - lower) * upper, 'right-middle': (1 - lower) * (1 - upper), 'right-lower': lower };
}

/**
 * Distance of a cell to the nearest estimated fissure of its lung.
 *
 * @param model - Of the lung.
 * @param slice - Of the mask's grid; may be fractional.
 * @param depth - Index along the axis from front to back; may be fractional.
 * @returns mm, along the shortest way; the fissure itself may lie the model's spread off.
 */
export function fissureDistanceMm(model: LobeModel, slice: number, depth: number): number {
  const { obliqueMm, horizontalMm } = aboveFissures(model, slice, depth);
  // The horizontal fissure ends at the oblique one: from below that one it is never the nearer.
  return horizontalMm === null || obliqueMm < 0 ? Math.abs(obliqueMm) : Math.min(obliqueMm, Math.abs(horizontalMm));
}

/** How far a cell lies above a lung's fissures, mm; below them less than 0. */
function aboveFissures(model: LobeModel, slice: number, depth: number): { readonly obliqueMm: number; readonly horizontalMm: number | null } {
  const high = (slice - model.bottom) / model.height;
  const back = (depth - model.front) / model.depth;
  const slopeMm = (obliqueSlope * model.heightMm) / model.depthMm;
  return {
    obliqueMm: ((high - obliqueSlope * back - model.oblique) * model.heightMm) / Math.hypot(1, slopeMm),
    horizontalMm: model.horizontal === null ? null : (high - model.horizontal) * model.heightMm,
  };
}

/** The box around a lung, in cells and mm. */
export interface LungBox {
  /** Lowest slice and front of the box, and the cells from there to the highest slice and to the back; depth may run backwards. */
  readonly bottom: number;
  readonly height: number;
  readonly front: number;
  readonly depth: number;
  readonly heightMm: number;
  readonly depthMm: number;
  /** Whether more than a rim of it lies on the first or last slice of the grid. */
  readonly isCut: boolean;
}

function lungBox(mask: LungMask, volume: CtVolume, side: 'right' | 'left'): LungBox | null {
  let [bottom, top, first, last] = [Infinity, -Infinity, Infinity, -Infinity];
  const sections = new Int32Array(mask.slices);
  visitLung(mask, volume, side, (slice, depth) => {
    sections[slice] = (sections[slice] ?? 0) + 1;
    bottom = Math.min(bottom, slice);
    top = Math.max(top, slice);
    first = Math.min(first, depth);
    last = Math.max(last, depth);
  });
  if (top <= bottom || last <= first) return null;
  const { sideAxis, isTowardsBack } = gridAxes(volume);
  const depthStep = sideAxis === 'column' ? mask.step[1] * volume.spacingMm[1] : mask.step[0] * volume.spacingMm[0];
  const range = isTowardsBack ? { front: first, depth: last - first } : { front: last, depth: first - last };
  const widest = sections.reduce((most, cells) => Math.max(most, cells), 0);
  const isCut = Math.max(sections[0] ?? 0, sections.at(-1) ?? 0) > mostRimShare * widest;
  return { isCut, bottom, height: top - bottom, ...range, heightMm: (top - bottom) * mask.step[2] * volume.spacingMm[2], depthMm: (last - first) * depthStep };
}

/** Visits the cells of a lung by slice and index from front to back. */
function visitLung(mask: LungMask, volume: CtVolume, side: 'right' | 'left', visit: (slice: number, depth: number) => void): void {
  const { columns, rows, labels } = mask;
  const isRow = gridAxes(volume).sideAxis === 'column';
  const label = side === 'right' ? lungLabels.rightLung : lungLabels.leftLung;
  for (let index = labels.indexOf(label); index >= 0 && index < labels.length; index += 1) {
    if (labels[index] !== label) continue;
    visit(Math.floor(index / (columns * rows)), isRow ? Math.floor(index / columns) % rows : index % columns);
  }
}

/** The value that a share of the lung's cells lies below; cells of null do not count. */
function quantile(mask: LungMask, volume: CtVolume, model: LungBox & { readonly side: 'right' | 'left' }, value: (height: number, depth: number) => number | null, share: number): number {
  const counts = new Float64Array(bins);
  let all = 0;
  visitLung(mask, volume, model.side, (slice, depth) => {
    const own = value((slice - model.bottom) / model.height, (depth - model.front) / model.depth);
    if (own === null) return;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((own + 1) / 2) * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
    all += 1;
  });
  let below = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    below += counts[bin] ?? 0;
    if (below >= share * all) return ((bin + 0.5) / bins) * 2 - 1;
  }
  return 1;
}

/** Share of a normal distribution below a number of standard deviations (logistic approximation, error below 0.01). */
function normalShare(deviations: number): number {
  return 1 / (1 + Math.exp(-1.702 * deviations));
}
