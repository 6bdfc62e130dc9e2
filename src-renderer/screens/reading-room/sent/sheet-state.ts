import type { TilePlace, Sheet } from './sheets.ts';

/** How large a sheet is drawn: all of it, or pixels of the screen for each of its own. */
export const sheetZooms = ['fit', 1, 2] as const;

/** See sheetZooms. */
export type SheetZoom = (typeof sheetZooms)[number];

/** Which picture is looked at, and how. */
export interface SheetState {
  /** In the list of all sheets. */
  readonly index: number;
  /** Of the tile that is looked at. */
  readonly number: number | null;
  readonly zoom: SheetZoom;
  /** Over the slices instead of beside them. */
  readonly isLarge: boolean;
}

/** Where a reader starts: at the first sheet, all of it. */
export const firstSheet: SheetState = { index: 0, number: null, zoom: 'fit', isLarge: false };

/** The next zoom after a press of the key, going round. */
export function nextZoom(zoom: SheetZoom): SheetZoom {
  return sheetZooms[(sheetZooms.indexOf(zoom) + 1) % sheetZooms.length] ?? 'fit';
}

/** The neighbour of the sheet in view, going round; no tile of it is chosen. */
export function sheetAfter(state: SheetState, count: number, step: 1 | -1): SheetState {
  return count === 0 ? state : { ...state, index: (Math.min(state.index, count - 1) + step + count) % count, number: null };
}

/** The neighbour of the tile that is looked at, over the ends of its sheet, going round; null without tiles. */
export function tileAfter({ index, number }: Pick<SheetState, 'index' | 'number'>, sheets: readonly Sheet[], step: 1 | -1): TilePlace | null {
  const places = sheets.flatMap(({ picture }, sheetIndex) => picture.tiles.map((tile): TilePlace => ({ sheetIndex, tile })));
  const at = number === null ? -1 : places.findIndex((place) => place.sheetIndex === index && place.tile.number === number);
  if (at !== -1) return places[(at + step + places.length) % places.length] ?? null;
  const onSheet = places.filter((place) => place.sheetIndex === index);
  return (step === 1 ? onSheet[0] : onSheet.at(-1)) ?? places[0] ?? null;
}
