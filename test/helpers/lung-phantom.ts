import type { CtVolume, VolumeSlice } from '../../src-main/imaging/volume/ct-volume.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { seededNoise } from './harden-volume.ts';

/** A ball of tissue: centre and radius in patient millimetres (LPS; z 0 at the feet's end), HU. */
export interface PhantomBall {
  readonly centre: PatientPoint;
  readonly radiusMm: number;
  readonly hu: number;
}

/** What a phantom chest is made with; everything is absent or usual unless told. */
export interface PhantomOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly pixelMm?: number;
  readonly sliceMm?: number;
  /** Stretch of the body that is scanned, mm; the lungs reach from 20 to 265. */
  readonly from?: number;
  readonly to?: number;
  /** Centre of the field of view, mm. */
  readonly middle?: readonly [x: number, y: number];
  /** Standard deviation of noise, HU. */
  readonly noiseHu?: number;
  readonly isFlippedLeftRight?: boolean;
  readonly isFlippedFrontBack?: boolean;
  /** Rows and columns change places, as of a patient who lay on the side. */
  readonly isTurned?: boolean;
  /** Gantry tilt, degrees. */
  readonly tilt?: number;
  readonly hasCouch?: boolean;
  /** HU outside of the reconstructed circle. */
  readonly padding?: number;
  readonly hasStomachGas?: boolean;
  /** Whether the lungs touch in front of the heart over a long stretch. */
  readonly hasJunction?: boolean;
  /** Height of the fluid in the right chest from the back, mm. */
  readonly effusionMm?: number;
  /** Left lung without air. */
  readonly isLeftCollapsed?: boolean;
  readonly isContrasted?: boolean;
  readonly hasEmphysema?: boolean;
  readonly hasNoLungs?: boolean;
  readonly balls?: readonly PhantomBall[];
  /** Slices that could not be decoded. */
  readonly lostSlices?: readonly number[];
}

/** A phantom chest with what is known of it. */
export interface LungPhantom {
  readonly volume: CtVolume;
  /** Per voxel: 1 air of the right lung, 2 of the left, 0 anything else. */
  readonly lungAir: Uint8Array;
  /** Per voxel: 1 where a ball lies within the shape of a lung. */
  readonly inBalls: Uint8Array;
}

/** Highest point of the lungs, mm. */
export const apexMm = 265;

/**
 * Builds a chest of ellipses, with lungs over a dome, heart, spine, trachea, bronchi and vessels, whose lungs are known.
 *
 * @param options - What is unusual about it.
 */
export function lungPhantom(options: PhantomOptions = {}): LungPhantom {
  const { columns = 200, rows = 150, pixelMm = 2, sliceMm = 3, from = 0, to = 300, middle = [0, 0] } = options;
  const count = Math.round((to - from) / sliceMm);
  const voxels = new Int16Array(new SharedArrayBuffer(columns * rows * count * 2));
  const lungAir = new Uint8Array(voxels.length);
  const inBalls = new Uint8Array(voxels.length);
  const shear = Math.tan(((options.tilt ?? 0) * Math.PI) / 180);
  const [signX, signY] = [options.isFlippedLeftRight === true ? -1 : 1, options.isFlippedFrontBack === true ? -1 : 1];
  const noise = seededNoise(options.noiseHu ?? 0);
  const radius = (Math.min(columns, rows) * pixelMm) / 2;
  const slices: VolumeSlice[] = [];
  for (let slice = 0, index = 0; slice < count; slice += 1) {
    const z = from + slice * sliceMm;
    const isLost = options.lostSlices?.includes(slice) === true;
    const columnStep: PatientPoint = options.isTurned === true ? [0, signY * pixelMm, 0] : [signX * pixelMm, 0, 0];
    const rowStep: PatientPoint = options.isTurned === true ? [signX * pixelMm, 0, 0] : [0, signY * pixelMm * Math.cos(Math.atan(shear)), signY * pixelMm * Math.sin(Math.atan(shear))];
    const origin: PatientPoint = [
      middle[0] - ((columns - 1) * columnStep[0] + (rows - 1) * rowStep[0]) / 2,
      middle[1] - ((columns - 1) * columnStep[1] + (rows - 1) * rowStep[1]) / 2,
      z - ((rows - 1) * rowStep[2]) / 2,
    ];
    slices.push({
      sopInstanceUid: `2.25.${slice + 1}`, frameNumber: 1, positionMm: z, affine: { origin, columnStep, rowStep },
      problem: isLost ? { code: 'pixel-data-corrupt', message: 'lost' } : null,
    });
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, index += 1) {
        const x = origin[0] + column * columnStep[0] + row * rowStep[0];
        const y = origin[1] + column * columnStep[1] + row * rowStep[1];
        const height = origin[2] + row * rowStep[2];
        const lung = lungAt(x, y, height, options);
        const hu = tissueAt(x, y, height, lung, options);
        const isPadded = options.padding !== undefined && Math.hypot(x - middle[0], y - middle[1]) > radius;
        voxels[index] = isLost ? -1024 : isPadded ? options.padding : Math.max(-1024, Math.round(hu + noise()));
        if (lung !== 0 && hu < -500 && !isPadded) lungAir[index] = lung;
        if (lung !== 0 && options.balls?.some((ball) => isInBall(ball, x, y, height)) === true) inBalls[index] = 1;
      }
    }
  }
  return { volume: { columns, rows, voxels, slices, spacingMm: [pixelMm, pixelMm, sliceMm], sliceThicknessMm: null }, lungAir, inBalls };
}

