import type { ImageAffine } from '../../src-shared/domain/image-affine.ts';
import type { PlanForecast, PlanNote, PlannedPanel, PlannedPicture, PlannedRequest } from '../../src-shared/domain/request-plan.ts';
import { shownAffine } from '../imaging/pictures/picture.ts';
import { sizeWithin } from '../imaging/pictures/resize-grey.ts';
import { sheetShares } from '../imaging/pictures/sheet-grid.ts';
import { isDownsampled } from '../relay/image-tokens.ts';
import type { CatalogueModel } from '../relay/model-catalogue.ts';
import { forecastPlanned, sumForecasts } from './plan/forecast-plan.ts';
import type { PixelSize } from './plan/draft-tile.ts';
import type { PlanInput } from './plan/plan-input.ts';
import { mostPngBytes } from './plan/sheet-choice.ts';

/** A single image as a plan sees it. */
export interface ImageToRead extends PixelSize {
  /** Its place among the images of the exam, which is what an answer covers. */
  readonly imageIndex: number;
  /** At native pixels (imagePlace); null for projections and whatever else has no place in the patient. */
  readonly affine: ImageAffine | null;
  readonly sliceThicknessMm: number | null;
}

/** What a plan of single images is made from. */
export interface ImagePlanInput extends Pick<PlanInput, 'model' | 'profile' | 'priceFor' | 'correction' | 'budgetMicroUsd' | 'imagesPerRequest' | 'mirrored'> {
  readonly images: readonly ImageToRead[];
}

/** A picture of a request: one image, whole. */
export interface PlannedImage {
  readonly imageIndex: number;
  /** Size and direction are those that the job image-picture is to draw it with. */
  readonly planned: PlannedPicture;
}

/** One request about single images. */
export interface ImageRequest {
  readonly planned: PlannedRequest;
  /** In the order of its pictures. */
  readonly pictures: readonly PlannedImage[];
  readonly forecast: PlanForecast;
}

/** A plan of single images. */
export interface ImagesPlanned {
  readonly requests: readonly ImageRequest[];
  readonly forecast: PlanForecast;
  readonly notes: readonly PlanNote[];
}

/** Smaller pictures show nothing that anybody could be asked about. */
const shortestSide = 224;
/** Steps in which a picture is made smaller until a provider shows it as it is. */
const shrinkStep = 0.97;
const patchSide = 32;
/** Words and JSON around the pictures. */
const wordsBytes = 65_536;

/**
 * Plans how a model is shown single images: each whole on a picture of its own, under a number of its own.
 *
 * Pure. There are no controls: a radiograph has no second place that looks like it, so a model that answers without looking is found
 * out by its diagnosis alone. A picture is never enlarged, and made smaller than the profile's longest side only where the provider
 * would do so itself. A plan above the budget says so and is returned: the caller holds it.
 *
 * @param input - Images, profile, model, limits.
 * @throws {RangeError} for a profile that is not for images, or a model that takes no picture of them.
 */
export function planImages(input: ImagePlanInput): ImagesPlanned {
  const { images, model, imagesPerRequest, budgetMicroUsd } = input;
  const most = Math.min(imagesPerRequest, model.limits.imagesPerRequest);
  const sizes = new Map(images.map((image) => [image.imageIndex, pictureSize(image, input, most)]));
  let next = 0;
  const groups = groupSizes(images.map((image) => mostPngBytes(sizes.get(image.imageIndex) ?? image)), most, model.limits.maxRequestBytes ?? Infinity);
  const requests = groups.map((count) => {
    const pictures = images.slice(next, (next += count)).map((image, at): PlannedImage => (
      { imageIndex: image.imageIndex, planned: plannedPicture(image, sizes.get(image.imageIndex) ?? image, at + 1, input.mirrored) }
    ));
    const planned: PlannedRequest = { purpose: 'image', mirrored: input.mirrored, pictures: pictures.map((picture) => picture.planned) };
    return { planned, pictures, forecast: forecastPlanned(planned, input) };
  });
  const forecast = sumForecasts(requests.map((request) => request.forecast));
  const notes: PlanNote[] = [];
  if (forecast.costMicroUsd === null && requests.length > 0) notes.push({ kind: 'price-unknown' });
  if (budgetMicroUsd !== null && forecast.costMicroUsd !== null && forecast.costMicroUsd.expected > budgetMicroUsd) notes.push({ kind: 'over-budget' });
  return { requests, forecast, notes };
}

/** The largest that the profile asks for and the provider shows to the model as it is. */
function pictureSize(image: PixelSize, { profile, model }: Pick<ImagePlanInput, 'profile' | 'model'>, images: number): PixelSize {
  if (profile.longestSide === null) throw new RangeError('the profile is not one for images');
  for (let side = profile.longestSide; side >= shortestSide; side = Math.floor(side * shrinkStep)) {
    const size = sizeWithin(image, side);
    if (isShownWhole(size, model, images)) return size;
  }
  throw new RangeError('the model takes no picture of the image');
}

function isShownWhole(size: PixelSize, { tokenRule, parameters, limits }: CatalogueModel, images: number): boolean {
  const { columns, rows } = size;
  const many = limits.manyImages !== null && images > limits.manyImages.above ? limits.manyImages.maxSidePixels : Infinity;
  return (
    Math.max(columns, rows) <= Math.min(limits.maxSidePixels ?? Infinity, many)
    && Math.ceil(columns / patchSide) * Math.ceil(rows / patchSide) <= (limits.maxPatches ?? Infinity)
    && mostPngBytes(size) <= (limits.maxImageBytes ?? Infinity)
    && !isDownsampled(tokenRule, columns, rows, parameters.imageDetail)
  );
}

/** Images per request: as few requests as keep to both limits, evenly filled where images alone decide. */
function groupSizes(bytes: readonly number[], mostImages: number, mostBytes: number): readonly number[] {
  const groups: number[] = [];
  let done = 0;
  for (const share of bytes.length === 0 ? [] : sheetShares(bytes.length, Math.max(1, mostImages))) {
    let count = 0;
    let sum = wordsBytes;
    for (const size of bytes.slice(done, done + share)) {
      if (count > 0 && sum + size > mostBytes) {
        groups.push(count);
        [count, sum] = [0, wordsBytes];
      }
      count += 1;
      sum += size;
    }
    groups.push(count);
    done += share;
  }
  return groups;
}

function plannedPicture(image: ImageToRead, { columns, rows }: PixelSize, number: number, mirrored: boolean): PlannedPicture {
  const { imageIndex, sliceThicknessMm } = image;
  const affine = image.affine === null ? null : shownAffine(image.affine, image, { columns, rows }, mirrored);
  const panel: PlannedPanel = { left: 0, top: 0, columns, rows, plane: planeOf(affine), thicknessMm: sliceThicknessMm ?? 0, affine };
  return { columns, rows, tiles: [{ number, role: 'image', panels: [panel], sliceIndices: [imageIndex], side: null, candidateRank: null }] };
}

/** The nearest one; a projection without a place counts as coronal, which most are. */
function planeOf(affine: ImageAffine | null): PlannedPanel['plane'] {
  if (affine === null) return 'coronal';
  const { columnStep: a, rowStep: b } = affine;
  const [x, y, z] = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]].map(Math.abs) as [number, number, number];
  if (z >= x && z >= y) return 'axial';
  return y >= x ? 'coronal' : 'sagittal';
}
