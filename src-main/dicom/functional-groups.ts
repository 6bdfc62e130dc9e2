import type { FrameHeader } from '../../src-shared/domain/study.ts';
import { readNumbers, readText, readTexts, readUint32 } from './attribute-values.ts';
import { itemsOf } from './data-set.ts';
import type { DataSet } from './data-set.ts';

const sharedGroups = 0x52009229;
const perFrameGroups = 0x52009230;

/**
 * Reads what the functional groups of an Enhanced image say of its frames.
 *
 * A frame's own group comes before the shared one, and that before an attribute that was left at the top level; a position is never
 * taken from there, it would be that of every frame.
 *
 * @param dataSet - Top level of the instance.
 * @returns One per item of the Per-frame Functional Groups Sequence (5200,9230), in its order; null when there is none.
 * @see DICOM PS3.3 C.7.6.16, C.8.15.3
 */
export function readFrames(dataSet: DataSet): readonly FrameHeader[] | null {
  const perFrame = itemsOf(dataSet, perFrameGroups);
  if (perFrame.length === 0) return null;
  const sets = readTexts(dataSet, 0x00080005);
  const [shared] = itemsOf(dataSet, sharedGroups);
  const inherited: FrameHeader = {
    imagePositionPatient: null,
    stackId: null,
    temporalPositionIndex: null,
    imageType: imageTypeIn(dataSet, 0x00080008),
    ...orientationIn(dataSet),
    ...measuresIn(dataSet),
    ...scaleIn(dataSet),
    ...(shared === undefined ? {} : attributesOf(shared, sets)),
  };
  return perFrame.map((groups) => ({ ...inherited, ...attributesOf(groups, sets) }));
}

/**
 * Region that the functional groups name, for headers without Body Part Examined.
 *
 * @returns The meanings of all codes of Anatomic Region Sequence (0008,2218), in upper case; null when there are none.
 * @see DICOM PS3.3 C.7.6.16.2.8
 */
export function readAnatomy(dataSet: DataSet, characterSets: readonly string[]): string | null {
  const regions = allGroups(dataSet).flatMap((groups) =>
    itemsOf(groups, 0x00209071).flatMap((anatomy) => itemsOf(anatomy, 0x00082218).flatMap((region) => readText(region, 0x00080104, characterSets) ?? [])),
  );
  return [...new Set(regions)].join(' ').toUpperCase() || null;
}

/**
 * Convolution Kernel (0018,1210) that the functional groups name.
 *
 * @returns Of the first frame that has one; null when none has.
 * @see DICOM PS3.3 C.8.15.3.7
 */
export function readKernel(dataSet: DataSet, characterSets: readonly string[]): string | null {
  for (const groups of allGroups(dataSet)) {
    const [reconstruction] = itemsOf(groups, 0x00189314);
    const kernel = reconstruction === undefined ? null : readText(reconstruction, 0x00181210, characterSets);
    if (kernel !== null) return kernel;
  }
  return null;
}

function allGroups(dataSet: DataSet): readonly DataSet[] {
  if (!dataSet.elements.has(perFrameGroups) && !dataSet.elements.has(sharedGroups)) return [];
  return [...itemsOf(dataSet, sharedGroups), ...itemsOf(dataSet, perFrameGroups)];
}

/** What one group says; attributes of macros that it does not have are left out. */
function attributesOf(groups: DataSet, characterSets: readonly string[]): Partial<FrameHeader> {
  return {
    ...within(groups, 0x00209113, (item) => ({ imagePositionPatient: readNumbers(item, 0x00200032, 3) as FrameHeader['imagePositionPatient'] })),
    ...within(groups, 0x00209116, orientationIn),
    ...within(groups, 0x00289110, measuresIn),
    ...within(groups, 0x00289145, scaleIn),
    ...within(groups, 0x00189329, (item) => ({ imageType: imageTypeIn(item, 0x00089007) })),
    ...within(groups, 0x00209111, (item) => ({
      stackId: readText(item, 0x00209056, characterSets), temporalPositionIndex: readUint32(item, 0x00209128),
    })),
  };
}

function within(groups: DataSet, macro: number, read: (item: DataSet) => Partial<FrameHeader>): Partial<FrameHeader> | null {
  const [item] = itemsOf(groups, macro);
  return item === undefined ? null : read(item);
}

function imageTypeIn(dataSet: DataSet, tag: number): readonly string[] {
  return readTexts(dataSet, tag).map((value) => value.toUpperCase());
}

function orientationIn(item: DataSet): Pick<FrameHeader, 'imageOrientationPatient'> {
  return { imageOrientationPatient: readNumbers(item, 0x00200037, 6) as FrameHeader['imageOrientationPatient'] };
}

function measuresIn(item: DataSet): Pick<FrameHeader, 'pixelSpacing' | 'sliceThickness'> {
  return {
    pixelSpacing: readNumbers(item, 0x00280030, 2) as FrameHeader['pixelSpacing'],
    sliceThickness: readNumbers(item, 0x00180050, 1)?.[0] ?? null,
  };
}

function scaleIn(item: DataSet): Pick<FrameHeader, 'rescaleSlope' | 'rescaleIntercept'> {
  return {
    rescaleSlope: readNumbers(item, 0x00281053, 1)?.[0] ?? null,
    rescaleIntercept: readNumbers(item, 0x00281052, 1)?.[0] ?? null,
  };
}
