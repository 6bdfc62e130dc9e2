import { describe, expect, it } from 'vitest';
import { drawText, fillBox, textSize } from '../../../../src-main/imaging/pictures/glyphs.ts';
import type { Canvas } from '../../../../src-main/imaging/pictures/glyphs.ts';

function drawn(text: string, dotSize = 1): Canvas {
  const { columns, rows } = textSize(text, dotSize);
  const canvas = { grey: new Uint8Array(columns * rows), columns, rows };
  drawText(canvas, text, { left: 0, top: 0, dotSize, level: 255 });
  return canvas;
}

function lines({ grey, columns, rows }: Canvas): string {
  return Array.from({ length: rows }, (_, row) => [...grey.subarray(row * columns, (row + 1) * columns)].map((level) => (level > 0 ? '#' : '.')).join('')).join('\n');
}

describe('drawText', () => {
  it('draws digits side by side', () => {
    expect(lines(drawn('17'))).toBe([
      '..#...#####', '.##.......#', '..#......#.', '..#......#.', '..#.....#..', '..#.....#..', '.###....#..',
    ].join('\n'));
  });

  it('tells all digits apart by three dots at least', () => {
    const digits = Array.from({ length: 10 }, (_, digit) => drawn(String(digit)).grey);
    for (const [index, one] of digits.entries()) {
      for (const other of digits.slice(index + 1)) expect(one.filter((level, dot) => level !== other[dot]).length).toBeGreaterThanOrEqual(3);
    }
  });

  it('is 14 pixels high with two pixels a dot', () => {
    expect(drawn('8', 2)).toMatchObject({ columns: 10, rows: 14 });
    expect(lines(drawn('8', 2)).split('\n')[0]).toBe('..######..');
  });

  it('leaves out what lies outside of the picture', () => {
    const canvas = { grey: new Uint8Array(16), columns: 4, rows: 4 };
    drawText(canvas, '1', { left: -2, top: 2, dotSize: 1, level: 9 });
    expect([...canvas.grey]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0]);
  });

  it('refuses a character that it does not have', () => {
    expect(() => drawn('x')).toThrow(RangeError);
  });
});

describe('fillBox', () => {
  it('fills nothing outside of the picture', () => {
    const canvas = { grey: new Uint8Array(9), columns: 3, rows: 3 };
    fillBox(canvas, { left: 5, top: -2, columns: 4, rows: 9 }, 1);
    fillBox(canvas, { left: 1, top: 2, columns: 9, rows: 9 }, 2);
    expect([...canvas.grey]).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 2]);
  });
});
