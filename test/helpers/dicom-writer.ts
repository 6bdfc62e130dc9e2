/** One element to write: tag as 0xGGGGEEEE, VR, value. Numbers are written as the VR says, text is padded to an even length. */
export interface WrittenElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: string | number | Uint8Array;
  /** 'undefined' writes 0xFFFFFFFF, for encapsulated Pixel Data that brings its own delimiter. */
  readonly length?: 'undefined';
}

/** How a file around the elements is written. */
export interface WrittenFile {
  readonly transferSyntaxUid?: string;
  readonly hasPreamble?: boolean;
  readonly hasMeta?: boolean;
}

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const longVrs = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** What a synthetic CT slice is made of; everything has a default of a plausible chest CT. */
export interface CtSliceOptions extends WrittenFile {
  readonly studyInstanceUid?: string;
  readonly seriesInstanceUid?: string;
  readonly sopInstanceUid?: string;
  readonly instanceNumber?: number;
  readonly rows?: number;
  readonly columns?: number;
  /** Stored values, row-major; default: a disc of soft tissue with two lungs in air. */
  readonly pixels?: Int16Array;
  readonly position?: readonly [number, number, number];
  readonly orientation?: readonly [number, number, number, number, number, number];
  readonly pixelSpacing?: readonly [number, number];
  readonly sliceThickness?: number;
  readonly rescaleSlope?: number;
  readonly rescaleIntercept?: number;
  /** Replaces or adds elements; null leaves one out. Tags as 0xGGGGEEEE. */
  readonly elements?: ReadonlyMap<number, Omit<WrittenElement, 'tag'> | null>;
}

/**
 * Writes a synthetic CT slice as a DICOM file (Explicit VR Little Endian unless told otherwise).
 *
 * @param options - What differs from the default: 64 x 64 signed 16-bit pixels of 5 mm, CHEST, ORIGINAL\PRIMARY\AXIAL.
 * @returns The bytes of the file.
 */
export function ctSlice(options: CtSliceOptions = {}): Uint8Array {
  const rows = options.rows ?? 64;
  const columns = options.columns ?? 64;
  const pixels = options.pixels ?? thorax(rows, columns);
  const position = options.position ?? [-160, -160, 0];
  const series = options.seriesInstanceUid ?? '1.2.826.0.1.3680043.10.999.2';
  const instance = options.sopInstanceUid ?? `${series}.${String(options.instanceNumber ?? 1)}`;
  const spacing = options.pixelSpacing ?? [5, 5];
  const orientation = options.orientation ?? [1, 0, 0, 0, 1, 0];
  const defaults: readonly WrittenElement[] = [
    { tag: 0x00080008, vr: 'CS', value: 'ORIGINAL\\PRIMARY\\AXIAL' },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: instance },
    { tag: 0x00080020, vr: 'DA', value: '20260102' },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00100010, vr: 'PN', value: 'Phantom^Synthetic' },
    { tag: 0x00100020, vr: 'LO', value: 'PHANTOM-1' },
    { tag: 0x00180015, vr: 'CS', value: 'CHEST' },
    { tag: 0x00180050, vr: 'DS', value: String(options.sliceThickness ?? 2.5) },
    { tag: 0x0020000d, vr: 'UI', value: options.studyInstanceUid ?? '1.2.826.0.1.3680043.10.999.1' },
    { tag: 0x0020000e, vr: 'UI', value: series },
    { tag: 0x00200011, vr: 'IS', value: '1' },
    { tag: 0x00200013, vr: 'IS', value: String(options.instanceNumber ?? 1) },
    { tag: 0x00200032, vr: 'DS', value: position.join('\\') },
    { tag: 0x00200037, vr: 'DS', value: orientation.join('\\') },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: rows },
    { tag: 0x00280011, vr: 'US', value: columns },
    { tag: 0x00280030, vr: 'DS', value: spacing.join('\\') },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00280101, vr: 'US', value: 16 },
    { tag: 0x00280102, vr: 'US', value: 15 },
    { tag: 0x00280103, vr: 'US', value: 1 },
    { tag: 0x00281052, vr: 'DS', value: String(options.rescaleIntercept ?? -1024) },
    { tag: 0x00281053, vr: 'DS', value: String(options.rescaleSlope ?? 1) },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength) },
  ];
  const elements = new Map(defaults.map((element) => [element.tag, element]));
  for (const [tag, element] of options.elements ?? []) {
    if (element === null) elements.delete(tag);
    else elements.set(tag, { tag, ...element });
  }
  return dicomFile([...elements.values()].sort((a, b) => a.tag - b.tag), options);
}

