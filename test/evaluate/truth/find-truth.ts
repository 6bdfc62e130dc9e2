import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { areBoxColumns, boxRows } from './box-rows.ts';
import { csvColumns } from './csv-rows.ts';
import { truthSources } from './exam-nodules.ts';
import type { ExamNodules, TruthSource } from './exam-nodules.ts';
import { joinReaders } from './join-readers.ts';
import { areLunaColumns, lunaRows } from './luna-rows.ts';
import { looksLikeLidc, readLidcXml } from './read-lidc-xml.ts';
import { areSimpleColumns, simpleRows } from './simple-rows.ts';

/** The exam whose truth is looked for. */
export interface ExamOfTruth {
  /** Its own folder, searched with its subfolders. */
  readonly folder: string;
  /** The folder that the exams lie in: CSV files directly in it, or in its folder "truth", hold truth of many exams. Null where there is none. */
  readonly collection: string | null;
  readonly seriesInstanceUid: string;
  readonly volume: CtVolume;
}

/** How truth is read. */
export interface TruthWish {
  /** Null: the first of truthSources that is there. */
  readonly source: TruthSource | null;
  /** Readers of LIDC who have to have outlined a nodule. */
  readonly agreeing: number;
}

/**
 * Looks for the truth of an exam, and reads it.
 *
 * @param exam - Whose truth.
 * @param wish - Which source.
 * @returns Null where there is none.
 * @throws {TruthError} for a file that is truth and cannot be read.
 */
export function findTruth(exam: ExamOfTruth, wish: TruthWish): ExamNodules | null {
  const files = truthFiles(exam);
  for (const source of wish.source === null ? truthSources : [wish.source]) {
    const truth = readSource(source, files, exam, wish.agreeing);
    if (truth !== null) return truth;
  }
  return null;
}

interface TruthFiles {
  readonly xml: readonly string[];
  readonly csv: readonly { readonly name: string; readonly columns: readonly string[]; readonly text: string }[];
}

function truthFiles({ folder, collection }: ExamOfTruth): TruthFiles {
  const own = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const shared = collection === null ? [] : [collection, join(collection, 'truth')].flatMap((place) => (existsSync(place)
    ? readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(place, entry.name)) : []));
  const ending = (paths: readonly string[], end: string): readonly string[] => paths.filter((path) => path.toLowerCase().endsWith(end));
  return {
    xml: ending(own, '.xml').map(read).filter(looksLikeLidc),
    csv: [...ending(own, '.csv'), ...ending(shared, '.csv')].map((path) => {
      const text = read(path);
      // Tables of other kinds lie beside exams: only the header tells, and only what is truth has to be in order.
      return { name: basename(path).toLowerCase(), columns: csvColumns(text), text };
    }),
  };
}

function readSource(source: TruthSource, { xml, csv }: TruthFiles, exam: ExamOfTruth, agreeing: number): ExamNodules | null {
  const { seriesInstanceUid, volume, folder } = exam;
  if (source === 'lidc') {
    const readings = xml.map(readLidcXml).find((one) => one.seriesInstanceUid === seriesInstanceUid);
    return readings === undefined ? null : joinReaders(readings, volume, agreeing);
  }
  if (source === 'luna') {
    const tables = csv.filter(({ columns }) => areLunaColumns(columns));
    const annotations = tables.find(({ name }) => !name.includes('excluded'));
    if (annotations === undefined) return null;
    const excluded = tables.find(({ name }) => name.includes('excluded'));
    // An exam without a row has no nodule that three readers agreed on.
    return lunaRows(annotations.text, excluded?.text ?? null).get(seriesInstanceUid) ?? { source: 'luna', nodules: [], irrelevant: [] };
  }
  if (source === 'boxes') {
    const table = csv.find(({ columns }) => areBoxColumns(columns));
    return table === undefined ? null : boxRows(table.text, volume.slices);
  }
  const table = csv.find(({ columns }) => areSimpleColumns(columns));
  return table === undefined ? null : simpleRows(table.text, (name) => name === seriesInstanceUid || name === basename(folder));
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}
