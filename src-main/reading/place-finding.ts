import type { Finding } from '../../src-shared/domain/finding.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import type { CtVolume } from '../imaging/volume/ct-volume.ts';
import { locateInLungs } from '../imaging/lungs/locate-in-lungs.ts';
import type { LungMask } from '../imaging/lungs/lung-mask.ts';

/** Tells where in the patient a point lies, as far as geometry can. */
export type PlaceFinder = (centreMm: PatientPoint) => Pick<Finding, 'side' | 'lobe'>;

/** Nearer to the body's middle than this, the side is not told, mm. */
const midlineMarginMm = 10;

/**
 * Tells the side by the middle of the body, where the lungs do not tell.
 *
 * @param bodyMidlineMm - x in LPS mm; null when nobody could tell, and then the side stays open.
 */
export function placeByMidline(bodyMidlineMm: number | null): PlaceFinder {
  return ([x]) => {
    if (bodyMidlineMm === null || Math.abs(x - bodyMidlineMm) < midlineMarginMm) return { side: 'indeterminate', lobe: 'indeterminate' };
    return { side: x > bodyMidlineMm ? 'left' : 'right', lobe: 'indeterminate' };
  };
}

/**
 * Tells side and lobe by the outlined lungs.
 *
 * @param mask - With lungs.
 * @param geometry - Of its volume; no voxels are looked at.
 * @param elsewhere - Tells of points that lie neither in a lung nor near one.
 */
export function placeInLungs(mask: LungMask, geometry: Omit<CtVolume, 'voxels'>, elsewhere: PlaceFinder): PlaceFinder {
  const volume: CtVolume = { ...geometry, voxels: new Int16Array(new SharedArrayBuffer(0)) };
  return (centreMm) => {
    const { side, lobe } = locateInLungs(mask, volume, centreMm);
    return side === 'indeterminate' ? elsewhere(centreMm) : { side, lobe };
  };
}
