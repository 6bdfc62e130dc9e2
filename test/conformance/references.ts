import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What independent decoders made of one file. */
export interface Reference {
  /** As the list names it: relative to the list. */
  readonly file: string;
  readonly path: string;
  /** As the list says it; '' when it does not. */
  readonly transferSyntaxUid: string;
  /** MD5 sums over all frames, hex; decoders that disagree leave several, none where nobody could decode. */
  readonly md5: readonly string[];
}

const listNames = ['expected_pixels.csv', 'reference_decodes.csv'];

/**
 * Finds the folders with a list of expected pixels: the folder itself and up to three levels below.
 *
 * @param folder - Where to begin.
 * @returns Paths, in the order of their names.
 */
export function findReferenceFolders(folder: string, levels = 3): readonly string[] {
  const here = listNames.some((name) => existsSync(join(folder, name))) ? [folder] : [];
  if (levels === 0 || !existsSync(folder)) return here;
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .sort();
  return [...here, ...below.flatMap((path) => findReferenceFolders(path, levels - 1))];
}

/**
 * Reads the lists of a folder.
 *
 * Needed is a column file (or path, filename); every column with md5 in its name counts, and text after the sum is a remark.
 *
 * @param folder - As findReferenceFolders gives it.
 * @throws {Error} When a list has no column that names the files, or none with sums.
 */
export function readReferences(folder: string): readonly Reference[] {
  return listNames.filter((name) => existsSync(join(folder, name))).flatMap((name) => {
    const [head = [], ...rows] = parseCsv(readFileSync(join(folder, name), 'utf8'));
    const columns = head.map((title) => title.trim().toLowerCase());
    const fileColumn = columns.findIndex((title) => ['file', 'path', 'filename', 'file_name', 'relative_path'].includes(title));
    const syntaxColumn = columns.findIndex((title) => title.startsWith('transfer_syntax') || title === 'transfersyntaxuid');
    const sumColumns = columns.flatMap((title, index) => (title.includes('md5') ? [index] : []));
    if (fileColumn < 0 || sumColumns.length === 0) throw new Error(`${name}: no column that names files, or none with MD5 sums`);
    return rows.filter((cells) => (cells[fileColumn] ?? '').trim() !== '').map((cells) => {
      const file = (cells[fileColumn] ?? '').trim().replaceAll('\\', '/');
      const sums = sumColumns.map((index) => (cells[index] ?? '').trim().split(/[\s(]/)[0]?.toLowerCase() ?? '');
      return {
        file, path: join(folder, file), transferSyntaxUid: (cells[syntaxColumn] ?? '').trim(),
        md5: sums.filter((sum) => /^[0-9a-f]{32}$/.test(sum)),
      };
    });
  });
}

/** Comma-separated values with quotes, as RFC 4180 has them. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/g)) {
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.some((cell) => cell !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
