import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import dicomParser from 'dicom-parser';

/** A slice read simply: Explicit VR Little Endian, signed 16 bit; enough for the public development exam. */
export interface DecodedSlice {
  readonly sopInstanceUid: string;
  readonly instanceNumber: number;
  readonly origin: readonly [number, number, number];
  readonly pixelSpacing: readonly [row: number, column: number];
  readonly rows: number;
  readonly columns: number;
  /** HU, Int16 little endian. */
  readonly hounsfield: Int16Array;
}

function numbers(text: string | undefined): number[] {
  return (text ?? '').split('\\').map(Number);
}

function decode(bytes: Uint8Array): DecodedSlice {
  const data = dicomParser.parseDicom(bytes);
  const pixels = data.elements['x7fe00010'];
  if (pixels === undefined) throw new Error('no pixels');
  const stored = new Int16Array(bytes.slice(pixels.dataOffset, pixels.dataOffset + pixels.length).buffer);
  const [slope, intercept] = [data.floatString('x00281053') ?? 1, data.floatString('x00281052') ?? 0];
  const [x = 0, y = 0, z = 0] = numbers(data.string('x00200032'));
  const [row = 1, column = 1] = numbers(data.string('x00280030'));
  return {
    sopInstanceUid: data.string('x00080018') ?? '', instanceNumber: data.intString('x00200013') ?? 0,
    origin: [x, y, z], pixelSpacing: [row, column], rows: data.uint16('x00280010') ?? 0, columns: data.uint16('x00280011') ?? 0,
    hounsfield: stored.map((value) => Math.max(-1024, value * slope + intercept)),
  };
}

/** Reads all slices of a folder, feet to head. */
export function decodeSeries(folder: string): readonly DecodedSlice[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.dcm'));
  return files.map((name) => decode(new Uint8Array(readFileSync(join(folder, name))))).toSorted((left, right) => left.origin[2] - right.origin[2]);
}

/** Stands in for the public exam where it is absent: the same shapes, a ball in two ellipses. */
export function syntheticSeries(sliceCount: number): readonly DecodedSlice[] {
  const size = 128;
  return Array.from({ length: sliceCount }, (_, index) => ({
    sopInstanceUid: `2.25.1${index}`, instanceNumber: sliceCount - index, origin: [-180, -180, -275 + 2.5 * index] as const,
    pixelSpacing: [2.8, 2.8] as const, rows: size, columns: size,
    hounsfield: Int16Array.from({ length: size * size }, (_unused, at) => {
      const [x, y] = [(at % size) / size, Math.floor(at / size) / size];
      if (Math.hypot(x - 0.62, y - 0.72) < 0.03) return 60;
      if (Math.hypot((x - 0.3) / 0.14, (y - 0.5) / 0.26) < 1 || Math.hypot((x - 0.7) / 0.14, (y - 0.5) / 0.26) < 1) return -850;
      return Math.hypot((x - 0.5) / 0.42, (y - 0.5) / 0.34) < 1 ? 40 : -1000;
    }),
  }));
}
