import type { FrameHeader, InstanceFile, InstanceHeader } from '../../src-shared/domain/study.ts';

/** One frame of an instance: what a slice of a series is made of. */
export interface InstanceFrame extends InstanceFile {
  /** From 1, as DICOM counts. */
  readonly frameNumber: number;
  /** Of the frame: its own position, orientation, spacing and scale; `frames` is null. */
  readonly header: InstanceHeader;
  /** What its functional groups say; null for a single-frame image, and for a multi-frame one without functional groups. */
  readonly frame: FrameHeader | null;
}

/**
 * Takes instances apart into their frames.
 *
 * @param files - Of any kind; an image without functional groups counts as one, whatever its number of frames.
 * @returns In the order of the files and, within one, of its frames.
 * @see DICOM PS3.3 C.7.6.16
 */
export function framesOf(files: readonly InstanceFile[]): readonly InstanceFrame[] {
  return files.flatMap((file): readonly InstanceFrame[] => {
    const { frames } = file.header;
    if (frames === null) return [{ ...file, frameNumber: 1, frame: null }];
    return frames.map((frame, index) => ({ ...file, header: merged(file.header, frame), frameNumber: index + 1, frame }));
  });
}

/**
 * Header of one frame of a multi-frame image.
 *
 * @param header - Of the instance.
 * @param frameNumber - From 1.
 * @returns The instance's header with the frame's own geometry and scale and without `frames`; the header itself without functional groups.
 */
export function headerOfFrame(header: InstanceHeader, frameNumber: number): InstanceHeader {
  const frame = header.frames?.[frameNumber - 1];
  return frame === undefined ? header : merged(header, frame);
}

function merged(header: InstanceHeader, frame: FrameHeader): InstanceHeader {
  const { imageType, imagePositionPatient, imageOrientationPatient, pixelSpacing, sliceThickness, rescaleSlope, rescaleIntercept } = frame;
  return {
    ...header, imageType, imagePositionPatient, imageOrientationPatient, pixelSpacing, sliceThickness, rescaleSlope, rescaleIntercept, frames: null,
  };
}
