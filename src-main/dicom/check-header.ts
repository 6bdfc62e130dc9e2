import { AppError } from '../../src-shared/domain/errors.ts';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import type { ParsedDataSet } from './data-set.ts';
import type { DataElement } from './element-walk.ts';
import { checkPixelShape } from './pixel-limits.ts';

/** Float Pixel Data (7FE0,0008) and Double Float Pixel Data (7FE0,0009). */
const floatPixels = [0x7fe00008, 0x7fe00009] as const;

/**
 * Checks that a data set is an image whose header can be believed; its pixels are not looked at.
 *
 * @param parsed - Walked up to Pixel Data.
 * @param header - As readHeader returned it.
 * @returns The header and Pixel Data, both of which are there.
 * @throws {AppError} 'file-truncated', 'dicom-malformed', 'pixel-data-missing', 'transfer-syntax-unsupported' or 'image-too-large'.
 */
export function checkHeader({ dataSet, pixelData, fault }: ParsedDataSet, header: InstanceHeader | null): {
  readonly header: InstanceHeader;
  readonly pixelData: DataElement;
} {
  if (fault === 'truncated') throw new AppError('file-truncated', 'the file ends before its data does');
  if (fault === 'malformed') throw new AppError('dicom-malformed', 'the DICOM data cannot be parsed');
  if (pixelData === null) {
    if (floatPixels.some((tag) => dataSet.elements.has(tag))) {
      throw new AppError('transfer-syntax-unsupported', 'pixels that are stored as floating-point numbers are not read');
    }
    // A header that describes an image without one: the file was cut just before it.
    if (header !== null && header.rows > 0 && header.columns > 0) throw new AppError('file-truncated', 'the file ends before its pixels');
    throw new AppError('pixel-data-missing', 'the DICOM file holds no image');
  }
  if (header === null) throw new AppError('dicom-malformed', 'the image lacks its study, series or instance UID before its pixels');
  checkPixelShape(header);
  if (header.frames !== null && header.frames.length !== header.numberOfFrames) {
    throw new AppError('dicom-malformed', 'the functional groups describe another number of frames than the image has');
  }
  return { header, pixelData };
}
