const signatures: readonly (readonly [kind: string, offset: number, bytes: readonly number[]])[] = [
  ['DICOM', 128, [0x44, 0x49, 0x43, 0x4d]],
  ['JPEG', 0, [0xff, 0xd8, 0xff]],
  ['PNG', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['PDF', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['ZIP', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['RAR', 0, [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['7-Zip', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['gzip', 0, [0x1f, 0x8b]],
  ['TIFF', 0, [0x49, 0x49, 0x2a, 0x00]],
  ['TIFF', 0, [0x4d, 0x4d, 0x00, 0x2a]],
  ['GIF', 0, [0x47, 0x49, 0x46, 0x38]],
];

/** How many bytes of a file's beginning fileKind looks at. */
export const fileKindBytes = 132;

/**
 * Tells what a file is by its first bytes, never by its name.
 *
 * @param beginning - The file's first bytes, at most fileKindBytes are looked at.
 * @returns A word to show to people, 'empty', or 'other'.
 */
export function fileKind(beginning: Uint8Array): string {
  if (beginning.length === 0) return 'empty';
  const found = signatures.find(([, offset, bytes]) => bytes.every((byte, index) => beginning[offset + index] === byte));
  return found?.[0] ?? 'other';
}
