import type { Lobe, Side } from '../../../src-shared/domain/finding.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { patientToVoxel } from '../volume/ct-volume.ts';
import type { CtVolume } from '../volume/ct-volume.ts';
import { lungLabels } from './lung-mask.ts';
import type { LungMask } from './lung-mask.ts';
import { gridAxes } from './mask-axes.ts';
import { fissureDistanceMm, lobeModel, lobesAt } from './mask-lobes.ts';
import type { LobeModel, NamedLobe } from './mask-lobes.ts';

/** A lobe is named from this probability on. */
const leastCertain = 0.7;
/** A point outside of the lungs belongs to a lung that is no further off than this, mm. */
const nearLungMm = 20;
/** The distance to the pleura is not followed further than this, mm. */
const furthestMm = 80;

/** Where a point lies in the lungs. */
export interface LungLocation {
  /** From the label of the mask, and so from the patient's geometry. */
  readonly side: Side;
  /** Of the estimated fissures; 'indeterminate' near one. */
  readonly lobe: Lobe;
  readonly lobeProbabilities: Readonly<Record<NamedLobe, number>>;
  readonly inLung: boolean;
  /** To the nearest place that is neither lung nor airway, mm, at most 80; 0 outside of the lungs. */
  readonly distanceToPleuraMm: number;
  /** To the nearest estimated fissure of the lung, mm; null where none is estimated. */
  readonly distanceToFissureMm: number | null;
}

const unknown: Readonly<Record<NamedLobe, number>> = { 'right-upper': 0.2, 'right-middle': 0.2, 'right-lower': 0.2, 'left-upper': 0.2, 'left-lower': 0.2 };

/** Estimated fissures of both lungs; null for one that is not there. */
export type LobeModels = Readonly<Record<'right' | 'left', LobeModel | null>>;

/** They are made once, of hundreds of thousands of cells. */
const modelsOf = new WeakMap<LungMask, LobeModels>();

/**
 * Tells side and lobe of a point.
 *
 * The lobe is an estimate from the usual course of fissures in a lung of this shape; fissures are not looked for.
 *
 * @param mask - Of the volume.
 * @param volume - The series.
 * @param point - Of the patient, mm, LPS.
 * @param models - Of the mask's lungs; default: made once per mask object, which takes tens of milliseconds. A mask that came from another
 *   thread is a new object.
 */
export function locateInLungs(mask: LungMask, volume: CtVolume, point: PatientPoint, models: LobeModels = modelsFor(mask, volume)): LungLocation {
  const voxel = patientToVoxel(volume, point);
  const cell: Cell = [cellOf(voxel[0], mask.step[0]), cellOf(voxel[1], mask.step[1]), cellOf(voxel[2], mask.step[2])];
  const label = labelAt(mask, Math.round(cell[0]), Math.round(cell[1]), Math.round(cell[2]));
  const inLung = mask.kind === 'lungs' && (label === lungLabels.rightLung || label === lungLabels.leftLung);
  const side = mask.kind === 'lungs' ? sideOf(inLung ? label : nearestLung(mask, volume, cell)) : 'indeterminate';
  const model = side === 'indeterminate' ? null : models[side];
  const depth = gridAxes(volume).sideAxis === 'column' ? cell[1] : cell[0];
  const probabilities = model === null ? unknown : lobesAt(model, cell[2], depth);
  return {
    side,
    lobe: likeliest(probabilities),
    lobeProbabilities: probabilities,
    inLung,
    distanceToPleuraMm: inLung ? distanceToPleura(mask, volume, cell) : 0,
    distanceToFissureMm: model === null ? null : fissureDistanceMm(model, cell[2], depth),
  };
}

/** Fractional position in the grid; cell centres at whole numbers. */
type Cell = readonly [column: number, row: number, slice: number];

function cellOf(voxel: number, step: number): number {
  return (voxel - (step - 1) / 2) / step;
}

function labelAt({ columns, rows, slices, labels }: LungMask, column: number, row: number, slice: number): number {
  if (column < 0 || row < 0 || slice < 0 || column >= columns || row >= rows || slice >= slices) return lungLabels.outside;
  return labels[(slice * rows + row) * columns + column] ?? lungLabels.outside;
}

function sideOf(label: number): Side {
  if (label === lungLabels.rightLung) return 'right';
  return label === lungLabels.leftLung ? 'left' : 'indeterminate';
}

function modelsFor(mask: LungMask, volume: CtVolume): LobeModels {
  const models = modelsOf.get(mask) ?? { right: lobeModel(mask, volume, 'right'), left: lobeModel(mask, volume, 'left') };
  modelsOf.set(mask, models);
  return models;
}

function likeliest(probabilities: Readonly<Record<NamedLobe, number>>): Lobe {
  const names = Object.keys(probabilities) as NamedLobe[];
  return names.find((name) => probabilities[name] >= leastCertain) ?? 'indeterminate';
}

function nearestLung(mask: LungMask, volume: CtVolume, cell: Cell): number {
  return nearest(mask, volume, cell, nearLungMm, (label) => label === lungLabels.rightLung || label === lungLabels.leftLung)?.label ?? lungLabels.outside;
}

function distanceToPleura(mask: LungMask, volume: CtVolume, cell: Cell): number {
  for (const withinMm of [10, 25, furthestMm]) {
    const found = nearest(mask, volume, cell, withinMm, (label) => label === lungLabels.outside);
    if (found !== null) return found.distanceMm;
  }
  return furthestMm;
}

/** The nearest cell of a kind within a distance; the grid goes on as it ends where the scan was cut off at top and bottom. */
function nearest(
  mask: LungMask, { spacingMm }: CtVolume, [column, row, slice]: Cell, withinMm: number, isMeant: (label: number) => boolean,
): { readonly label: number; readonly distanceMm: number } | null {
  const size = [spacingMm[0] * mask.step[0], spacingMm[1] * mask.step[1], spacingMm[2] * mask.step[2]] as const;
  const reach = size.map((mm) => Math.ceil(withinMm / mm)) as [number, number, number];
  let best: { readonly label: number; readonly distanceMm: number } | null = null;
  for (let z = Math.round(slice) - reach[2]; z <= Math.round(slice) + reach[2]; z += 1) {
    const inside = Math.min(Math.max(z, 0), mask.slices - 1);
    for (let y = Math.round(row) - reach[1]; y <= Math.round(row) + reach[1]; y += 1) {
      for (let x = Math.round(column) - reach[0]; x <= Math.round(column) + reach[0]; x += 1) {
        // To the near face of the cell, not to its centre.
        const distanceMm = Math.hypot(toFace(x - column) * size[0], toFace(y - row) * size[1], toFace(z - slice) * size[2]);
        if (distanceMm > withinMm || distanceMm >= (best?.distanceMm ?? Infinity)) continue;
        const label = labelAt(mask, x, y, inside);
        if (isMeant(label)) best = { label, distanceMm };
      }
    }
  }
  return best;
}

function toFace(offset: number): number {
  return Math.max(0, Math.abs(offset) - 0.5);
}
