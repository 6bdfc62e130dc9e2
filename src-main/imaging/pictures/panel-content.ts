import type { PlannedPicture } from '../../../src-shared/domain/request-plan.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { PixelBox } from './picture.ts';
import type { AnatomicalPlane } from './plane.ts';
import type { PlannedSlab } from './slab-plan.ts';
import type { ProjectionMode } from './slab-runs.ts';
import type { VoiWindow } from './voi.ts';

/** Part of a slab (or of one slice, a slab of one), enlarged or shrunk by `scale`. */
export interface SlabContent {
  readonly kind: 'slab';
  readonly slab: PlannedSlab;
  readonly mode: ProjectionMode;
  readonly crop: PixelBox;
  /** Panel pixels per voxel. */
  readonly scale: number;
}

/** A plane of anatomy through a place. */
export interface CropContent {
  readonly kind: 'crop';
  readonly centre: PatientPoint;
  readonly plane: AnatomicalPlane;
  readonly fieldMm: number;
  readonly pixels: number;
  readonly thicknessMm: number;
  /** Ticks at the panel's edges that point at the centre; they cover no more than its outermost pixels. */
  readonly marked: boolean;
}

/**
 * A control: looks like `like` (a slab part, or the panels of a candidate), drawn from this exam's own lung texture.
 *
 * blank-control: normal lung. nodule-control: with a drawn nodule of `diameterMm`. Where it lies is chosen by the seed.
 */
export interface ControlContent {
  readonly kind: 'control';
  readonly role: 'blank-control' | 'nodule-control';
  readonly like: SlabContent | CropContent;
  readonly seed: number;
  /** Of the drawn nodule; unused for blanks. */
  readonly diameterMm: number;
}

/** What is drawn into a panel. */
export type PanelContent = SlabContent | CropContent | ControlContent;

/** A request's picture before it is drawn. */
export interface PictureToDraw {
  readonly planned: PlannedPicture;
  /** For each tile of `planned`, in its order, what its panels show, in theirs. */
  readonly contents: readonly (readonly PanelContent[])[];
  /** Drawn left to right; `planned` says already where everything lies then. */
  readonly mirrored: boolean;
  readonly window: VoiWindow;
}
