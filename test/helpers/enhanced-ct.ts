import { ctSlice } from './dicom-writer.ts';
import type { CtSliceOptions, WrittenElement } from './dicom-writer.ts';

/** What the functional groups say of one frame; what is left out is taken from the shared groups. */
export interface WrittenFrame {
  readonly position?: readonly [number, number, number];
  readonly orientation?: readonly number[];
  readonly pixelSpacing?: readonly [number, number];
  readonly sliceThickness?: number;
  readonly slope?: number;
  readonly intercept?: number;
  readonly frameType?: string;
  readonly stackId?: string;
  readonly temporalPositionIndex?: number;
  readonly window?: { readonly center: number; readonly width: number; readonly voiLutFunction?: string };
}

/** An Enhanced CT file; everything but the frames has a default. */
export interface EnhancedCtOptions extends CtSliceOptions {
  readonly frames: readonly WrittenFrame[];
  readonly shared?: WrittenFrame;
  /** Number of Frames, where it is to differ from the groups. */
  readonly numberOfFrames?: number;
  /** 'undefined' writes sequences and items of undefined length; 'UN' writes them as a program does that does not know them. */
  readonly sequences?: 'undefined' | 'UN';
}

/**
 * Writes an Enhanced CT Image as a DICOM file.
 *
 * @param options - As ctSlice; the pixels are those of all frames, by default 8 x 8 with every pixel of a frame holding its index.
 * @returns The bytes of the file.
 */
export function enhancedCt(options: EnhancedCtOptions): Uint8Array {
  const { frames, numberOfFrames = frames.length, rows = 8, columns = 8 } = options;
  const shared: WrittenFrame = options.shared ?? {
    orientation: [1, 0, 0, 0, 1, 0], pixelSpacing: [0.7, 0.7], sliceThickness: 2.5, slope: 1, intercept: -1024, frameType: 'ORIGINAL\\PRIMARY\\VOLUME\\NONE',
  };
  const pixels = options.pixels ?? Int16Array.from({ length: rows * columns * numberOfFrames }, (_, index) => Math.floor(index / (rows * columns)));
  const sequence = (groups: readonly WrittenFrame[]): Omit<WrittenElement, 'tag'> => written(groups.map(functionalGroups), options.sequences);
  return ctSlice({
    ...options, rows, columns, pixels,
    elements: new Map([
      [0x00080008, { vr: 'CS', value: 'ORIGINAL\\PRIMARY\\VOLUME\\NONE' }], [0x00080016, { vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2.1' }],
      [0x00180050, null], [0x00200032, null], [0x00200037, null], [0x00280030, null], [0x00281052, null], [0x00281053, null],
      [0x00280008, { vr: 'IS', value: String(numberOfFrames) }],
      [0x52009229, sequence([shared])], [0x52009230, sequence(frames)], ...(options.elements ?? []),
    ]),
  });
}

function written(items: readonly (readonly WrittenElement[])[], how?: 'undefined' | 'UN'): Omit<WrittenElement, 'tag'> {
  if (how === 'undefined') return { vr: 'SQ', value: items, length: 'undefined' };
  return { vr: how ?? 'SQ', value: items };
}

function functionalGroups(frame: WrittenFrame): readonly WrittenElement[] {
  const decimal = (tag: number, values: readonly number[] | number | undefined): readonly WrittenElement[] =>
    values === undefined ? [] : [{ tag, vr: 'DS', value: [values].flat().join('\\') }];
  const macro = (tag: number, elements: readonly WrittenElement[]): readonly WrittenElement[] =>
    elements.length === 0 ? [] : [{ tag, vr: 'SQ', value: [elements] }];
  const text = (tag: number, vr: string, value: string | number | undefined): readonly WrittenElement[] => (value === undefined ? [] : [{ tag, vr, value }]);
  return [
    ...macro(0x00189329, text(0x00089007, 'CS', frame.frameType)),
    ...macro(0x00209111, [...text(0x00209056, 'SH', frame.stackId), ...text(0x00209128, 'UL', frame.temporalPositionIndex)]),
    ...macro(0x00209113, decimal(0x00200032, frame.position)),
    ...macro(0x00209116, decimal(0x00200037, frame.orientation)),
    ...macro(0x00289110, [...decimal(0x00180050, frame.sliceThickness), ...decimal(0x00280030, frame.pixelSpacing)]),
    ...macro(0x00289132, [
      ...decimal(0x00281050, frame.window?.center), ...decimal(0x00281051, frame.window?.width), ...text(0x00281056, 'CS', frame.window?.voiLutFunction),
    ]),
    ...macro(0x00289145, [...decimal(0x00281052, frame.intercept), ...decimal(0x00281053, frame.slope)]),
  ];
}
