import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPanel, tickDepth } from '../../../../src-main/imaging/pictures/draw-panel.ts';
import { panelPicture } from '../../../../src-main/imaging/pictures/panel-picture.ts';
import type { CropContent, SlabContent } from '../../../../src-main/imaging/pictures/panel-content.ts';
import { cropPlane } from '../../../../src-main/imaging/pictures/plane.ts';
import { emptySheet } from '../../../../src-main/imaging/pictures/sheet-canvas.ts';
import { projectPlanned } from '../../../../src-main/imaging/pictures/slab.ts';
import { planSlabs } from '../../../../src-main/imaging/pictures/slab-plan.ts';
import { scaledPicture } from '../../../../src-main/imaging/pictures/tile.ts';
import { linearWindow } from '../../../../src-main/imaging/pictures/voi.ts';
import { slope, writtenBlock } from '../lungs/block-phantom.ts';

const window = { windowCenter: 40, windowWidth: 1000 };
const plain = { window, mirrored: false, marked: false } as const;

function pictureOf(columns: number, rows: number): { pixels: Int16Array; columns: number; rows: number; thicknessMm: number; affine: { origin: [number, number, number]; columnStep: [number, number, number]; rowStep: [number, number, number] } } {
  const pixels = Int16Array.from({ length: columns * rows }, (_, at) => ((at * 37) % 400) - 150);
  return { pixels, columns, rows, thicknessMm: 1, affine: { origin: [0, 0, 0], columnStep: [1, 0, 0], rowStep: [0, 1, 0] } };
}

function drawn(columns: number, rows: number, style: Partial<typeof plain | { mirrored: boolean; marked: boolean }> = {}): number[][] {
  const sheet = emptySheet(columns + 9, rows + 5);
  drawPanel(sheet, { left: 4, top: 3, columns, rows }, pictureOf(columns, rows), { ...plain, ...style });
  return Array.from({ length: rows + 5 }, (_, row) => [...sheet.grey.subarray(row * (columns + 9), (row + 1) * (columns + 9))]);
}

describe('drawPanel', () => {
  it('draws every pixel of the picture where the panel lies and nothing else', () => {
    const rows = drawn(20, 12);
    const grey = linearWindow(pictureOf(20, 12).pixels, window);
    for (const [row, line] of rows.entries()) {
      for (const [column, level] of line.entries()) {
        const isInside = column >= 4 && column < 24 && row >= 3 && row < 15;
        expect(level).toBe(isInside ? grey[(row - 3) * 20 + column - 4] : 40);
      }
    }
  });

  it('turns the panel left to right in its place; turned twice it is what it was', () => {
    const inside = (rows: readonly number[][]): number[][] => rows.map((line) => line.slice(4, 24));
    const mirrored = inside(drawn(20, 12, { mirrored: true }));
    expect(mirrored).not.toEqual(inside(drawn(20, 12)));
    expect(mirrored.map((line) => line.toReversed())).toEqual(inside(drawn(20, 12)));
  });

  it('draws ticks in the middle of its edges, on its rim alone, the same in a mirror', () => {
    fc.assert(fc.property(fc.integer({ min: 24, max: 90 }), fc.integer({ min: 24, max: 90 }), (columns, rows) => {
      const depth = tickDepth({ columns, rows });
      const marked = drawn(columns, rows, { marked: true });
      const unmarked = drawn(columns, rows);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const [own, other] = [marked[row + 3]?.[column + 4], unmarked[row + 3]?.[column + 4]];
          if (own === other) continue;
          const [fromMiddleX, fromMiddleY] = [Math.abs(column - (columns - 1) / 2), Math.abs(row - (rows - 1) / 2)];
          const isOnSide = Math.min(column, columns - 1 - column) < depth && fromMiddleY <= 2.5;
          const isAtEnd = Math.min(row, rows - 1 - row) < depth && fromMiddleX <= 2.5;
          expect(isOnSide || isAtEnd).toBe(true);
        }
      }
      const ink = Array.from({ length: depth }, () => 255);
      const middleRow = marked[3 + Math.floor((rows - 1) / 2)]?.slice(4, 4 + columns);
      const middleColumn = marked.slice(3, 3 + rows).map((line) => line[4 + Math.floor((columns - 1) / 2)]);
      for (const line of [middleRow, middleColumn]) expect([line?.slice(0, depth), line?.slice(-depth)]).toEqual([ink, ink]);
      const mirrored = drawn(columns, rows, { marked: true, mirrored: true });
      const plainMirrored = drawn(columns, rows, { mirrored: true });
      const tickLevels = (withTicks: readonly number[][], without: readonly number[][]): readonly number[] => withTicks.flatMap((line, row) => line.map((level, column) => (level === without[row]?.[column] ? -1 : level)));
      const [one, other] = [tickLevels(marked, unmarked), tickLevels(mirrored, plainMirrored)];
      // Where a pixel has the tick's level already it cannot be told from it.
      for (const [at, level] of one.entries()) if (level >= 0 && (other[at] ?? -1) >= 0) expect(other[at]).toBe(level);
    }), { numRuns: 30 });
  });

  it('refuses a picture of another size, and a panel beside the sheet', () => {
    const sheet = emptySheet(40, 40);
    expect(() => drawPanel(sheet, { left: 0, top: 0, columns: 21, rows: 12 }, pictureOf(20, 12), plain)).toThrow(RangeError);
    expect(() => drawPanel(sheet, { left: 30, top: 0, columns: 20, rows: 12 }, pictureOf(20, 12), plain)).toThrow(RangeError);
  });
});

describe('panelPicture', () => {
  const volume = writtenBlock(slope, { lie: 'oblique', undecoded: [3] });
  const [slab] = planSlabs(volume, { thicknessMm: 10, stepMm: 5 });
  const content: SlabContent = { kind: 'slab', slab: slab!, mode: 'maximum', crop: { left: 3, top: 2, columns: 15, rows: 12 }, scale: 1 };

  it('is the projection of the slab, with what it lacks', () => {
    const [projected] = projectPlanned(volume, [slab!], content);
    const shown = panelPicture(volume, content);
    expect(shown.picture.pixels).toEqual(projected?.pixels);
    expect(shown.undecodedSlices).toEqual([3]);
    expect(panelPicture(volume, { ...content, scale: 2 }).picture).toEqual(scaledPicture(projected!, 2));
  });

  it('is the plane through the place', () => {
    const crop: CropContent = { kind: 'crop', centre: [-22, 18, 8], plane: 'coronal', fieldMm: 9, pixels: 15, thicknessMm: 2, marked: false };
    expect(panelPicture(volume, crop).picture.pixels).toEqual(cropPlane(volume, crop).pixels);
    expect(panelPicture(volume, crop).touchesGap).toBe(true);
  });
});
