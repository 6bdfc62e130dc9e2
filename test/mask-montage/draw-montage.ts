import sharp from 'sharp';
import type { CtVolume } from '../../src-main/imaging/volume/ct-volume.ts';
import { drawText, textSize } from '../../src-main/imaging/pictures/glyphs.ts';
import type { LungMask } from '../../src-main/imaging/lungs/lung-mask.ts';
import { maskLabel } from '../helpers/mask-label.ts';

const tileCount = 20;
const tilesPerRow = 5;
/** Width of a tile, pixels. */
const tileWidth = 225;
/** Lung window: centre -600, width 1500 HU. */
const [darkestHu, windowWidth] = [-1350, 1500];
/** Colours of the contours: right lung, left lung, airway, body. */
const colours: Readonly<Record<number, readonly [number, number, number]>> = { 1: [255, 90, 80], 2: [70, 160, 255], 3: [255, 225, 60], 4: [90, 220, 110] };

/**
 * Writes slices in lung window with the contours of a mask over them, from head to feet, each with its position in mm.
 *
 * @param volume - The series.
 * @param mask - Of the volume.
 * @param path - Of the PNG.
 */
export async function drawMontage(volume: CtVolume, mask: LungMask, path: string): Promise<void> {
  const scale = (volume.columns * volume.spacingMm[0]) / tileWidth;
  const tileHeight = Math.round((volume.rows * volume.spacingMm[1]) / scale);
  const count = Math.min(tileCount, volume.slices.length);
  const rowCount = Math.ceil(count / tilesPerRow);
  const canvas = Buffer.alloc(tilesPerRow * tileWidth * rowCount * tileHeight * 3);
  for (let tile = 0; tile < count; tile += 1) {
    const slice = Math.round(((count - 1 - tile) * (volume.slices.length - 1)) / Math.max(1, count - 1));
    const left = (tile % tilesPerRow) * tileWidth;
    const top = Math.floor(tile / tilesPerRow) * tileHeight;
    const pixels = drawTile(volume, mask, slice, tileHeight, scale);
    for (let row = 0; row < tileHeight; row += 1) {
      pixels.copy(canvas, ((top + row) * tilesPerRow * tileWidth + left) * 3, row * tileWidth * 3, (row + 1) * tileWidth * 3);
    }
  }
  await sharp(canvas, { raw: { width: tilesPerRow * tileWidth, height: rowCount * tileHeight, channels: 3 } })
    .png({ palette: true, colours: 48, dither: 0, compressionLevel: 9, effort: 10 })
    .toFile(path);
}

function drawTile(volume: CtVolume, mask: LungMask, slice: number, height: number, scale: number): Buffer {
  const columnOf = (x: number): number => Math.min(volume.columns - 1, Math.floor(((x + 0.5) * scale) / volume.spacingMm[0]));
  const rowOf = (y: number): number => Math.min(volume.rows - 1, Math.floor(((y + 0.5) * scale) / volume.spacingMm[1]));
  const labelAt = (x: number, y: number): number => maskLabel(mask, columnOf(x), rowOf(y), slice);
  const grey = new Uint8Array(tileWidth * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < tileWidth; x += 1) grey[y * tileWidth + x] = windowed(volume.voxels[(slice * volume.rows + rowOf(y)) * volume.columns + columnOf(x)]!);
  }
  drawPosition(grey, height, volume.slices[slice]!.positionMm);
  const pixels = Buffer.alloc(grey.length * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < tileWidth; x += 1) {
      const label = labelAt(x, y);
      const isEdge = label !== 0 && x > 0 && y > 0 && x < tileWidth - 1 && y < height - 1
        && [labelAt(x - 1, y), labelAt(x + 1, y), labelAt(x, y - 1), labelAt(x, y + 1)].some((other) => other !== label);
      const level = grey[y * tileWidth + x]!;
      pixels.set((isEdge ? colours[label] : undefined) ?? [level, level, level], (y * tileWidth + x) * 3);
    }
  }
  return pixels;
}

function windowed(hu: number): number {
  return Math.round(Math.min(255, Math.max(0, ((hu - darkestHu) / windowWidth) * 255)));
}

/** The font has no minus: a line of its own stands for it. */
function drawPosition(grey: Uint8Array<ArrayBuffer>, height: number, positionMm: number): void {
  const text = `${String(Math.abs(Math.round(positionMm)))} mm`;
  const { rows } = textSize(text, 1);
  const top = height - rows - 4;
  drawText({ grey, columns: tileWidth, rows: height }, text, { left: 12, top, dotSize: 1, level: 255 });
  if (positionMm < 0) grey.fill(255, (top + 3) * tileWidth + 5, (top + 3) * tileWidth + 9);
}
