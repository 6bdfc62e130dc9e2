import { describe, expect, it } from 'vitest';
import { movedBuffers } from '../../../src-main/workers/moved-buffers.ts';

describe('movedBuffers', () => {
  it('finds the memory of typed arrays at any depth, once', () => {
    const png = new Uint8Array(8);
    const pixels = new Int16Array(4);
    const answer = { png, again: new DataView(png.buffer), list: [{ pixels }], byName: new Map([['png', png]]), text: 'x', none: null };
    expect(new Set(movedBuffers(answer))).toEqual(new Set([png.buffer, pixels.buffer]));
    expect(movedBuffers(answer)).toHaveLength(2);
  });

  it('leaves shared memory, parts of larger buffers and empty arrays where they are', () => {
    const shared = new Int16Array(new SharedArrayBuffer(8));
    expect(movedBuffers([shared, new Uint8Array(16).subarray(4, 8), new Uint8Array(0), Buffer.from('pooled')])).toEqual([]);
  });

  it('ends for an answer that refers to itself', () => {
    const answer: { self?: unknown; bytes: Uint8Array } = { bytes: new Uint8Array(1) };
    answer.self = answer;
    expect(movedBuffers(answer)).toEqual([answer.bytes.buffer]);
  });
});
