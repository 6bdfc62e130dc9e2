import { voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { LocalBox } from './local-box.ts';
import { meanTenths } from './nodule-measurement.ts';
import type { MeasuredAxes, MeasuredAxis } from '../../../src-shared/domain/candidate.ts';
import type { CrossPlane } from './nodule-measurement.ts';
import { sectionAxes } from './section-axes.ts';
import type { SectionAxis } from './section-axes.ts';
import { outlineArea, traceContours } from './section-contour.ts';
import type { BoxRegion } from './nodule-section.ts';

/**
 * Long and short axis of a nodule in the largest section across the slices, on the box's interpolated cells.
 *
 * Nothing is corrected for blur here: through thick slices these axes are longer than the nodule.
 *
 * @param volume - The series.
 * @param box - The nodule was grown in it.
 * @param region - The nodule.
 * @param level - HU of the boundary.
 * @param plane - 'coronal' runs along columns and layers, 'sagittal' along rows and layers of the volume.
 * @returns Null where it has no section.
 */
export function crossAxes(volume: VoxelBlock, box: LocalBox, region: BoxRegion, level: number, plane: CrossPlane): MeasuredAxes | null {
  const along = plane === 'coronal' ? box.columns : box.rows;
  const across = plane === 'coronal' ? box.rows : box.columns;
  let best: { readonly outline: Float64Array; readonly at: number; readonly area: number } | null = null;
  for (let at = 0; at < across; at += 1) {
    const values = new Float32Array(along * box.layers).fill(-1);
    for (let layer = 1; layer < box.layers - 1; layer += 1) {
      for (let step = 1; step < along - 1; step += 1) {
        const [column, row] = plane === 'coronal' ? [step, at] : [at, step];
        const cell = (layer * box.rows + row) * box.columns + column;
        const above = (box.values[cell] ?? 0) - level;
        values[layer * along + step] = above > 0 && region.cells[cell] !== 1 ? -Math.max(above, 1) : above;
      }
    }
    for (const outline of traceContours({ values, columns: along, rows: box.layers })) {
      const area = outlineArea(outline);
      if (area > (best?.area ?? 0)) best = { outline, at, area };
    }
  }
  if (best === null) return null;
  const { outline, at } = best;
  const alongMm = plane === 'coronal' ? box.cellMm[0] : box.cellMm[1];
  const { long, short } = sectionAxes(outline.map((value, place) => value * (place % 2 === 0 ? alongMm : box.cellMm[2])));
  const onPatient = ({ from, to, lengthMm }: SectionAxis): MeasuredAxis => ({ fromMm: place(from), toMm: place(to), lengthMm });
  const place = ([step, layer]: readonly [number, number]): MeasuredAxis['fromMm'] => {
    const half = (box.stride - 1) / 2;
    const [column, row] = plane === 'coronal' ? [step / alongMm, at] : [at, step / alongMm];
    const slice = box.layersPerSlice >= 1 ? layer / box.cellMm[2] / box.layersPerSlice : (layer / box.cellMm[2] + 0.5) / box.layersPerSlice - 0.5;
    return voxelToPatient(volume, box.firstColumn + column * box.stride + half, box.firstRow + row * box.stride + half, box.firstSlice + slice);
  };
  return { long: onPatient(long), short: onPatient(short), meanTenths: meanTenths(long.lengthMm, short.lengthMm) };
}
