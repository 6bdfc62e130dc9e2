import { AppError } from '../../../src-shared/domain/errors.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { InstanceHeader } from '../../../src-shared/domain/study.ts';
import { displayOfFrame } from '../../dicom/display-attributes.ts';
import { headerOfFrame } from '../../dicom/instance-frames.ts';
import type { OpenedInstance } from '../../dicom/open-instance.ts';
import { decodeInstanceFrame } from '../../dicom/read-instance.ts';
import { modalityScale, storedBits } from '../volume/hounsfield.ts';
import { imageGreys } from './image-greys.ts';
import type { VoiSource } from './image-greys.ts';
import type { GreyPicture } from './picture.ts';
import { sliceAffine } from '../volume/slice-affine.ts';
import { lookUpGrey } from './voi.ts';

/** How far apart pixels are, and where: calibrated or in the patient (Pixel Spacing), or on the detector, where things are larger. */
export interface PictureSpacing {
  readonly kind: 'pixel-spacing' | 'imager-pixel-spacing';
  readonly rowMm: number;
  readonly columnMm: number;
}

/** A single image as its writer meant it to be shown. */
export interface RenderedImage {
  /** Native pixels, neither scaled nor stretched. */
  readonly picture: GreyPicture;
  readonly voi: VoiSource;
  /** Null when the image says nothing of it: then nothing can be measured. */
  readonly spacing: PictureSpacing | null;
  /** Null for projections and whatever else has no place in the patient. */
  readonly affine: ImageAffine | null;
}

/** The directions of rows and columns may be off a right angle, and their lengths off one, by this much. */
const orientationTolerance = 0.01;

/**
 * Renders one frame of a grey image of any kind: chest radiograph, mammogram, MR, CT.
 *
 * @param instance - As opened.
 * @param frameNumber - From 1, as DICOM counts.
 * @throws {AppError} 'image-not-grey' for colour; 'transfer-syntax-unsupported' for other than 8 or 16 bits; 'rescale-missing' for a
 *   modality LUT that makes no sense; 'pixel-data-truncated' or 'pixel-data-corrupt'.
 */
export async function renderImage(instance: OpenedInstance, frameNumber: number): Promise<RenderedImage> {
  const header = headerOfFrame(instance.header, frameNumber);
  if (header.samplesPerPixel !== 1 || !header.photometricInterpretation.startsWith('MONOCHROME')) {
    throw new AppError('image-not-grey', 'the image is a colour image');
  }
  const display = displayOfFrame(instance, frameNumber - 1);
  const scale = modalityScale({ ...header, rescaleSlope: 1, rescaleIntercept: 0 }, display.modalityLut);
  const { rows, columns } = header;
  const bits = storedBits(await decodeInstanceFrame(instance, frameNumber - 1), scale).subarray(0, rows * columns);
  const { greys, voi } = imageGreys(bits, columns, scale.bitsStored, header, display);
  return {
    picture: { grey: lookUpGrey(bits, greys), columns, rows },
    voi,
    spacing: spacingOf('pixel-spacing', header.pixelSpacing) ?? spacingOf('imager-pixel-spacing', display.imagerPixelSpacing),
    affine: imagePlace(header),
  };
}

function spacingOf(kind: PictureSpacing['kind'], spacing: readonly [row: number, column: number] | null): PictureSpacing | null {
  if (spacing === null || !(spacing[0] > 0 && spacing[1] > 0)) return null;
  return { kind, rowMm: spacing[0], columnMm: spacing[1] };
}

/**
 * Where an image lies in the patient, by its header.
 *
 * @param header - Of the frame.
 * @returns Null where it says nothing of that, or nothing that can be.
 */
export function imagePlace(header: InstanceHeader): ImageAffine | null {
  const { imagePositionPatient, imageOrientationPatient, pixelSpacing } = header;
  if (imagePositionPatient === null || imageOrientationPatient === null || spacingOf('pixel-spacing', pixelSpacing) === null) return null;
  const [a, b, c, d, e, f] = imageOrientationPatient;
  const errors = [Math.hypot(a, b, c) - 1, Math.hypot(d, e, f) - 1, a * d + b * e + c * f];
  return errors.every((error) => Math.abs(error) <= orientationTolerance) ? sliceAffine(header) : null;
}
