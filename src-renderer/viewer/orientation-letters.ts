import type { PatientPoint } from '../../src-shared/domain/units.ts';

/** Letters at the four edges of a picture. */
export interface EdgeLetters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

// Below this share of the main direction a tilt is not worth a second letter.
const tiltShare = 0.25;

/**
 * Names a direction of the patient: R/L, A/P, F/H; two letters for a clear tilt.
 *
 * @param direction - LPS; any length but zero.
 * @see DICOM PS3.3 C.7.6.1.1.1 (Patient Orientation)
 */
export function directionLetters(direction: PatientPoint): string {
  const axes = [
    { size: direction[0], letters: 'RL' }, { size: direction[1], letters: 'AP' }, { size: direction[2], letters: 'FH' },
  ].toSorted((left, right) => Math.abs(right.size) - Math.abs(left.size));
  const main = Math.abs(axes[0]?.size ?? 0);
  if (main === 0) return '';
  return axes.slice(0, 2).filter(({ size }) => Math.abs(size) >= tiltShare * main)
    .map(({ size, letters }) => letters[size < 0 ? 0 : 1]).join('');
}

/**
 * Letters for a picture that is shown as stored.
 *
 * @param columnStep - Towards the right edge, LPS.
 * @param rowStep - Towards the bottom edge, LPS.
 */
export function edgeLetters(columnStep: PatientPoint, rowStep: PatientPoint): EdgeLetters {
  const back = ([x, y, z]: PatientPoint): PatientPoint => [-x, -y, -z];
  return {
    right: directionLetters(columnStep), left: directionLetters(back(columnStep)),
    bottom: directionLetters(rowStep), top: directionLetters(back(rowStep)),
  };
}
