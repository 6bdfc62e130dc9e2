import { readCode, readNumbers, readTexts, readUint16 } from './attribute-values.ts';
import { itemsOf } from './data-set.ts';
import type { DataSet } from './data-set.ts';
import { readLookupTable } from './lookup-table.ts';
import type { LookupTable } from './lookup-table.ts';

/** One of the windows that the writer of an image suggests. */
export interface SuggestedWindow {
  readonly windowCenter: number;
  readonly windowWidth: number;
  /** Window Center & Width Explanation (0028,1055), cleaned; null when absent. */
  readonly explanation: string | null;
}

/** How window center and width become grey levels, VOI LUT Function (0028,1056). */
export type VoiLutFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** What a header says of showing the pixels beside their meaning; it is not kept in the database. */
export interface DisplayAttributes {
  /** Modality LUT Sequence (0028,3000); null when absent or unusable: InstanceHeader.hasModalityLut tells the two apart. */
  readonly modalityLut: LookupTable | null;
  readonly voiWindows: readonly SuggestedWindow[];
  readonly voiLutFunction: VoiLutFunction;
  /** VOI LUT Sequence (0028,3010); unusable tables are left out. */
  readonly voiLuts: readonly LookupTable[];
  /** Presentation LUT Shape (2050,0020). */
  readonly presentationLutShape: 'IDENTITY' | 'INVERSE' | null;
  /** Imager Pixel Spacing (0018,1164): row, column, mm at the detector, not in the patient. */
  readonly imagerPixelSpacing: readonly [row: number, column: number] | null;
  /** Pixel Aspect Ratio (0028,0034): vertical, horizontal size of a pixel. */
  readonly pixelAspectRatio: readonly [vertical: number, horizontal: number] | null;
}

/** What the functional groups of a frame say in place of the image's own windows. */
export type FrameDisplay = Pick<DisplayAttributes, 'voiWindows' | 'voiLutFunction'>;

/**
 * Reads the display attributes of an image.
 *
 * @param dataSet - Top level of the instance.
 * @returns Of the image as a whole; frames may differ (readFrameDisplays).
 * @see DICOM PS3.3 C.11.1, C.11.2, C.11.6, C.7.6.16.2.10
 */
export function readDisplayAttributes(dataSet: DataSet): DisplayAttributes {
  const shape = readCode(dataSet, 0x20500020);
  const isSigned = readUint16(dataSet, 0x00280103) === 1;
  const [modality] = itemsOf(dataSet, 0x00283000);
  // What a VOI LUT maps is negative where the stored values are, or where the rescaling makes them so.
  const mapsNegative = modality === undefined && (isSigned || (readNumbers(dataSet, 0x00281052, 1)?.[0] ?? 0) < 0);
  return {
    ...readVoi(dataSet, readTexts(dataSet, 0x00080005)),
    modalityLut: modality === undefined ? null : readLookupTable(modality, isSigned),
    voiLuts: itemsOf(dataSet, 0x00283010).flatMap((item) => readLookupTable(item, mapsNegative) ?? []),
    presentationLutShape: shape === 'IDENTITY' || shape === 'INVERSE' ? shape : null,
    imagerPixelSpacing: readNumbers(dataSet, 0x00181164, 2) as DisplayAttributes['imagerPixelSpacing'],
    pixelAspectRatio: readNumbers(dataSet, 0x00280034, 2) as DisplayAttributes['pixelAspectRatio'],
  };
}

/**
 * Reads the Frame VOI LUT of every frame from the functional groups.
 *
 * @param dataSet - Top level of the instance.
 * @returns By frame, null for a frame without; empty when there are no functional groups.
 * @see DICOM PS3.3 C.7.6.16.2.10
 */
export function readFrameDisplays(dataSet: DataSet): readonly (FrameDisplay | null)[] {
  const sets = readTexts(dataSet, 0x00080005);
  const [shared] = itemsOf(dataSet, 0x52009229);
  const sharedVoi = shared === undefined ? null : frameVoi(shared, sets);
  return itemsOf(dataSet, 0x52009230).map((groups) => frameVoi(groups, sets) ?? sharedVoi);
}

/**
 * Display attributes of one frame: those of the image with the frame's own windows in place.
 *
 * @param instance - As opened.
 * @param frame - Index from 0.
 */
export function displayOfFrame(
  instance: { readonly display: DisplayAttributes; readonly frameDisplays: readonly (FrameDisplay | null)[] },
  frame: number,
): DisplayAttributes {
  return { ...instance.display, ...instance.frameDisplays[frame] };
}

function frameVoi(groups: DataSet, characterSets: readonly string[]): FrameDisplay | null {
  const [item] = itemsOf(groups, 0x00289132);
  return item === undefined ? null : readVoi(item, characterSets);
}

function readVoi(dataSet: DataSet, characterSets: readonly string[]): FrameDisplay {
  const name = readCode(dataSet, 0x00281056);
  const centers = readNumbers(dataSet, 0x00281050) ?? [];
  const widths = readNumbers(dataSet, 0x00281051) ?? [];
  const explanations = readTexts(dataSet, 0x00281055, characterSets);
  return {
    voiWindows: centers.slice(0, widths.length).map((windowCenter, index) => (
      { windowCenter, windowWidth: widths[index] ?? 0, explanation: explanations[index] || null }
    )),
    voiLutFunction: name === 'LINEAR_EXACT' || name === 'SIGMOID' ? name : 'LINEAR',
  };
}
