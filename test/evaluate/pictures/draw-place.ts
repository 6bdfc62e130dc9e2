import { drawText, fillBox, textSize } from '../../../src-main/imaging/pictures/glyphs.ts';
import type { VoxelBlock } from '../../../src-main/imaging/pictures/picture.ts';
import { cropPlane } from '../../../src-main/imaging/pictures/plane.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';

/** A colour picture. */
export interface ColourPicture {
  readonly columns: number;
  readonly rows: number;
  /** Red, green, blue; row by row. */
  readonly rgb: Uint8Array;
}

/** A place to be looked at. */
export interface DrawnPlace {
  readonly centreMm: PatientPoint;
  /** Of the ring, mm: the nodule's own. */
  readonly diameterMm: number;
  readonly colour: readonly [red: number, green: number, blue: number];
  /** Digits in the corner. */
  readonly number: number;
}

const planes = ['axial', 'coronal', 'sagittal'] as const;
/** Side of each picture, and of what it shows of the patient. */
const side = 220;
const fieldMm = 50;
const thicknessMm = 2;
/** Free of the nodule's edge, mm. */
const ringGapMm = 2;
/** Lung window: centre -600, width 1500 HU. */
const [darkestHu, windowWidth] = [-1350, 1500];

/**
 * Draws a place in three planes through it, each 50 mm wide in lung window, with a ring around it.
 *
 * @param volume - As it is now.
 * @param place - A ring larger than the field is not seen.
 */
export function drawPlace(volume: VoxelBlock, { centreMm, diameterMm, colour, number }: DrawnPlace): ColourPicture {
  const columns = planes.length * side;
  const rgb = new Uint8Array(columns * side * 3);
  const radius = ((diameterMm / 2 + ringGapMm) / fieldMm) * side;
  for (const [index, plane] of planes.entries()) {
    const { pixels } = cropPlane(volume, { centre: centreMm, plane, fieldMm, pixels: side, thicknessMm });
    const grey = Uint8Array.from(pixels, (hu) => Math.min(255, Math.max(0, ((hu - darkestHu) / windowWidth) * 255)));
    if (index === 0) drawNumber(grey, number);
    for (let row = 0; row < side; row += 1) {
      for (let column = 0; column < side; column += 1) {
        const off = Math.hypot(column - (side - 1) / 2, row - (side - 1) / 2) - radius;
        const level = grey[row * side + column] ?? 0;
        const isFrame = index > 0 && column === 0;
        rgb.set(isFrame ? [80, 80, 80] : Math.abs(off) < 0.8 ? colour : [level, level, level], (row * columns + index * side + column) * 3);
      }
    }
  }
  return { columns, rows: side, rgb };
}

function drawNumber(grey: Uint8Array<ArrayBuffer>, number: number): void {
  const canvas = { grey, columns: side, rows: side };
  const { columns, rows } = textSize(String(number), 2);
  // White digits are lost on the chest wall.
  fillBox(canvas, { left: 2, top: 2, columns: columns + 8, rows: rows + 8 }, 0);
  drawText(canvas, String(number), { left: 6, top: 6, dotSize: 2, level: 255 });
}

/**
 * Lays pictures of one size out on a sheet.
 *
 * @param pictures - At least one.
 * @param perRow - Side by side.
 */
export function contactSheet(pictures: readonly ColourPicture[], perRow: number): ColourPicture {
  const [first] = pictures;
  if (first === undefined) throw new RangeError('a sheet holds at least one picture');
  const gap = 4;
  const columns = Math.min(perRow, pictures.length) * (first.columns + gap) - gap;
  const rows = Math.ceil(pictures.length / perRow) * (first.rows + gap) - gap;
  const rgb = new Uint8Array(columns * rows * 3).fill(40);
  for (const [index, picture] of pictures.entries()) {
    const left = (index % perRow) * (first.columns + gap);
    const top = Math.floor(index / perRow) * (first.rows + gap);
    for (let row = 0; row < picture.rows; row += 1) {
      rgb.set(picture.rgb.subarray(row * picture.columns * 3, (row + 1) * picture.columns * 3), ((top + row) * columns + left) * 3);
    }
  }
  return { columns, rows, rgb };
}
