import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { readUint16 } from './attribute-values.ts';
import { readDisplayAttributes, readFrameDisplays } from './display-attributes.ts';
import type { DisplayAttributes, FrameDisplay } from './display-attributes.ts';
import { faulty, openHeader } from './open-header.ts';
import type { NoImage } from './open-header.ts';
import { readPixelValue } from './pixel-value.ts';
import type { PixelValue } from './pixel-value.ts';

/** A whole image instance: its header and its pixels as stored. */
export interface OpenedInstance {
  readonly header: InstanceHeader;
  readonly pixels: PixelValue;
  /** Size of the words whose bytes native big-endian pixels are stored in, null when they are little endian. */
  readonly bigEndianWord: 1 | 2 | null;
  /** Planar Configuration (0028,0006): 1 when colour samples are stored plane by plane. */
  readonly planarConfiguration: 0 | 1;
  /** Of the image as a whole; displayOfFrame gives those of one frame. */
  readonly display: DisplayAttributes;
  /** By frame, null for a frame without windows of its own; empty without functional groups. */
  readonly frameDisplays: readonly (FrameDisplay | null)[];
}

/** What the bytes of a file turned out to be. */
export type Opening = { readonly kind: 'instance'; readonly instance: OpenedInstance } | NoImage;

/**
 * Parses the bytes of a file into an image instance and checks that it is whole; never throws.
 *
 * @param bytes - All bytes of the file.
 */
export function openInstance(bytes: Uint8Array): Opening {
  const opening = openHeader(bytes);
  if (opening.kind !== 'header') return opening;
  const { source, dataSet, pixelData, header } = opening.opened;
  try {
    const instance: OpenedInstance = {
      header,
      pixels: readPixelValue(dataSet, pixelData, header),
      bigEndianWord: source.bigEndian ? (pixelData.vr === 'OW' ? 2 : 1) : null,
      planarConfiguration: readUint16(dataSet, 0x00280006) === 1 ? 1 : 0,
      display: readDisplayAttributes(dataSet),
      frameDisplays: readFrameDisplays(dataSet),
    };
    return { kind: 'instance', instance };
  } catch (thrown) {
    return faulty(thrown, header, header.sopInstanceUid);
  }
}
