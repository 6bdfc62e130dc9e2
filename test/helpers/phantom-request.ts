import sharp from 'sharp';
import type { RequestPurpose } from '../../src-shared/domain/request-plan.ts';
import { emptySheet, putPicture } from '../../src-main/imaging/pictures/sheet-canvas.ts';
import { sheetMeasures } from '../../src-main/imaging/pictures/sheet-grid.ts';
import { drawTileStrip } from '../../src-main/imaging/pictures/tile-strip.ts';
import type { RequestPicture, TileBox, TileRequest } from '../../src-main/relay/tile-request.ts';
import { chestCtProfile } from './chest-ct-profile.ts';
import { phantomSlice } from './phantom-slice.ts';

const tileSize = 256;

/** Grey levels of a tile. */
export interface TileGrey {
  readonly grey: Uint8Array;
  readonly columns: number;
  readonly rows: number;
}

/** How tiles are put onto a sheet. */
export interface SheetStyle {
  readonly firstNumber?: number;
  readonly across?: number;
  /** Pixels of background at the right (mirrored: left) and at the bottom, as sheets have that are filled up to a grain. */
  readonly fill?: number;
  readonly mirrored?: boolean;
}

/** A phantom slice as a tile; odd ones hold one bright round structure in the tile's left half. */
export function phantomTile(number: number): TileGrey {
  const discs = number % 2 === 1 ? [{ column: Math.round(tileSize * 0.3), row: 128, radius: 9, grey: 236 }] : [];
  return { grey: phantomSlice(tileSize, discs), columns: tileSize, rows: tileSize };
}

/**
 * Lays tiles of one size out on a sheet as LungDesk does, with its own font, and encodes it.
 *
 * @param tiles - In reading order.
 * @param style - Layout.
 */
export async function sheetOf(tiles: readonly TileGrey[], { firstNumber = 1, across = tiles.length, fill = 0, mirrored = false }: SheetStyle = {}): Promise<RequestPicture> {
  const { gap, strip, dotSize } = sheetMeasures();
  const [{ columns: width, rows: height } = { columns: 1, rows: 1 }] = tiles;
  const columns = across * (width + gap) + gap + fill;
  const rows = Math.ceil(tiles.length / across) * (height + strip + gap) + gap + fill;
  const sheet = emptySheet(columns, rows);
  const boxes = tiles.map((tile, index): Omit<TileBox, 'number'> => {
    const left = gap + (index % across) * (width + gap);
    const top = gap + Math.floor(index / across) * (height + strip + gap) + strip;
    return { left: mirrored ? columns - left - width : left, top, columns: tile.columns, rows: tile.rows };
  });
  // Numbers go by the places: a mirrored sheet deals them anew.
  const placed = boxes.map((box, index) => ({ box, tile: tiles[index] })).sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  const numbered = placed.map(({ box, tile }, index) => {
    const number = firstNumber + index;
    if (tile !== undefined) putPicture(sheet, tile, box);
    drawTileStrip(sheet, { number, left: box.left, top: box.top, columns: box.columns, scaleBarColumns: 20 }, { gap, strip, dotSize });
    return { ...box, number };
  });
  const bytes = await sharp(sheet.grey, { raw: { width: columns, height: rows, channels: 1 } }).png().toBuffer();
  return { bytes: new Uint8Array(bytes), mediaType: 'image/png', columns, rows, tiles: numbered };
}

/**
 * A request of phantom tiles, numbered from 1; odd ones hold a structure.
 *
 * @param tileCount - Tiles.
 * @param model - Asked.
 * @param perPicture - Tiles on each picture, side by side.
 * @param purpose - Of the request.
 */
export async function phantomRequest(tileCount = 2, model = 'practice-vision', perPicture = 1, purpose: RequestPurpose = 'slices'): Promise<TileRequest> {
  const numbers = Array.from({ length: tileCount }, (_, index) => index + 1);
  const groups = Array.from({ length: Math.ceil(tileCount / perPicture) }, (_, picture) => numbers.slice(picture * perPicture, (picture + 1) * perPicture));
  const pictures = await Promise.all(groups.map((group) => sheetOf(group.map(phantomTile), { firstNumber: group[0] ?? 1 })));
  return { requestId: 'request-1', readingId: 'reading-1', purpose, profile: chestCtProfile(), model, nonce: 'n0nce5ab', pictures };
}
