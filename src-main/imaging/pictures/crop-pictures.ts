import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { sha256Of } from '../../platform/sha256.ts';
import { encodeWindowedPng } from './encode-png.ts';
import type { VoxelBlock } from './picture.ts';
import { cropPlane } from './plane.ts';
import type { AnatomicalPlane } from './plane.ts';
import { lungWindow } from './voi.ts';

/** Places of a volume to show closely. */
export interface CropsToPicture {
  readonly volume: VoxelBlock;
  /** Middles of the pictures, mm, LPS. */
  readonly centres: readonly PatientPoint[];
  /** Side of the square field, mm. */
  readonly fieldMm: number;
  /** Columns and rows of each picture. */
  readonly pixels: number;
}

/** A close look at one place. */
export interface CropPicture {
  /** Grey, eight bits, lung window, nothing but the picture. */
  readonly png: Uint8Array<ArrayBuffer>;
  /** Of the PNG, hex. */
  readonly sha256: string;
}

/** One place in all three planes. */
export type CropPictures = Readonly<Record<AnatomicalPlane, CropPicture>>;

/**
 * Shows places of a volume in the three planes of anatomy, in the lung window; runs in a worker.
 *
 * @param input - With the volume's voxels.
 * @returns One entry per centre, in their order.
 * @throws {RangeError} for a field or size that makes no picture.
 */
export async function cropPictures({ volume, centres, fieldMm, pixels }: CropsToPicture): Promise<readonly CropPictures[]> {
  async function picture(centre: PatientPoint, plane: AnatomicalPlane): Promise<CropPicture> {
    const crop = cropPlane(volume, { centre, plane, fieldMm, pixels, thicknessMm: 0 });
    const png = await encodeWindowedPng(crop.pixels, crop.columns, crop.rows, lungWindow);
    return { png, sha256: sha256Of(png) };
  }
  const pictures: CropPictures[] = [];
  for (const centre of centres) {
    pictures.push({ axial: await picture(centre, 'axial'), coronal: await picture(centre, 'coronal'), sagittal: await picture(centre, 'sagittal') });
  }
  return pictures;
}
