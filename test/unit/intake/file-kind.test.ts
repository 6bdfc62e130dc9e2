import { describe, expect, it } from 'vitest';
import { fileKind } from '../../../src-main/intake/file-kind.ts';

function beginning(bytes: readonly number[], offset = 0): Uint8Array {
  const whole = new Uint8Array(132);
  whole.set(bytes, offset);
  return whole;
}

describe('fileKind', () => {
  it.each([
    ['JPEG', beginning([0xff, 0xd8, 0xff, 0xe0])],
    ['PNG', beginning([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['PDF', beginning([...Buffer.from('%PDF-1.7')])],
    ['ZIP', beginning([0x50, 0x4b, 0x03, 0x04])],
    ['DICOM', beginning([...Buffer.from('DICM')], 128)],
    ['other', beginning([...Buffer.from('%PD')])],
    ['other', beginning([...Buffer.from('DICM')])],
    ['empty', new Uint8Array()],
    ['other', new Uint8Array([0xff, 0xd8])],
  ])('answers %s', (kind, bytes) => {
    expect(fileKind(bytes)).toBe(kind);
  });
});
