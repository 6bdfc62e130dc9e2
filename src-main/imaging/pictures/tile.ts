import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { resizedAffine } from './picture.ts';
import type { GreyPicture, HounsfieldPicture } from './picture.ts';
import { renderGrey } from './voi.ts';
import type { VoiWindow } from './voi.ts';

/** A windowed picture with its place in the patient: what a sheet is made of. */
export interface Tile extends GreyPicture {
  /** From the tile's own pixel centres to the patient. */
  readonly affine: ImageAffine;
  readonly thicknessMm: number;
  readonly window: VoiWindow;
  /** Tile pixels per pixel of the picture that it was made of. */
  readonly scale: number;
}

/**
 * Windows a picture into a tile, at its native pixels unless a scale is asked for.
 *
 * @param picture - In HU.
 * @param options - window; scale: enlarges (bilinear) or shrinks (mean over the area) before it.
 * @returns A tile whose affine says where its pixels lie, whatever the scale.
 * @throws {RangeError} for a width that the window's function does not take, or a scale that is not positive.
 */
export function makeTile(
  picture: HounsfieldPicture, { window, scale = 1 }: { readonly window: VoiWindow; readonly scale?: number },
): Tile {
  const { pixels, columns, rows, affine, thicknessMm } = scale === 1 ? picture : scaledPicture(picture, scale);
  return { grey: renderGrey(pixels, window), columns, rows, affine, thicknessMm, window, scale };
}

/**
 * Resamples a picture to another number of pixels over the same field.
 *
 * @param picture - In HU.
 * @param scale - New pixels per pixel, positive; sides are rounded to whole pixels, which the affine accounts for.
 * @throws {RangeError} for a scale that leaves no pixel.
 */
export function scaledPicture(picture: HounsfieldPicture, scale: number): HounsfieldPicture {
  const { columns, rows, affine } = scaledPlace(picture, scale);
  const across = axisSamples(picture.columns, columns);
  const down = axisSamples(picture.rows, rows);
  const pixels = new Int16Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (const y of down[row] ?? []) for (const x of across[column] ?? []) sum += between(picture, x, y);
      pixels[row * columns + column] = Math.round(sum / ((down[row]?.length ?? 1) * (across[column]?.length ?? 1)));
    }
  }
  return { pixels, columns, rows, affine, thicknessMm: picture.thicknessMm };
}

/**
 * Size and place of a picture after scaledPicture.
 *
 * @param picture - Before it.
 * @param scale - New pixels per pixel.
 * @throws {RangeError} for a scale that leaves no pixel.
 */
export function scaledPlace(
  { columns: oldColumns, rows: oldRows, affine }: Pick<HounsfieldPicture, 'columns' | 'rows' | 'affine'>, scale: number,
): Pick<HounsfieldPicture, 'columns' | 'rows' | 'affine'> {
  const columns = Math.round(oldColumns * scale);
  const rows = Math.round(oldRows * scale);
  if (!(scale > 0) || !Number.isFinite(scale) || columns < 1 || rows < 1) throw new RangeError('the scale leaves no pixel');
  return { columns, rows, affine: resizedAffine(affine, { columns: oldColumns, rows: oldRows }, { columns, rows }) };
}

/** Where each new pixel reads along one axis: its centre, or several places where it is larger than the old pixels. */
function axisSamples(oldCount: number, newCount: number): readonly (readonly number[])[] {
  const size = oldCount / newCount;
  const count = Math.max(1, Math.ceil(size));
  return Array.from({ length: newCount }, (_, index) =>
    Array.from({ length: count }, (__, part) => Math.min(Math.max((index + (part + 0.5) / count) * size - 0.5, 0), oldCount - 1)),
  );
}

function between({ pixels, columns, rows }: HounsfieldPicture, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, columns - 1);
  const upper = top * columns;
  const lower = Math.min(top + 1, rows - 1) * columns;
  const across = x - left;
  const above = (pixels[upper + left] ?? 0) * (1 - across) + (pixels[upper + right] ?? 0) * across;
  const below = (pixels[lower + left] ?? 0) * (1 - across) + (pixels[lower + right] ?? 0) * across;
  return above + (below - above) * (y - top);
}
