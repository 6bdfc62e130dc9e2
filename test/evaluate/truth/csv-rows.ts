import { TruthError } from './truth-error.ts';

/** A row of a CSV file by column name. */
export interface CsvRow {
  /** Line in the file, from 1: the header is row 1. */
  readonly row: number;
  /** Values by lower-case column name, without blanks around them; no column is missing. */
  readonly cells: ReadonlyMap<string, string>;
}

/** A CSV file: its columns in lower case, and its rows. */
export interface CsvFile {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a CSV file with a header row; cells may be quoted, but not over line ends.
 *
 * @param text - Lines end in LF or CRLF; empty lines are passed over; a byte order mark is allowed.
 * @throws {TruthError} for a file without a header, a row with another number of cells, a column named twice, an open quote.
 * @see RFC 4180
 */
export function csvRows(text: string): CsvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/).map((line, index) => ({ line, row: index + 1 })).filter(({ line }) => line.trim() !== '');
  const [header, ...body] = lines;
  if (header === undefined) throw new TruthError('the file is empty');
  const columns = cellsOf(header.line, header.row).map((name) => name.toLowerCase());
  if (new Set(columns).size !== columns.length) throw new TruthError('a column is named twice', header.row);
  const rows = body.map(({ line, row }) => {
    const cells = cellsOf(line, row);
    if (cells.length !== columns.length) throw new TruthError(`${String(cells.length)} cells, the header has ${String(columns.length)}`, row);
    return { row, cells: new Map(columns.map((name, at) => [name, cells[at] ?? ''])) };
  });
  return { columns, rows };
}

/**
 * Columns of a file that may be a CSV file of any kind.
 *
 * @param text - Of the file.
 * @returns In lower case; none where the first line is no header.
 */
export function csvColumns(text: string): readonly string[] {
  try {
    return csvRows(text.split('\n', 1)[0] ?? '').columns;
  } catch {
    return [];
  }
}

/**
 * A number of a row.
 *
 * @param row - Of a CSV file.
 * @param names - Column names, the first that the file has counts.
 * @throws {TruthError} where no such column is there or it holds no finite number.
 */
export function numberCell({ row, cells }: CsvRow, ...names: readonly string[]): number {
  const name = names.find((one) => cells.has(one));
  if (name === undefined) throw new TruthError(`no column ${names[0] ?? ''}`, row);
  const text = cells.get(name) ?? '';
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new TruthError(`${name} is not a number`, row);
  return value;
}

function cellsOf(line: string, row: number): readonly string[] {
  const cells: string[] = [];
  // A quoted cell with doubled quotes in it, or anything without comma and quote.
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;
  for (;;) {
    const found = cell.exec(line);
    if (found === null) throw new TruthError('a quote is left open or stands inside of a cell', row);
    cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? '').trim());
    if (found[3] === '') return cells;
  }
}
