import { csvRows, numberCell } from './csv-rows.ts';
import type { CsvRow } from './csv-rows.ts';
import { distanceMm, hitReachMm, leastReachMm } from './exam-nodules.ts';
import type { ExamNodules, IrrelevantPlace, TrueNodule } from './exam-nodules.ts';
import { TruthError } from './truth-error.ts';

const millimetreColumns = [['coordx', 'coordx_mm_lps'], ['coordy', 'coordy_mm_lps'], ['coordz', 'coordz_mm_lps']] as const;

/**
 * Reads rows of LUNA16's annotations.csv or annotations_excluded.csv.
 *
 * annotations: what is to be found. annotations_excluded: what counts neither as found nor as wrong; its diameter is -1 where none was drawn.
 *
 * @param text - Header seriesuid,coordX,coordY,coordZ,diameter_mm; world coordinates as ITK has them, which are LPS mm.
 * @param excludedText - Of annotations_excluded.csv, where there is one.
 * @returns The truth by Series Instance UID; a series without a row has no entry.
 * @throws {TruthError} for a row that cannot be read.
 * @see Setio AAA et al., Med Image Anal 2017;42:1-13
 */
export function lunaRows(text: string, excludedText: string | null = null): ReadonlyMap<string, ExamNodules> {
  const nodules = Map.groupBy(csvRows(text).rows, uidOf);
  const excluded = Map.groupBy(excludedText === null ? [] : csvRows(excludedText).rows, uidOf);
  return new Map([...new Set([...nodules.keys(), ...excluded.keys()])].map((uid) => {
    const found = (nodules.get(uid) ?? []).map(noduleOf);
    const irrelevant = (excluded.get(uid) ?? []).map(excludedOf);
    // The excluded list of LUNA16 repeats what single readers said of nodules that are to be found.
    const apart = irrelevant.filter((place) => found.every((nodule) => distanceMm(place.centreMm, nodule.centreMm) > hitReachMm(nodule.diameterMm)));
    return [uid, { source: 'luna', nodules: found, irrelevant: apart }];
  }));
}

/** Whether columns are those of LUNA16, in lower case. */
export function areLunaColumns(columns: readonly string[]): boolean {
  return ['seriesuid', 'diameter_mm'].every((name) => columns.includes(name)) && millimetreColumns.every((names) => names.some((name) => columns.includes(name)));
}

function uidOf({ row, cells }: CsvRow): string {
  const uid = cells.get('seriesuid') ?? '';
  if (!/^[0-9.]+$/.test(uid)) throw new TruthError('seriesuid is no UID', row);
  return uid;
}

function centreOf(row: CsvRow): TrueNodule['centreMm'] {
  const [x, y, z] = millimetreColumns;
  return [numberCell(row, ...x), numberCell(row, ...y), numberCell(row, ...z)];
}

function noduleOf(row: CsvRow): TrueNodule {
  const diameterMm = numberCell(row, 'diameter_mm');
  if (!(diameterMm > 0)) throw new TruthError('diameter_mm is not above 0', row.row);
  // Diameters of LUNA16 are those of balls of the readers' volumes, averaged: the volume itself is not told.
  return { centreMm: centreOf(row), diameterMm, volumeMm3: null, profile: null, attachment: null, readers: null };
}

function excludedOf(row: CsvRow): IrrelevantPlace {
  const diameterMm = numberCell(row, 'diameter_mm');
  return { centreMm: centreOf(row), radiusMm: diameterMm > 0 ? hitReachMm(diameterMm) : leastReachMm, why: 'excluded' };
}
