import type { InstanceHeader } from '../../../src-shared/domain/study.ts';

/** What a decoder must know about a frame, from the header. */
export interface FrameDescription {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly pixelRepresentation: 0 | 1;
  readonly planarConfiguration: 0 | 1;
  readonly photometricInterpretation: string;
}

/** A codec that is ready: turns one code stream into native little-endian pixels, exactly frameBytes long. */
export type FrameDecoder = (encoded: Uint8Array, frame: FrameDescription, transferSyntaxUid: string) => Uint8Array;

/**
 * Takes the description of a frame out of its header.
 *
 * @param header - Of the instance.
 * @param planarConfiguration - (0028,0006), 0 when absent.
 */
export function frameDescriptionOf(header: InstanceHeader, planarConfiguration: 0 | 1): FrameDescription {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored, pixelRepresentation, photometricInterpretation } = header;
  return {
    rows, columns, samplesPerPixel, bitsAllocated, bitsStored, pixelRepresentation, planarConfiguration, photometricInterpretation,
  };
}

/**
 * Length of the decoded frame.
 *
 * @param frame - Its description.
 * @returns Bytes.
 */
export function frameBytes(frame: FrameDescription): number {
  return Math.ceil((frame.rows * frame.columns * frame.samplesPerPixel * frame.bitsAllocated) / 8);
}
