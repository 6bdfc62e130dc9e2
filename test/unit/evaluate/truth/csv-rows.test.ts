import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvColumns, csvRows, numberCell } from '../../../evaluate/truth/csv-rows.ts';

describe('csvRows', () => {
  it('reads rows by column name, with their line in the file', () => {
    const { columns, rows } = csvRows('\uFEFFSeriesUID, X \r\n"1.2",  3\r\n\r\n"a, ""b""",-4e1\r\n');
    expect(columns).toEqual(['seriesuid', 'x']);
    expect(rows.map(({ row, cells }) => [row, cells.get('seriesuid'), cells.get('x')])).toEqual([[2, '1.2', '3'], [4, 'a, "b"', '-4e1']]);
  });

  it('reads back whatever was quoted', () => {
    const cell = fc.string({ maxLength: 12 }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, '').trim());
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (cells) => {
      const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
      const text = ['a,b', ...cells.map(([a, b]) => `${quoted(a)},${quoted(b)}`)].join('\n');
      expect(csvRows(text).rows.map((row) => [row.cells.get('a'), row.cells.get('b')])).toEqual(cells);
    }));
  });

  it.each([
    ['an empty file', '\n\n', 'the file is empty', null],
    ['a missing cell', 'a,b\n1,2\n1\n', 'row 3: 1 cells, the header has 2', 3],
    ['an open quote', 'a,b\n"1,2\n', 'row 2: a quote is left open or stands inside of a cell', 2],
    ['a column named twice', 'a,A\n', 'row 1: a column is named twice', 1],
  ])('refuses %s and names the row', (_, text, message, row) => {
    expect(() => csvRows(text)).toThrow(expect.objectContaining({ name: 'TruthError', message, row }));
  });
});

describe('numberCell', () => {
  it.each([['', 'row 2: x is not a number'], ['1mm', 'row 2: x is not a number'], ['Infinity', 'row 2: x is not a number']])('refuses "%s"', (text, message) => {
    const [row] = csvRows(`x,y\n${text},1`).rows;
    expect(() => numberCell(row!, 'x')).toThrow(message);
    expect(() => numberCell(row!, 'z')).toThrow('row 2: no column z');
    expect(numberCell(row!, 'z', 'y')).toBe(1);
  });
});

describe('csvColumns', () => {
  it('finds none in a file of another kind', () => {
    expect(csvColumns('"not, a header')).toEqual([]);
    expect(csvColumns('A,b\nnot,read,on')).toEqual(['a', 'b']);
  });
});
