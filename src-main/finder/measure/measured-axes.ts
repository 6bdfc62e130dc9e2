import { voxelToPatient } from '../../imaging/volume/ct-volume.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import { meanTenths } from './nodule-measurement.ts';
import type { MeasuredAxes, MeasuredAxis } from '../../../src-shared/domain/candidate.ts';
import { sectionAxes } from './section-axes.ts';
import type { SectionAxis } from './section-axes.ts';

/** No axis is given as shorter than this, mm. */
const shortestMm = 0.5;

/**
 * Long and short axis of an outline in a slice.
 *
 * @param volume - The series.
 * @param slice - Of the volume.
 * @param outline - column, row ...; fractional voxel positions.
 * @param growthMm - Added to both lengths: what blur takes from a section of this size.
 */
export function axesOf(volume: VoxelBlock, slice: number, outline: Float64Array, growthMm: number): MeasuredAxes {
  const [columnMm, rowMm] = volume.spacingMm;
  const { long, short } = sectionAxes(outline.map((value, at) => value * (at % 2 === 0 ? columnMm : rowMm)));
  const onPatient = ({ from, to, lengthMm }: SectionAxis): MeasuredAxis => ({
    fromMm: voxelToPatient(volume, from[0] / columnMm, from[1] / rowMm, slice),
    toMm: voxelToPatient(volume, to[0] / columnMm, to[1] / rowMm, slice),
    lengthMm: Math.max(lengthMm + growthMm, shortestMm),
  });
  const [longAxis, shortAxis] = [onPatient(long), onPatient(short)];
  return { long: longAxis, short: shortAxis, meanTenths: meanTenths(longAxis.lengthMm, shortAxis.lengthMm) };
}
