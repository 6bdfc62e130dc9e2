import type { PatientPoint } from './units.ts';
import type { Priority } from './priority.ts';

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

/** Who points at a finding, and how sure it said it was; a model's confidence is what it said, never a probability. */
export interface FindingSource {
  readonly kind: 'device' | 'model' | 'reader';
  readonly name: string;
  readonly confidence: number | null;
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
  /** Centre in patient millimetres (LPS). */
  readonly centreMm: PatientPoint;
  /** Measured by the device from voxels, mm; null when nothing was measured. Never a model's own number. */
  readonly diameterMm: number | null;
  readonly attenuation: Attenuation;
  readonly priority: Priority;
  readonly sopInstanceUids: readonly string[];
  readonly regions: readonly FindingRegion[];
  readonly sources: readonly FindingSource[];
}
