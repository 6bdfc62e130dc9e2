import { corruptStream, truncatedStream } from './code-stream.ts';

/** A Huffman code, ready to be read. */
export interface HuffmanCode {
  /** By the next eight bits: length << 8 | symbol, 0 for longer codes. */
  readonly short: Uint16Array;
  /** By length: the largest code plus one, at sixteen bits; and what to add to a code to get the place of its symbol. */
  readonly limits: Int32Array;
  readonly places: Int32Array;
  readonly symbols: Uint8Array;
}

/** Reads the bits of an entropy-coded segment: stuffed bytes are left out, a marker ends it. */
export interface EntropyReader {
  readSymbol(code: HuffmanCode): number;
  /** Passes over at most 15 bits. */
  skip(bits: number): void;
  /** Whether more bits were read than there are. */
  isExhausted(): boolean;
  /**
   * Ends a segment: less than a byte may be left, all ones as T.81 wants or all zeros as some writers do it.
   *
   * @throws {AppError} 'pixel-data-corrupt' when more is left, 'pixel-data-truncated' when too much was read.
   */
  finish(): void;
  /** Passes over a restart marker and begins the next segment. */
  skipRestart(index: number): void;
}

/**
 * Builds a code from a DHT segment.
 *
 * @param counts - Of the codes of length 1 to 16.
 * @param symbols - In the order of their codes.
 * @throws {AppError} 'pixel-data-corrupt' when there are more codes than fit.
 * @see ITU-T T.81 annex C
 */
export function huffmanCode(counts: Uint8Array, symbols: Uint8Array): HuffmanCode {
  const short = new Uint16Array(256);
  const limits = new Int32Array(17);
  const places = new Int32Array(17);
  let code = 0;
  let place = 0;
  for (let length = 1; length <= 16; length += 1) {
    const count = counts[length - 1] ?? 0;
    places[length] = place - code;
    for (let index = 0; index < count && length <= 8; index += 1) {
      const from = (code + index) << (8 - length);
      short.fill((length << 8) | (symbols[place + index] ?? 0), from, from + (1 << (8 - length)));
    }
    code += count;
    place += count;
    if (code > 1 << length) throw corruptStream();
    limits[length] = code << (16 - length);
    code <<= 1;
  }
  return { short, limits, places, symbols };
}

/**
 * Opens an entropy-coded segment.
 *
 * @param encoded - The stream.
 * @param start - Offset of the segment's first byte.
 */
export function entropyReader(encoded: Uint8Array, start: number): EntropyReader {
  let position = start;
  let reservoir = 0;
  let held = 0;
  /** Bits of the reservoir that the stream does not have: zeros after its end. */
  let invented = 0;

  /** At least 16 bits. */
  function fill(): void {
    while (held <= 16) {
      let byte = encoded[position] ?? 0xff;
      if (byte === 0xff && encoded[position + 1] !== 0) {
        byte = 0;
        invented += 8;
      } else position += byte === 0xff ? 2 : 1;
      reservoir = ((reservoir << 8) | byte) & 0xffffff;
      held += 8;
    }
  }

  return {
    readSymbol: (code) => {
      fill();
      const ahead = (reservoir >> (held - 16)) & 0xffff;
      const short = code.short[ahead >> 8] ?? 0;
      if (short !== 0) {
        held -= short >> 8;
        return short & 255;
      }
      let length = 9;
      while (length <= 16 && ahead >= (code.limits[length] ?? 0)) length += 1;
      if (length > 16) throw held - 16 < invented ? truncatedStream() : corruptStream();
      held -= length;
      return code.symbols[(ahead >> (16 - length)) + (code.places[length] ?? 0)] ?? 0;
    },
    skip: (bits) => {
      fill();
      held -= bits;
    },
    isExhausted: () => held < invented,
    finish: () => {
      fill();
      const left = held - invented;
      if (left < 0) throw truncatedStream();
      if (left > 7) throw corruptStream();
      const padding = (reservoir >> invented) & ((1 << left) - 1);
      if (padding !== 0 && padding !== (1 << left) - 1) throw corruptStream();
    },
    skipRestart: (index) => {
      while (encoded[position] === 0xff && encoded[position + 1] === 0xff) position += 1;
      if (encoded[position] !== 0xff || encoded[position + 1] !== 0xd0 + (index & 7)) throw corruptStream();
      position += 2;
      reservoir = 0;
      held = 0;
      invented = 0;
    },
  };
}
