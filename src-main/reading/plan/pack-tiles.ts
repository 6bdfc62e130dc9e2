import type { CatalogueModel } from '../../relay/model-catalogue.ts';
import { sheetShares } from '../../imaging/pictures/sheet-grid.ts';
import { chooseSheets } from './sheet-choice.ts';
import type { SheetChoice } from './sheet-choice.ts';
import type { PixelSize } from './draft-tile.ts';

/** How a request's tiles are spread over its pictures. */
export interface PackedPicture {
  readonly tiles: number;
  readonly sheet: SheetChoice;
}

/** How all tiles of one purpose are packed. */
export interface Packing {
  /** Index of the size that was chosen. */
  readonly size: number;
  /** Per request its pictures; controls are counted in. */
  readonly requests: readonly (readonly PackedPicture[])[];
}

/** What packing has to keep to. */
export interface PackingTerms {
  readonly model: CatalogueModel;
  /** Most images in a request. */
  readonly images: number;
  /** Most tiles in a request, controls included. */
  readonly mostTiles: number;
  /** Tiles that every request holds on top of its own. */
  readonly controls: number;
  /** What a request costs besides its pictures, in input tokens. */
  readonly requestTokens: number;
  /** 'cheapest': the finest of the cheapest sizes. 'finest': the first size that fits at all. */
  readonly prefer: 'cheapest' | 'finest';
}

/** Words and JSON around the pictures. */
const wordsBytes = 65_536;
/** Label of a picture. */
const labelTokens = 12;
/** So many more requests than needed are tried: sheets may be filled better. */
const moreRequests = 1;

/**
 * Packs tiles into pictures and requests: of all sizes and grids the one that takes the fewest tokens, so that no provider shrinks
 * a picture and no limit of the model is passed.
 *
 * @param count - Tiles, at least one, without controls.
 * @param sizes - Sizes that the tiles may have, finest first.
 * @param terms - Limits.
 * @returns Null where no size fits.
 */
export function packTiles(count: number, sizes: readonly PixelSize[], terms: PackingTerms): Packing | null {
  let best: { readonly packing: Packing; readonly tokens: number } | null = null;
  for (const [index, size] of sizes.entries()) {
    const sheets = chooseSheets(size, Math.min(terms.mostTiles, count + terms.controls), terms.model, terms.images);
    for (const { requests, tokens } of packingsOf(count, sheets, terms)) {
      if (best === null || tokens < best.tokens) best = { packing: { size: index, requests }, tokens };
    }
    if (best !== null && terms.prefer === 'finest') break;
  }
  return best?.packing ?? null;
}

function packingsOf(
  count: number, sheets: readonly (SheetChoice | null)[], terms: PackingTerms,
): readonly { readonly requests: readonly (readonly PackedPicture[])[]; readonly tokens: number }[] {
  if (sheets[1] === null) return [];
  const divide = fewestTokens(sheets, terms.images);
  const mostOwn = terms.mostTiles - terms.controls;
  const found: { requests: readonly (readonly PackedPicture[])[]; tokens: number }[] = [];
  for (let requests = Math.ceil(count / mostOwn); requests <= count && found.length <= moreRequests; requests += 1) {
    const shares = sheetShares(count, Math.ceil(count / requests)).map((share) => divide(share + terms.controls));
    const packed = shares.flatMap((pictures) => (pictures === null ? [] : [pictures]));
    if (packed.length < shares.length || packed.some((pictures) => bytesOf(pictures) > (terms.model.limits.maxRequestBytes ?? Infinity))) continue;
    const tokens = packed.flat().reduce((sum, { sheet }) => sum + sheet.tokens + labelTokens, packed.length * terms.requestTokens);
    found.push({ requests: packed, tokens });
  }
  return found;
}

function bytesOf(pictures: readonly PackedPicture[]): number {
  return pictures.reduce((sum, { sheet }) => sum + sheet.bytes, wordsBytes);
}

/**
 * Spreads tiles over pictures with the fewest tokens; of equal ones with the fewest pictures.
 *
 * @returns For a number of tiles its pictures, fullest first; null where they do not fit.
 */
function fewestTokens(sheets: readonly (SheetChoice | null)[], mostPictures: number): (tiles: number) => readonly PackedPicture[] | null {
  // By number of pictures, then of tiles: tokens, and tiles of the last picture.
  const rounds: { readonly tokens: number; readonly last: number }[][] = [sheets.map((_, tiles) => ({ tokens: tiles === 0 ? 0 : Infinity, last: 0 }))];
  for (let pictures = 1; pictures <= Math.min(mostPictures, sheets.length - 1); pictures += 1) {
    const before = rounds[pictures - 1] ?? [];
    rounds.push(sheets.map((_, tiles) => {
      let best = { tokens: Infinity, last: 0 };
      for (let last = 1; last <= tiles; last += 1) {
        const sheet = sheets[last];
        if (sheet === undefined || sheet === null) continue;
        const tokens = (before[tiles - last]?.tokens ?? Infinity) + sheet.tokens + labelTokens;
        if (tokens < best.tokens) best = { tokens, last };
      }
      return best;
    }));
  }
  return (tiles) => {
    let pictures = 0;
    for (const [index, round] of rounds.entries()) {
      if ((round[tiles]?.tokens ?? Infinity) < (rounds[pictures]?.[tiles]?.tokens ?? Infinity)) pictures = index;
    }
    const packed: PackedPicture[] = [];
    for (let rest = tiles; rest > 0; pictures -= 1) {
      const last = rounds[pictures]?.[rest]?.last ?? 0;
      const sheet = sheets[last];
      if (sheet === undefined || sheet === null) return null;
      packed.push({ tiles: last, sheet });
      rest -= last;
    }
    return packed.toSorted((a, b) => b.tiles - a.tiles);
  };
}
