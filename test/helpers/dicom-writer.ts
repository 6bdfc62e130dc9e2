/**
 * One element to write: tag as 0xGGGGEEEE, VR, value. Numbers are written as the VR says, text is padded to an even length, the items
 * of a sequence are lists of elements.
 */
export interface WrittenElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: string | number | Uint8Array | readonly (readonly WrittenElement[])[];
  /** 'undefined' writes 0xFFFFFFFF: for encapsulated Pixel Data that brings its own delimiter, and for a sequence and its items. */
  readonly length?: 'undefined';
}

/** How a file around the elements is written. */
export interface WrittenFile {
  readonly transferSyntaxUid?: string;
  readonly hasPreamble?: boolean;
  readonly hasMeta?: boolean;
}

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const explicitBigEndian = '1.2.840.10008.1.2.2';
const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

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
 * @param file - Preamble, meta header and transfer syntax; implicit VR for 1.2.840.10008.1.2, big endian for
 *   1.2.840.10008.1.2.2 (values that are bytes are written as they are), else explicit and little endian.
 */
export function dicomFile(elements: readonly WrittenElement[], file: WrittenFile = {}): Uint8Array {
  const transferSyntaxUid = file.transferSyntaxUid ?? explicitLittleEndian;
  const writing = { isExplicit: transferSyntaxUid !== '1.2.840.10008.1.2', isBig: transferSyntaxUid === explicitBigEndian };
  const meta = { isExplicit: true, isBig: false };
  const parts: Uint8Array[] = [];
  if (file.hasPreamble !== false) parts.push(new Uint8Array(128), new TextEncoder().encode('DICM'));
  if (file.hasMeta !== false) {
    parts.push(writeElement({ tag: 0x00020001, vr: 'OB', value: new Uint8Array([0, 1]) }, meta));
    parts.push(writeElement({ tag: 0x00020010, vr: 'UI', value: transferSyntaxUid }, meta));
  }
  parts.push(...elements.map((element) => writeElement(element, writing)));
  return Buffer.concat(parts);
}

/**
 * Value of encapsulated Pixel Data: the offset table, one item per fragment, the delimiter.
 *
 * @param fragments - Code streams or their parts; padded to even lengths.
 * @param offsetTable - Offsets of the frames' first items; empty when left out.
 */
export function encapsulated(fragments: readonly Uint8Array[], offsetTable: readonly number[] = []): Uint8Array {
  const items = [new Uint8Array(Uint32Array.from(offsetTable).buffer), ...fragments].map((fragment) => {
    const item = Buffer.alloc(8 + fragment.length + (fragment.length % 2));
    item.set([0xfe, 0xff, 0x00, 0xe0]);
    item.writeUInt32LE(item.length - 8, 4);
    item.set(fragment, 8);
    return item;
  });
  return Buffer.concat([...items, new Uint8Array([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0])]);
}

/** How the elements of a data set are written. */
interface Writing {
  readonly isExplicit: boolean;
  readonly isBig: boolean;
}

function writeElement(element: WrittenElement, writing: Writing): Uint8Array {
  const { tag, vr, value, length } = element;
  const bytes = typeof value === 'object' && !(value instanceof Uint8Array) ? writeItems(value, element, writing) : valueBytes(vr, value, writing.isBig);
  const size = length === 'undefined' ? 0xffffffff : bytes.length;
  const isLong = !writing.isExplicit || longVrs.has(vr);
  const header = Buffer.alloc(writing.isExplicit && isLong ? 12 : 8);
  header.set(integer(tag >>> 16, 2, writing.isBig), 0);
  header.set(integer(tag & 0xffff, 2, writing.isBig), 2);
  if (writing.isExplicit) header.write(vr, 4, 'latin1');
  if (isLong) header.set(integer(size, 4, writing.isBig), header.length - 4);
  else header.set(integer(size, 2, writing.isBig), 6);
  return Buffer.concat([header, bytes]);
}

function writeItems(items: readonly (readonly WrittenElement[])[], { vr, length }: WrittenElement, outer: Writing): Uint8Array {
  // A sequence whose VR was lost is written without VRs, whatever the file around it does.
  const writing = vr === 'UN' ? { isExplicit: false, isBig: false } : outer;
  const marker = (element: number, size: number): Uint8Array =>
    Buffer.concat([integer(0xfffe, 2, writing.isBig), integer(element, 2, writing.isBig), integer(size, 4, writing.isBig)]);
  const parts = items.flatMap((elements) => {
    const bytes = Buffer.concat(elements.map((element) => writeElement(element, writing)));
    if (length !== 'undefined') return [marker(0xe000, bytes.length), bytes];
    return [marker(0xe000, 0xffffffff), bytes, marker(0xe00d, 0)];
  });
  return Buffer.concat(length === 'undefined' ? [...parts, marker(0xe0dd, 0)] : parts);
}

/** Bytes that a number takes by its VR; two where the VR is no number's. */
const numberBytes: Readonly<Record<string, number>> = { UL: 4, SL: 4, OL: 4, UV: 8, SV: 8, OV: 8 };

function valueBytes(vr: string, value: string | number | Uint8Array, isBig: boolean): Uint8Array {
  if (typeof value === 'number') return integer(value, numberBytes[vr] ?? 2, isBig);
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, new Uint8Array([vr === 'UI' || typeof value !== 'string' ? 0 : 0x20])]);
}

function integer(value: number, size: number, isBig: boolean): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  const little = bytes.subarray(0, size);
  return isBig ? little.reverse() : little;
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
