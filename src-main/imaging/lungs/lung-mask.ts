import type { LungMaskNote, NoLungsReason } from '../../../src-shared/domain/lungs.ts';

export type { LungMaskNote, NoLungsReason };

/** What a cell of a lung mask is. 'body' is used only where the lungs could not be told and the whole body region is read. */
export const lungLabels = { outside: 0, rightLung: 1, leftLung: 2, airway: 3, body: 4 } as const;

/**
 * Where the lungs lie in a volume, on a coarser grid.
 *
 * Cell (i, j, k) has its centre at voxel (i * step[0] + (step[0] - 1) / 2, ...), so that a voxel lies in cell
 * floor(voxel / step).
 */
export interface LungMask {
  readonly kind: 'lungs' | 'body';
  /** Set when kind is 'body'. */
  readonly reason: NoLungsReason | null;
  readonly notes: readonly LungMaskNote[];
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  /** Voxels of the volume per cell. */
  readonly step: readonly [columns: number, rows: number, slices: number];
  /** slices x rows x columns labels (lungLabels), over a SharedArrayBuffer. */
  readonly labels: Uint8Array<SharedArrayBuffer>;
  /** Volumes of the outlined lungs with what is dense in them, without the rim of cells they fill by a part, mm3; 0 where kind is 'body'. */
  readonly rightMm3: number;
  readonly leftMm3: number;
  /**
   * First and last slice of the volume that has to be read, inclusive: all that hold lung, or body where kind is 'body'.
   * Null only when there is not even a body: then every slice has to be read.
   */
  readonly extent: readonly [first: number, last: number] | null;
}
