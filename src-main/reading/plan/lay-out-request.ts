import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PlannedPanel, PlannedPicture, PlannedTile } from '../../../src-shared/domain/request-plan.ts';
import type { PictureToDraw } from '../../imaging/pictures/panel-content.ts';
import { croppedAffine } from '../../imaging/pictures/picture.ts';
import { sheetMeasures } from '../../imaging/pictures/sheet-grid.ts';
import type { DraftTile } from './draft-tile.ts';
import type { PackedPicture } from './pack-tiles.ts';

/**
 * Lays a request's tiles out on its pictures and numbers them in reading order.
 *
 * A mirrored picture is the other one seen in a mirror, with numbers dealt anew: left and right change places, and every affine says so.
 *
 * @param tiles - In order; as many as the pictures hold together.
 * @param packed - The pictures.
 * @param style - mirrored; window that they are drawn with.
 */
export function layOutRequest(
  tiles: readonly DraftTile[], packed: readonly PackedPicture[], { mirrored, window }: Pick<PictureToDraw, 'mirrored' | 'window'>,
): readonly PictureToDraw[] {
  let next = 0;
  return packed.map((picture) => {
    const firstNumber = next + 1;
    const own = tiles.slice(next, (next += picture.tiles));
    const placed = own.map((tile, index) => ({ tile, ...cellOf(index, tile, picture, mirrored) }))
      .toSorted((a, b) => a.top - b.top || a.left - b.left);
    const planned: PlannedPicture = {
      columns: picture.sheet.columns, rows: picture.sheet.rows,
      tiles: placed.map(({ tile, left, top }, index) => plannedTile(tile, firstNumber + index, left, top, mirrored)),
    };
    return { planned, contents: placed.map(({ tile }) => tile.panels.map(({ content }) => content)), mirrored, window };
  });
}

/** Corner of a tile on its picture. */
function cellOf(index: number, { columns, rows }: DraftTile, { sheet }: PackedPicture, mirrored: boolean): { readonly left: number; readonly top: number } {
  const { gap, strip } = sheetMeasures();
  const left = gap + (index % sheet.across) * (columns + gap);
  const top = gap + Math.floor(index / sheet.across) * (rows + strip + gap) + strip;
  return { left: mirrored ? sheet.columns - left - columns : left, top };
}

function plannedTile({ role, sliceIndices, side, candidateRank, panels, columns }: DraftTile, number: number, left: number, top: number, mirrored: boolean): PlannedTile {
  const placed = panels.map((panel): PlannedPanel => {
    const { plane, thicknessMm, affine } = panel;
    const panelLeft = left + (mirrored ? columns - panel.left - panel.columns : panel.left);
    const panelTop = top + panel.top;
    const own = mirrored ? mirroredAffine(affine, panel.columns) : affine;
    return { left: panelLeft, top: panelTop, columns: panel.columns, rows: panel.rows, plane, thicknessMm, affine: croppedAffine(own, -panelLeft, -panelTop) };
  });
  return { number, role, panels: placed, sliceIndices, side, candidateRank };
}

function mirroredAffine(affine: ImageAffine, columns: number): ImageAffine {
  const [x, y, z] = affine.columnStep;
  return { origin: pixelToPatient(affine, columns - 1, 0), columnStep: [-x, -y, -z], rowStep: affine.rowStep };
}