/**
 * Writes elements as a DICOM file.
 *
 * @param elements - In ascending order of their tags.
 * @param file - Preamble, meta header and transfer syntax; implicit VR for 1.2.840.10008.1.2, else explicit, always little endian.
 */
export function dicomFile(elements: readonly WrittenElement[], file: WrittenFile = {}): Uint8Array {
  const transferSyntaxUid = file.transferSyntaxUid ?? explicitLittleEndian;
  const isExplicit = transferSyntaxUid !== '1.2.840.10008.1.2';
  const parts: Uint8Array[] = [];
  if (file.hasPreamble !== false) parts.push(new Uint8Array(128), new TextEncoder().encode('DICM'));
  if (file.hasMeta !== false) {
    parts.push(writeElement({ tag: 0x00020001, vr: 'OB', value: new Uint8Array([0, 1]) }, true));
    parts.push(writeElement({ tag: 0x00020010, vr: 'UI', value: transferSyntaxUid }, true));
  }
  parts.push(...elements.map((element) => writeElement(element, isExplicit)));
  return Buffer.concat(parts);
}

/**
 * Value of encapsulated Pixel Data: an empty offset table, one item per fragment, the delimiter.
 *
 * @param fragments - Code streams or their parts; padded to even lengths.
 */
export function encapsulated(fragments: readonly Uint8Array[]): Uint8Array {
  const items = [new Uint8Array(), ...fragments].map((fragment) => {
    const item = Buffer.alloc(8 + fragment.length + (fragment.length % 2));
    item.set([0xfe, 0xff, 0x00, 0xe0]);
    item.writeUInt32LE(item.length - 8, 4);
    item.set(fragment, 8);
    return item;
  });
  return Buffer.concat([...items, new Uint8Array([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])]);
}

function writeElement({ tag, vr, value, length }: WrittenElement, isExplicit: boolean): Uint8Array {
  const bytes = valueBytes(vr, value);
  const size = length === 'undefined' ? 0xffffffff : bytes.length;
  const isLong = !isExplicit || longVrs.has(vr);
  const header = Buffer.alloc(isExplicit && isLong ? 12 : 8);
  header.writeUInt16LE(tag >>> 16, 0);
  header.writeUInt16LE(tag & 0xffff, 2);
  if (isExplicit) header.write(vr, 4, 'latin1');
  if (isLong) header.writeUInt32LE(size, header.length - 4);
  else header.writeUInt16LE(size, 6);
  return Buffer.concat([header, bytes]);
}

function valueBytes(vr: string, value: WrittenElement['value']): Uint8Array {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value & 0xffff);
    return bytes;
  }
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, new Uint8Array([vr === 'UI' || typeof value !== 'string' ? 0 : 0x20])]);
}

/** Stored values (HU + 1024): air, an oval body of water, two lungs at -850 HU. */
function thorax(rows: number, columns: number): Int16Array {
  const inOval = (x: number, y: number, centreX: number, radiusX: number, radiusY: number): boolean =>
    ((x - centreX) / radiusX) ** 2 + (y / radiusY) ** 2 <= 1;
  return Int16Array.from({ length: rows * columns }, (_, index) => {
    const x = ((index % columns) + 0.5) / columns - 0.5;
    const y = (Math.floor(index / columns) + 0.5) / rows - 0.5;
    if (!inOval(x, y, 0, 0.42, 0.3)) return 0;
    return inOval(x, y, -0.2, 0.13, 0.2) || inOval(x, y, 0.2, 0.13, 0.2) ? 174 : 1024;
  });
}
