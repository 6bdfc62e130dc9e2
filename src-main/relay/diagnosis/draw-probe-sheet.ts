import type { ProbeDisc, ProbeSheet, ProbeTile } from './probe-sheet.ts';

/** Neither a tile nor ink: that of every sheet. */
const backgroundLevel = 40;
/** About that of lung at the lung window, and how far its texture goes up and down. */
const textureLevel = 96;
const textureSwing = 10;
const discLevels: Readonly<Record<ProbeDisc['attenuation'], number>> = { 'solid': 226, 'ground-glass': 171 };
const discSwing = 4;

/**
 * Draws the tiles of a diagnosis's picture from arithmetic alone; their numbers are left to whoever has a font.
 *
 * @param sheet - From dealProbeSheet.
 * @returns Grey levels, columns x rows, row-major.
 */
export function drawProbeSheet(sheet: ProbeSheet): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(sheet.columns * sheet.rows).fill(backgroundLevel);
  for (const tile of sheet.tiles) drawTile(grey, sheet.columns, tile);
  return grey;
}

function drawTile(grey: Uint8Array, sheetColumns: number, { number, left, top, columns, rows, discs }: ProbeTile): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const noise = noiseAt(number, column, row);
      const disc = discs.find((one) => Math.hypot(column - one.column, row - one.row) <= one.radius);
      const level = disc === undefined ? textureLevel + textureSwing * waveAt(number, column, row) + textureSwing * noise : discLevels[disc.attenuation] + discSwing * noise;
      grey[(top + row) * sheetColumns + left + column] = Math.round(level);
    }
  }
}

/** Broad bands, other ones in each tile; -1 to 1. */
function waveAt(number: number, column: number, row: number): number {
  return (Math.sin((column + 7 * number) / 23) + Math.sin((row - 5 * number) / 31)) / 2;
}

/** Looks random and is always the same for a pixel (integer hash); -1 to 1. */
function noiseAt(number: number, column: number, row: number): number {
  let state = (Math.imul(column, 0x9e3779b9) ^ Math.imul(row, 0x85ebca6b) ^ Math.imul(number, 0xc2b2ae35)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return (((state ^ (state >>> 15)) >>> 0) / 2 ** 32) * 2 - 1;
}
