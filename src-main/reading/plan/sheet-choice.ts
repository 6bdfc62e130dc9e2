import { sheetMeasures } from '../../imaging/pictures/sheet-grid.ts';
import { imageTokens, isDownsampled, tokenGrain } from '../../relay/image-tokens.ts';
import type { CatalogueModel } from '../../relay/model-catalogue.ts';
import type { PixelSize } from './draft-tile.ts';

/** A sheet for some tiles of one size. */
export interface SheetChoice extends PixelSize {
  readonly across: number;
  readonly down: number;
  readonly tokens: number;
  /** At most, encoded without loss and in base64. */
  readonly bytes: number;
}

/** Finer grains than this are filled up with background; a wider one would only add pixels. */
const widestGrain = 64;
/** Where a provider names no longest side: most make pictures smaller that are longer. */
const unnamedSide = 2048;
/** Longer strips are shown to a model in a shape that no provider tells. */
const mostAspect = 5;
/** In which limits count an image. */
const patchSide = 32;
/** An 8-bit grey PNG is no larger than its pixels, one byte per row and what stands around them. */
const pngFrameBytes = 1024;

/**
 * Chooses for every number of tiles the sheet that takes the fewest tokens and that the provider shows to the model as it is.
 *
 * @param tile - Size of every tile.
 * @param most - Largest number of tiles.
 * @param model - Its token rule and limits.
 * @param images - Images that a request may hold.
 * @returns By number of tiles, from index 1; null where no such sheet holds them.
 */
export function chooseSheets(tile: PixelSize, most: number, model: CatalogueModel, images: number): readonly (SheetChoice | null)[] {
  const longest = longestSide(model.limits, images);
  const known = new Map<number, SheetChoice | null>();
  const grid = (across: number, down: number): SheetChoice | null => {
    const key = across * 1024 + down;
    const before = known.get(key);
    if (before !== undefined) return before;
    const choice = sheetOf(tile, across, down, model, longest);
    known.set(key, choice);
    return choice;
  };
  return Array.from({ length: most + 1 }, (_, count) => {
    let best: SheetChoice | null = null;
    for (let across = 1; across <= count; across += 1) {
      const choice = grid(across, Math.ceil(count / across));
      if (choice !== null && (best === null || isBetter(choice, best))) best = choice;
    }
    return best;
  });
}

/**
 * Upper bound of a grey PNG's size in base64.
 *
 * @param columns - Width, pixels.
 * @param rows - Height, pixels.
 */
export function mostPngBytes({ columns, rows }: PixelSize): number {
  return 4 * Math.ceil((columns * rows + rows + pngFrameBytes) / 3);
}

/** A request may hold so many images, whether it does or not: then the stricter side counts for all. */
function longestSide({ maxSidePixels, manyImages }: CatalogueModel['limits'], images: number): number {
  const many = manyImages !== null && images > manyImages.above ? manyImages.maxSidePixels : Infinity;
  return Math.min(maxSidePixels ?? unnamedSide, many);
}

function patches({ columns, rows }: PixelSize): number {
  return Math.ceil(columns / patchSide) * Math.ceil(rows / patchSide);
}

function sheetOf(
  tile: PixelSize, across: number, down: number, { tokenRule, parameters, limits }: CatalogueModel, longest: number,
): SheetChoice | null {
  const { gap, strip } = sheetMeasures();
  const grain = tokenGrain(tokenRule);
  const columns = filledUp(across * (tile.columns + gap) + gap, grain);
  const rows = filledUp(down * (tile.rows + strip + gap) + gap, grain);
  const bytes = mostPngBytes({ columns, rows });
  const [long, short] = [Math.max(columns, rows), Math.min(columns, rows)];
  const isTooLarge = long > longest || long > mostAspect * short || patches({ columns, rows }) > (limits.maxPatches ?? Infinity) || bytes > (limits.maxImageBytes ?? Infinity);
  if (isTooLarge || isDownsampled(tokenRule, columns, rows, parameters.imageDetail)) return null;
  return { across, down, columns, rows, bytes, tokens: imageTokens(tokenRule, columns, rows, parameters.imageDetail).expected };
}

function filledUp(side: number, grain: number | null): number {
  return grain === null || grain > widestGrain ? side : Math.ceil(side / grain) * grain;
}

/** Fewer tokens; of equal ones the sheet nearest to a square, then that of fewer pixels. */
function isBetter(one: SheetChoice, other: SheetChoice): boolean {
  const unevenness = ({ columns, rows }: PixelSize): number => Math.abs(Math.log(columns / rows));
  return (one.tokens - other.tokens || unevenness(one) - unevenness(other) || one.columns * one.rows - other.columns * other.rows) < 0;
}
