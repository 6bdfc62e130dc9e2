import { describe, expect, it } from 'vitest';
import { encapsulatedFrames } from '../../../src-main/dicom/encapsulated-frames.ts';
import type { PixelValue } from '../../../src-main/dicom/pixel-value.ts';

const start = [0xff, 0xd8, 0xff];

function value(fragments: readonly (readonly number[])[], framesAt: readonly number[] | null = null): PixelValue {
  let offset = 0;
  const placed = fragments.map((bytes) => {
    const fragment = { offset, bytes: Uint8Array.from(bytes) };
    offset += 8 + bytes.length;
    return fragment;
  });
  const offsetTable = (framesAt ?? []).map((index) => placed[index]?.offset ?? -1);
  return { stored: new Uint8Array(), encapsulated: true, offsetTable, fragments: placed };
}

const frames = (pixels: PixelValue, count: number): readonly (readonly number[])[] => encapsulatedFrames(pixels, count).map((frame) => [...frame]);

describe('encapsulatedFrames', () => {
  it('joins all fragments of a single frame', () => {
    expect(frames(value([[1, 2], [3], [4, 5]]), 1)).toEqual([[1, 2, 3, 4, 5]]);
  });

  it('takes one fragment per frame', () => {
    expect(frames(value([[1], [2], [3]]), 3)).toEqual([[1], [2], [3]]);
  });

  it('follows the offset table', () => {
    expect(frames(value([[1], [2], [3]], [0, 2]), 2)).toEqual([[1, 2], [3]]);
  });

  it('finds the frames by their start markers without a table', () => {
    expect(frames(value([[...start, 1], [2], [...start, 3], [4]]), 2)).toEqual([[...start, 1, 2], [...start, 3, 4]]);
  });

  it.each<[string, readonly number[]]>([
    ['of another number of frames', [0, 20, 40]], ['all zero', [0, 0]], ['beside the fragments', [0, 13]], ['beyond the end', [0, 4000]],
    ['not from the start', [11, 22]], ['falling', [22, 0]], ['at a fragment in mid-frame', [0, 9]],
  ])('falls back to the start markers when the table is %s', (_name, offsetTable) => {
    const pixels = { ...value([[...start, 1, 1], [2], [...start, 3], [4]]), offsetTable };
    expect(frames(pixels, 2)).toEqual([[...start, 1, 1, 2], [...start, 3, 4]]);
  });

  it('believes the table about a fragment that begins by chance as a code stream does', () => {
    expect(frames(value([[...start, 1], [...start, 2], [...start, 3]], [0, 2]), 2)).toEqual([[...start, 1, ...start, 2], [...start, 3]]);
  });

  it.each([
    ['JPEG 2000', [0xff, 0x4f, 0xff, 0x51]], ['JP2', [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20]], ['RLE', [3, 0, 0, 0, 64, 0, 0, 0]],
  ])('knows where %s begins', (_name, marker) => {
    expect(frames(value([[...marker, 1], [2], [...marker, 3]]), 2)).toEqual([[...marker, 1, 2], [...marker, 3]]);
  });

  it.each([
    [value([[...start, 1], [2], [...start, 3], [...start, 4]]), 2, 'pixel-data-truncated'],
    [{ ...value([[1], [2], [3]]), offsetTable: [0, 10] }, 2, 'pixel-data-corrupt'],
    [value([[1], [2], [3]]), 2, 'pixel-data-corrupt'],
    [value([[1], [2], [3]], [1, 2]), 2, 'pixel-data-corrupt'],
    [value([[...start], [1], [2]]), 2, 'pixel-data-truncated'],
    [value([[1], []]), 2, 'pixel-data-truncated'],
    [value([[1]]), 5, 'pixel-data-corrupt'],
  ])('refuses fragments that do not make the frames', (pixels, count, code) => {
    expect(() => encapsulatedFrames(pixels, count)).toThrow(expect.objectContaining({ code }));
  });
});
