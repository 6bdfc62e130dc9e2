import { lungLabels } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { LungMask } from '../../../../src-main/imaging/lungs/lung-mask.ts';
import type { CtVolume } from '../../../../src-main/imaging/volume/ct-volume.ts';
import { addMatter, lungPhantom } from '../../../helpers/nodule-phantom.ts';

/**
 * The mask of a lung that fills a volume but for a rim.
 *
 * @param volume - From lungPhantom.
 * @param label - Of the lung.
 * @param rimCells - Cells of 2 x 2 x 2 voxels that are left free around the lung.
 */
export function boxMask(volume: CtVolume, label: number = lungLabels.rightLung, rimCells = 3): LungMask {
  const [columns, rows, slices] = [Math.ceil(volume.columns / 2), Math.ceil(volume.rows / 2), Math.ceil(volume.slices.length / 2)];
  const labels = new Uint8Array(new SharedArrayBuffer(columns * rows * slices));
  const isIn = (at: number, size: number): boolean => at >= rimCells && at < size - rimCells;
  for (let at = 0; at < labels.length; at += 1) {
    const [column, row, slice] = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / (columns * rows))];
    if (isIn(column, columns) && isIn(row, rows) && isIn(slice, slices)) labels[at] = label;
  }
  return { kind: 'lungs', reason: null, notes: [], columns, rows, slices, step: [2, 2, 2], labels, rightMm3: 1, leftMm3: 0, extent: [0, volume.slices.length - 1] };
}

/** A volume of 80 x 80 x 64 voxels of 1 x 1 x 1.25 mm with walls all around the lung of boxMask, 20 HU of noise. */
export function boxLung(seed = 1): CtVolume {
  const volume = lungPhantom({ columns: 80, rows: 80, slices: 64, spacingMm: [1, 1, 1.25], noiseHu: 20, seed });
  const isWall = (mm: number, sizeMm: number): boolean => mm < 7 || mm > sizeMm - 8;
  addMatter(volume, (x, y) => (isWall(x, 80) || isWall(y, 80) ? 1 : 0), 40);
  return volume;
}