/** Side of the lung at a point, 1 right, 2 left, or 0. */
function lungAt(x: number, y: number, z: number, { hasNoLungs, hasJunction }: PhantomOptions): 0 | 1 | 2 {
  if (hasNoLungs === true || z > apexMm) return 0;
  const narrowing = z < 150 ? 1 : Math.sqrt(1 - ((z - 150) / (apexMm - 150)) ** 2);
  const [dx, dy] = [(Math.abs(x) - 75) / (62 * narrowing), (y - 5) / (88 * narrowing)];
  const q = dx * dx + dy * dy;
  if (q < 1 && z > 100 - 80 * q) return x < 0 ? 1 : 2;
  // In front of the great vessels the two lungs meet at a thin line.
  const isBetween = hasJunction === true && Math.abs(x) < 30 && Math.abs(y + 55) < 14 && z > 150 && z < 225;
  return isBetween ? (x < 0 ? 1 : 2) : 0;
}

/** HU at a point; what lies further down in this list covers what lies above. */
function tissueAt(x: number, y: number, z: number, lung: 0 | 1 | 2, options: PhantomOptions): number {
  const couch = options.hasCouch === true && y > 125 && y < 150 && Math.abs(x) < 190 && !(y > 130 && y < 145) ? -100 : -1000;
  if (!isInBody(x, y, z)) return couch;
  let hu = isInBody(x * 1.06, y * 1.06, z) ? 30 : -100;
  if (Math.hypot(x, y - 85) < 20) hu = 300;
  if (lung !== 0) hu = lungHu(x, y, z, lung, options);
  if (isVessel(x, y, z) && lung !== 0) hu = options.isContrasted === true ? 250 : 40;
  if (((x - 20) / 62) ** 2 + ((y + 25) / 52) ** 2 + ((z - 115) / 55) ** 2 < 1) hu = options.isContrasted === true ? 320 : 45;
  const airway = airwayDistance(x, y, z);
  if (airway < 2) hu = airway < 0 ? -995 : 20;
  if (options.hasStomachGas === true && ((x - 75) / 38) ** 2 + ((y + 10) / 45) ** 2 + ((z - 62) / 26) ** 2 < 1) hu = -990;
  for (const ball of options.balls ?? []) if (isInBall(ball, x, y, z) && lung !== 0) hu = ball.hu;
  return hu;
}

function isInBall({ centre, radiusMm }: PhantomBall, x: number, y: number, z: number): boolean {
  return Math.hypot(x - centre[0], y - centre[1], z - centre[2]) < radiusMm;
}

function isInBody(x: number, y: number, z: number): boolean {
  const neck = z > 275 ? Math.max(0.45, 1 - (z - 275) / 30) : 1;
  return (x / (172 * neck)) ** 2 + (y / (118 * neck)) ** 2 < 1;
}

function lungHu(x: number, y: number, z: number, lung: 1 | 2, options: PhantomOptions): number {
  if (options.isLeftCollapsed === true && lung === 2) return 30;
  if (options.effusionMm !== undefined && lung === 1 && y > 93 - options.effusionMm) return 12;
  if (options.hasEmphysema === true && Math.sin(x / 9) + Math.sin(y / 8) + Math.sin(z / 10) > 0.3) return -985;
  // The junction line, thinner than a cell: what is left of it by partial volume.
  return Math.abs(x) < 1.5 ? -480 : -860 + y * 0.4;
}

/** A fan of vessels from each hilum. */
function isVessel(x: number, y: number, z: number): boolean {
  const [dx, dy, dz] = [Math.abs(x) - 25, y - 15, z - 150];
  const distance = Math.hypot(dx, dy, dz);
  if (distance < 8 || distance > 75) return false;
  const [alpha, beta] = [Math.atan2(dy, dx) * 4, Math.atan2(dz, Math.hypot(dx, dy)) * 4];
  const offAxis = Math.hypot(alpha - Math.round(alpha), beta - Math.round(beta)) / 4;
  return offAxis * distance < Math.max(1, 4 - distance / 25);
}

/** Distance from the lumen's wall, negative inside; a trachea that parts at 180 mm. */
function airwayDistance(x: number, y: number, z: number): number {
  if (z >= 180) return Math.hypot(x, y - 5) - 9;
  if (z < 145) return Infinity;
  const along = (180 - z) * 1.1;
  return Math.hypot(Math.abs(x) - along, y - 5 - along * 0.15) * 0.75 - 7;
}
