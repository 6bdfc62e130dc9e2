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

  it.each([
    [value([[1], [2], [3]]), 2, 'pixel-data-corrupt'],
    [value([[1], [2], [3]], [1, 2]), 2, 'pixel-data-corrupt'],
    [value([[...start], [1], [2]]), 2, 'pixel-data-truncated'],
    [value([[1], []]), 2, 'pixel-data-truncated'],
    [value([[1]]), 5, 'pixel-data-corrupt'],
  ])('refuses fragments that do not make the frames', (pixels, count, code) => {
    expect(() => encapsulatedFrames(pixels, count)).toThrow(expect.objectContaining({ code }));
  });
});
