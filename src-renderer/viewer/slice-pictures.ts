import { cache, imageLoader, metaData, utilities } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { ReadingDetail, SliceView } from '../../src-shared/domain/views.ts';
import { isShowable } from './showable-slice.ts';

/** What the viewport needs to know about a series. */
export interface SeriesPictures extends Pick<ReadingDetail, 'rows' | 'columns' | 'pixelSpacing' | 'affine'> {
  readonly readingId: string;
  readonly slices: readonly SliceView[];
  /** True once the exam is decoded: its slices can be looked at before anything of them is planned. */
  readonly isDecoded: boolean;
}

interface Picture {
  /** Null while the slice is not prepared, or when it could not be: there are no pixels to ask for. */
  readonly path: string | null;
  readonly rows: number;
  readonly columns: number;
  readonly affine: ImageAffine;
}

const scheme = 'lungdesk';
const blankHounsfield = -3024;
// Keyed by instance, not by path: paths carry tokens that may change while the pixels stay the same.
const pictures = new Map<string, Picture>();

function length(vector: Types.Point3): number {
  return Math.hypot(...vector);
}

function unit(vector: Types.Point3): Types.Point3 {
  const size = length(vector) || 1;
  return [vector[0] / size, vector[1] / size, vector[2] / size];
}

function cross(a: Types.Point3, b: Types.Point3): Types.Point3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The series' affine moved along its normal to one slice; without geometry an upright axial one. */
export function affineOfSlice(series: SeriesPictures, slice: Pick<SliceView, 'positionMm'>): ImageAffine {
  const [rowSpacing, columnSpacing] = series.pixelSpacing;
  const base = series.affine ?? { origin: [0, 0, 0], columnStep: [columnSpacing, 0, 0], rowStep: [0, rowSpacing, 0] };
  const normal = unit(cross([...base.columnStep], [...base.rowStep]));
  const move = slice.positionMm - (series.slices[0]?.positionMm ?? 0);
  const [x, y, z] = base.origin;
  return { ...base, origin: [x + move * normal[0], y + move * normal[1], z + move * normal[2]] };
}

/** Name of a slice's picture inside the viewport; the frames of one instance share its UID. */
export function imageIdOf(readingId: string, slice: Pick<SliceView, 'sopInstanceUid' | 'index'>): string {
  return `${scheme}:${readingId}/${slice.sopInstanceUid}/${slice.index}`;
}

/** Makes the slices known to the loader. @returns Their image ids, in the order of the slices. */
export function registerSlices(series: SeriesPictures): string[] {
  return series.slices.map((slice) => {
    const imageId = imageIdOf(series.readingId, slice);
    const before = pictures.get(imageId);
    // A slice that has become ready since: the blank picture in its place is thrown away.
    const canShow = isShowable(slice, series.isDecoded);
    if (before?.path === null && canShow) cache.removeImageLoadObject(imageId, { force: true });
    pictures.set(imageId, { path: canShow ? slice.pixelsPath : null, rows: series.rows, columns: series.columns, affine: affineOfSlice(series, slice) });
    return imageId;
  });
}

/** Forgets all slices; their pixels are freed with the viewport's cache. */
export function forgetSlices(): void {
  pictures.clear();
}

async function fetchHounsfield({ path, rows, columns }: Picture): Promise<Int16Array> {
  if (path === null) throw new Error('the slice has no pixels');
  const response = await fetch(path);
  if (!response.ok) throw new Error('the slice could not be loaded');
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength !== rows * columns * 2) throw new Error('the slice has another size than its series');
  return new Int16Array(bytes);
}

// A slice without pixels is drawn blank and announced as missing: the viewport has no way to show "no picture".
async function loadSlice(imageId: string, onMissing: (imageId: string) => void): Promise<Types.IImage> {
  const picture = pictures.get(imageId);
  if (picture === undefined) throw new Error('an unknown slice was asked for');
  const scalarData = await fetchHounsfield(picture).catch(() => {
    onMissing(imageId);
    return new Int16Array(picture.rows * picture.columns).fill(blankHounsfield);
  });
  const { rows, columns, affine } = picture;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({ width: columns, height: rows, scalarData, numberOfComponents: 1, id: imageId });
  const image = {
    imageId, rows, columns, height: rows, width: columns, voxelManager,
    // Values are Hounsfield units already: nothing to rescale.
    slope: 1, intercept: 0, windowCenter: -600, windowWidth: 1500, minPixelValue: -3024, maxPixelValue: 3071,
    color: false, rgba: false, numberOfComponents: 1, invert: false, photometricInterpretation: 'MONOCHROME2',
    columnPixelSpacing: length([...affine.columnStep]), rowPixelSpacing: length([...affine.rowStep]),
    sizeInBytes: scalarData.byteLength, dataType: 'Int16Array', getPixelData: () => scalarData,
  };
  return image as unknown as Types.IImage;
}

function imagePlane({ rows, columns, affine }: Picture): object {
  const [columnStep, rowStep]: [Types.Point3, Types.Point3] = [[...affine.columnStep], [...affine.rowStep]];
  const [rowCosines, columnCosines] = [unit(columnStep), unit(rowStep)];
  return {
    rows, columns, rowCosines, columnCosines,
    imageOrientationPatient: [...rowCosines, ...columnCosines],
    imagePositionPatient: [...affine.origin],
    pixelSpacing: [length(rowStep), length(columnStep)], rowPixelSpacing: length(rowStep), columnPixelSpacing: length(columnStep),
    frameOfReferenceUID: scheme,
  };
}

function imagePixel({ rows, columns }: Picture): object {
  return {
    rows, columns, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2',
    bitsAllocated: 16, bitsStored: 16, highBit: 15, pixelRepresentation: 1,
  };
}

function describeSlice(kind: string, imageId: unknown): object | undefined {
  const picture = typeof imageId === 'string' ? pictures.get(imageId) : undefined;
  if (picture === undefined) return undefined;
  switch (kind) {
    case 'imagePlaneModule': return imagePlane(picture);
    case 'imagePixelModule': return imagePixel(picture);
    case 'generalSeriesModule': return { modality: 'CT' };
    case 'voiLutModule': return { windowCenter: [-600], windowWidth: [1500] };
    case 'modalityLutModule': return { rescaleSlope: 1, rescaleIntercept: 0 };
    default: return undefined;
  }
}

/**
 * Teaches Cornerstone3D to load slices in HU from LungDesk's own protocol and to describe them.
 *
 * @param onMissing - Told about slices that have no pixels or could not be loaded.
 */
export function registerSliceLoader(onMissing: (imageId: string) => void): void {
  imageLoader.registerImageLoader(scheme, (imageId) => ({ promise: loadSlice(imageId, onMissing) }));
  metaData.addProvider((kind: string, imageId: unknown) => describeSlice(kind, imageId), 10_000);
}
