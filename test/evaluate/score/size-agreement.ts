import { agreement, quantile } from '../agreement.ts';
import type { Agreement } from '../agreement.ts';
import type { MatchedNodule } from './match-marks.ts';

/** How far measured sizes are off the truth. */
export interface SizeAgreement {
  /** Nodules that were found; nothing else is measured. */
  readonly found: number;
  readonly measured: number;
  /** Mean diameter, measured minus true, mm. */
  readonly diameterMm: Agreement;
  /** Volume, share of the true one by which the measured one is off; NaN where no true volume is known. */
  readonly volume: Agreement;
  /** Half of the volumes are off by no more, share. */
  readonly medianVolumeOff: number;
  /** Share of the measured ones whose type is told right; NaN where no true type is known. */
  readonly profileRight: number;
}

/**
 * Compares measured with true sizes.
 *
 * @param nodules - Those without a hit do not count.
 */
export function sizeAgreement(nodules: readonly MatchedNodule[]): SizeAgreement {
  const found = nodules.filter(({ hit }) => hit !== null);
  const measured = found.flatMap(({ nodule, hit }) => (hit === null || hit.size === null ? [] : [{ nodule, size: hit.size }]));
  const volumes = measured.flatMap(({ nodule, size }) => (nodule.volumeMm3 === null || size.volumeMm3 === null ? [] : [size.volumeMm3 / nodule.volumeMm3 - 1]));
  const typed = measured.filter(({ nodule, size }) => nodule.profile !== null && size.profile !== null);
  return {
    found: found.length, measured: measured.length,
    diameterMm: agreement(measured.map(({ nodule, size }) => size.meanDiameterMm - nodule.diameterMm)),
    volume: agreement(volumes), medianVolumeOff: quantile(volumes.map(Math.abs), 0.5),
    profileRight: typed.filter(({ nodule, size }) => nodule.profile === size.profile).length / typed.length,
  };
}
