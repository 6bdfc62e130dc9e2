import { corruptStream, truncatedStream } from './code-stream.ts';
import type { JpegHeader } from './code-stream-jpeg.ts';
import { entropyReader, huffmanCode } from './entropy-reader.ts';
import type { EntropyReader, HuffmanCode } from './entropy-reader.ts';

interface ScanComponent {
  readonly blocks: number;
  readonly dc: HuffmanCode;
  readonly ac: HuffmanCode;
}

/**
 * Reads the codes of a sequential JPEG scan without making pixels of them: every block ends within its 64 coefficients, and the
 * blocks use the bits up, neither more nor fewer. libjpeg checks neither.
 *
 * Only the usual kind is checked, all components in one scan; progressive JPEG has codes of another kind.
 *
 * @param encoded - Code stream of one frame.
 * @param header - As readJpegHeader gave it.
 * @throws {AppError} 'pixel-data-corrupt' for codes that cannot be there; 'pixel-data-truncated' when the bits do not last.
 * @see ITU-T T.81 annex F.2.2
 */
export function checkSequentialScan(encoded: Uint8Array, header: JpegHeader): void {
  const components = scanComponents(header);
  if (components === null) return;
  const reader = entropyReader(encoded, header.scanStart);
  const mcus = countMcus(header);
  let restarts = 0;
  for (let mcu = 0; mcu < mcus; mcu += 1) {
    if (header.restartInterval > 0 && mcu > 0 && mcu % header.restartInterval === 0) {
      reader.finish();
      reader.skipRestart(restarts);
      restarts += 1;
    }
    for (const component of components) {
      for (let block = 0; block < component.blocks; block += 1) readBlock(reader, component);
    }
    if (reader.isExhausted()) throw truncatedStream();
  }
  reader.finish();
}

/** Null when the scan is not of the kind that is checked. */
function scanComponents(header: JpegHeader): readonly ScanComponent[] | null {
  const { process, components, scanHeader } = header;
  const isSequential = process === 0xc0 || process === 0xc1;
  if (!isSequential || scanHeader[0] !== components.length || scanHeader.length !== 4 + 2 * components.length) return null;
  const codes = huffmanCodes(header);
  const found = components.map(({ horizontal, vertical }, index) => {
    const tables = scanHeader[2 + 2 * index] ?? 0;
    const [dc, ac] = [codes.get(tables >> 4), codes.get(0x10 + (tables & 15))];
    if (scanHeader[1 + 2 * index] !== components[index]?.id || dc === undefined || ac === undefined) return null;
    return { blocks: components.length === 1 ? 1 : horizontal * vertical, dc, ac };
  });
  return found.every((component) => component !== null) ? found : null;
}

/** By class and destination, as the first byte of a table has them. */
function huffmanCodes({ huffmanTables }: JpegHeader): ReadonlyMap<number, HuffmanCode> {
  const codes = new Map<number, HuffmanCode>();
  for (const payload of huffmanTables) {
    for (let position = 0; position < payload.length; ) {
      const counts = payload.subarray(position + 1, position + 17);
      const end = position + 17 + counts.reduce((sum, count) => sum + count, 0);
      if (counts.length < 16 || end > payload.length) throw corruptStream();
      codes.set(payload[position] ?? 0, huffmanCode(counts, payload.subarray(position + 17, end)));
      position = end;
    }
  }
  return codes;
}

function countMcus({ rows, columns, components }: JpegHeader): number {
  const isInterleaved = components.length > 1;
  const across = isInterleaved ? Math.max(...components.map(({ horizontal }) => horizontal)) : 1;
  const down = isInterleaved ? Math.max(...components.map(({ vertical }) => vertical)) : 1;
  return Math.ceil(columns / (8 * across)) * Math.ceil(rows / (8 * down));
}

function readBlock(reader: EntropyReader, { dc, ac }: ScanComponent): void {
  const dcSize = reader.readSymbol(dc);
  if (dcSize > 15) throw corruptStream();
  reader.skip(dcSize);
  for (let coefficient = 1; coefficient < 64; coefficient += 1) {
    const symbol = reader.readSymbol(ac);
    const size = symbol & 15;
    if (size === 0 && symbol !== 0xf0) {
      // 0x00 ends the block; runs without a coefficient exist in progressive scans only.
      if (symbol !== 0) throw corruptStream();
      return;
    }
    coefficient += symbol >> 4;
    if (coefficient > 63) throw corruptStream();
    reader.skip(size);
  }
}
