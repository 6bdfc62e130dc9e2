import type { NoduleCandidate } from '../../src-shared/domain/candidate.ts';
import type { FindingRegion } from '../../src-shared/domain/finding.ts';
import { patientToPixel, pixelToPatient } from '../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { PlannedTile } from '../../src-shared/domain/request-plan.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';

/** A slice with its place in the patient. */
export interface PlacedSlice {
  readonly sliceIndex: number;
  readonly sopInstanceUid: string;
  readonly affine: ImageAffine;
  readonly columns: number;
  readonly rows: number;
}

/**
 * Whether a place of the patient shows on a tile.
 *
 * @param tile - Of one or both lungs; its first panel counts.
 * @param point - mm, LPS.
 * @param sliceIndex - Slice nearest to it.
 */
export function isOnTile({ panels: [panel], sliceIndices }: PlannedTile, point: PatientPoint, sliceIndex: number): boolean {
  if (panel?.affine === undefined || panel.affine === null || !sliceIndices.includes(sliceIndex)) return false;
  const [column, row] = patientToPixel(panel.affine, point);
  return column >= panel.left - 0.5 && row >= panel.top - 0.5 && column < panel.left + panel.columns - 0.5 && row < panel.top + panel.rows - 0.5;
}

/**
 * What of each slice a tile shows.
 *
 * @param tile - With the slices it covers.
 * @param slices - Of the series.
 * @returns One box per slice, pixels of the slice.
 */
export function tileBoxes({ panels: [panel], sliceIndices }: PlannedTile, slices: readonly PlacedSlice[]): readonly FindingRegion[] {
  if (panel?.affine === undefined || panel.affine === null) return [];
  const { affine, left, top, columns, rows } = panel;
  const corners = [pixelToPatient(affine, left - 0.5, top - 0.5), pixelToPatient(affine, left + columns - 0.5, top + rows - 0.5)];
  return slices.filter(({ sliceIndex }) => sliceIndices.includes(sliceIndex)).map((slice) => {
    const [a, b] = corners.map((corner) => patientToPixel(slice.affine, corner));
    return regionOn(slice, [a?.[0] ?? 0, b?.[0] ?? 0], [a?.[1] ?? 0, b?.[1] ?? 0]);
  });
}

/**
 * Box around a candidate on one of the slices it touches, as large as its largest section.
 *
 * @param slice - One of them.
 * @param candidate - Measured or not.
 */
export function candidateBox(slice: PlacedSlice, { centreMm, size, blobMm }: Pick<NoduleCandidate, 'centreMm' | 'size' | 'blobMm'>): FindingRegion {
  const radiusMm = (size.kind === 'nodule' ? size.axes.long.lengthMm : blobMm) / 2;
  const [column, row] = patientToPixel(slice.affine, centreMm);
  const across = radiusMm / Math.hypot(...slice.affine.columnStep);
  const down = radiusMm / Math.hypot(...slice.affine.rowStep);
  return regionOn(slice, [column - across, column + across], [row - down, row + down]);
}

/** Tiles show a candidate in their middle, to half a pixel. */
const middleMm = 1;

/**
 * Whether a candidate's tile shows the candidate of this place.
 *
 * @param tile - Of a candidate.
 * @param centreMm - LPS.
 */
export function isShownBy(tile: PlannedTile, centreMm: PatientPoint): boolean {
  const middle = tileCentre([tile]);
  return tile.panels.length > 0 && Math.hypot(middle[0] - centreMm[0], middle[1] - centreMm[1], middle[2] - centreMm[2]) <= middleMm;
}

/** Middle of what several tiles show, mm, LPS, to tenths: no tile is truer than that. */
export function tileCentre(tiles: readonly PlannedTile[]): PatientPoint {
  const centres = tiles.flatMap(({ panels: [panel] }) =>
    panel?.affine === undefined || panel.affine === null
      ? [] : [pixelToPatient(panel.affine, panel.left + (panel.columns - 1) / 2, panel.top + (panel.rows - 1) / 2)]);
  const mean = (axis: 0 | 1 | 2): number => Math.round((10 * centres.reduce((sum, centre) => sum + centre[axis], 0)) / Math.max(1, centres.length)) / 10;
  return [mean(0), mean(1), mean(2)];
}

/** From edge to edge: whole numbers are pixels' edges, as in all finding boxes. */
function regionOn({ sopInstanceUid, sliceIndex, columns, rows }: PlacedSlice, across: readonly [number, number], down: readonly [number, number]): FindingRegion {
  const held = (value: number, most: number): number => Math.min(Math.max(value + 0.5, 0), most);
  return {
    sopInstanceUid, sliceIndex,
    columnMin: held(Math.min(...across), columns), rowMin: held(Math.min(...down), rows),
    columnMax: held(Math.max(...across), columns), rowMax: held(Math.max(...down), rows),
  };
}
