import type { PatientPoint } from './units.ts';
import type { Priority } from './priority.ts';
import type { Certainty } from './tile-answer.ts';

/** Lung lobes; the lingula is part of the left upper lobe. */
export const lobes = ['right-upper', 'right-middle', 'right-lower', 'left-upper', 'left-lower', 'indeterminate'] as const;

/** Where a finding lies; 'indeterminate' until the geometry can tell. */
export type Lobe = (typeof lobes)[number];

/** Side of the patient, from geometry and never from a model. */
export type Side = 'left' | 'right' | 'indeterminate';

/** Attenuation as a model or reader described it (Fleischner Society glossary terms). */
export const attenuations = ['solid', 'part-solid', 'ground-glass', 'calcified', 'indeterminate'] as const;

/** How dense a finding looks. */
export type Attenuation = (typeof attenuations)[number];

/** Who points at a finding, and how sure it said it was; what a model says of its certainty is never a probability. */
export interface FindingSource {
  readonly kind: 'device' | 'model' | 'reader';
  readonly name: string;
  /** Of answers of earlier versions, which held a number; null since. */
  readonly confidence: number | null;
  /** As the model put it; absent for other kinds of source. */
  readonly certainty?: Certainty;
}

/** Where a finding shows on one slice: a box in pixels of the original slice. */
export interface FindingRegion {
  readonly sopInstanceUid: string;
  readonly sliceIndex: number;
  readonly columnMin: number;
  readonly rowMin: number;
  readonly columnMax: number;
  readonly rowMax: number;
}

/** One thing seen in the lungs, over all slices it touches. */
export interface Finding {
  readonly id: string;
  readonly lobe: Lobe;
  readonly side: Side;
  /** 'tile': a model marked a tile that is larger than the finding, and the device has no candidate of its own there that was confirmed. */
  readonly located: 'place' | 'tile';
  /** Centre in patient millimetres (LPS); where it is located by a tile, the tile's. */
  readonly centreMm: PatientPoint;
  /** Measured by the device from voxels, mm; null when nothing was measured. Never a model's own number. */
  readonly diameterMm: number | null;
  readonly attenuation: Attenuation;
  readonly priority: Priority;
  readonly sopInstanceUids: readonly string[];
  readonly regions: readonly FindingRegion[];
  readonly sources: readonly FindingSource[];
}
