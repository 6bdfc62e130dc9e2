/** What to encode and how. */
export interface LosslessEncoding {
  /** rows x columns samples of `precision` bits. */
  readonly samples: Uint16Array;
  readonly rows: number;
  readonly columns: number;
  readonly precision: number;
  /** Selection value 1 to 7. */
  readonly predictor: number;
  readonly pointTransform?: number;
  /** Rows between restart markers. */
  readonly restartRows?: number;
  /** Codes of length 5 for all, or of every length from 1 to 16. */
  readonly codes?: 'even' | 'skewed';
}

/**
 * Encodes lossless JPEG, plainly and slowly: the inverse of LungDesk's decoder, written from the standard for its tests.
 *
 * @see ITU-T T.81 annex H
 */
export function encodeLosslessJpeg(encoding: LosslessEncoding): Uint8Array {
  const { rows, columns, precision, predictor, pointTransform = 0, restartRows = 0, codes = 'even' } = encoding;
  const lengths = Array.from({ length: 17 }, (_, size) => (codes === 'even' ? 5 : Math.min(size + 1, 16)));
  const counts = Array.from({ length: 16 }, (_, index) => lengths.filter((length) => length === index + 1).length);
  const bytes = [
    0xff, 0xd8,
    0xff, 0xc3, 0, 11, precision, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0,
    0xff, 0xc4, 0, 2 + 17 + 17, 0, ...counts, ...lengths.keys(),
    ...(restartRows > 0 ? [0xff, 0xdd, 0, 4, (restartRows * columns) >> 8, (restartRows * columns) & 255] : []),
    0xff, 0xda, 0, 8, 1, 1, 0, predictor, 0, pointTransform,
  ];
  const codeOf = canonicalCodes(lengths);
  let pending = '';
  const flush = (): void => {
    while (pending.length % 8 !== 0) pending += '1';
    for (let at = 0; at < pending.length; at += 8) {
      const byte = parseInt(pending.slice(at, at + 8), 2);
      bytes.push(byte, ...(byte === 0xff ? [0] : []));
    }
    pending = '';
  };
  const samples = encoding.samples.map((sample) => sample >> pointTransform);
  for (let row = 0; row < rows; row += 1) {
    const restarts = restartRows > 0 && row > 0 && row % restartRows === 0;
    if (restarts) {
      flush();
      bytes.push(0xff, 0xd0 + ((row / restartRows - 1) & 7));
    }
    const isFirst = row === 0 || restarts;
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      const expected = predict(samples, at, columns, isFirst, predictor, 1 << (precision - pointTransform - 1));
      const difference = (((samples[at] ?? 0) - expected + 32768 * 3) % 65536) - 32768;
      // -32768 and 32768 are the same modulo 65536; the standard has a code for the positive one alone.
      const size = difference === -32768 ? 16 : 32 - Math.clz32(Math.abs(difference));
      const extra = difference > 0 ? difference : difference + (1 << size) - 1;
      pending += (codeOf[size] ?? '') + (size === 0 || size === 16 ? '' : extra.toString(2).padStart(size, '0'));
    }
  }
  flush();
  bytes.push(0xff, 0xd9);
  return Uint8Array.from(bytes);
}

function predict(samples: Uint16Array, at: number, columns: number, isFirst: boolean, predictor: number, start: number): number {
  const column = at % columns;
  const [left = 0, above = 0, corner = 0] = [samples[at - 1], samples[at - columns], samples[at - columns - 1]];
  if (isFirst) return column === 0 ? start : left;
  if (column === 0) return above;
  const predictions = [0, left, above, corner, left + above - corner, left + ((above - corner) >> 1), above + ((left - corner) >> 1), (left + above) >> 1];
  return predictions[predictor] ?? 0;
}

/** ITU-T T.81 annex C: codes in the order of their lengths, each one more than the last. */
function canonicalCodes(lengths: readonly number[]): readonly string[] {
  let code = 0;
  let lastLength = 1;
  return lengths.map((length) => {
    code <<= length - lastLength;
    lastLength = length;
    const text = code.toString(2).padStart(length, '0');
    code += 1;
    return text;
  });
}
