/** How the pixels of one transfer syntax are stored. */
export type PixelCoding = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'ht-jpeg-2000' | 'jpeg-xl';

/** What a transfer syntax says about the bytes of a file. */
export interface TransferSyntax {
  readonly uid: string;
  readonly explicitVr: boolean;
  readonly bigEndian: boolean;
  readonly deflated: boolean;
  readonly coding: PixelCoding;
}

function syntax(uid: string, coding: PixelCoding, differing: Partial<TransferSyntax> = {}): TransferSyntax {
  return { uid, coding, explicitVr: true, bigEndian: false, deflated: false, ...differing };
}

/** Implicit VR Little Endian, the default of DICOM. */
export const implicitLittleEndian = '1.2.840.10008.1.2';
/** Explicit VR Little Endian. */
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
/** Explicit VR Big Endian, retired and still met. */
export const explicitBigEndian = '1.2.840.10008.1.2.2';

const known = new Map(
  [
    syntax(implicitLittleEndian, 'native', { explicitVr: false }),
    syntax(explicitLittleEndian, 'native'),
    syntax(explicitBigEndian, 'native', { bigEndian: true }),
    syntax('1.2.840.10008.1.2.1.99', 'native', { deflated: true }),
    syntax('1.2.840.10008.1.2.5', 'rle'),
    syntax('1.2.840.10008.1.2.4.50', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.51', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.53', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.55', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.57', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.70', 'jpeg'),
    syntax('1.2.840.10008.1.2.4.80', 'jpeg-ls'),
    syntax('1.2.840.10008.1.2.4.81', 'jpeg-ls'),
    syntax('1.2.840.10008.1.2.4.90', 'jpeg-2000'),
    syntax('1.2.840.10008.1.2.4.91', 'jpeg-2000'),
    syntax('1.2.840.10008.1.2.4.201', 'ht-jpeg-2000'),
    syntax('1.2.840.10008.1.2.4.202', 'ht-jpeg-2000'),
    syntax('1.2.840.10008.1.2.4.203', 'ht-jpeg-2000'),
    // JPEG recompressed as JPEG XL (.111) is not read: no stream of it could be tried.
    syntax('1.2.840.10008.1.2.4.110', 'jpeg-xl'),
    syntax('1.2.840.10008.1.2.4.112', 'jpeg-xl'),
  ].map((entry) => [entry.uid, entry]),
);

/**
 * Looks up a transfer syntax that LungDesk can decode.
 *
 * @param uid - Transfer Syntax UID (0002,0010), without padding.
 * @returns Its properties, or null when LungDesk has no decoder for it.
 * @see DICOM PS3.5 chapter 10 and annex A
 */
export function findTransferSyntax(uid: string): TransferSyntax | null {
  return known.get(uid) ?? null;
}
