import { noduleAttachments, noduleProfiles } from '../../../src-shared/domain/candidate.ts';
import { csvRows, numberCell } from './csv-rows.ts';
import type { CsvRow } from './csv-rows.ts';
import { hitReachMm } from './exam-nodules.ts';
import type { ExamNodules, IrrelevantPlace, TrueNodule } from './exam-nodules.ts';
import { TruthError } from './truth-error.ts';

const needed = ['x_mm', 'y_mm', 'z_mm', 'diameter_mm'] as const;
const kinds = ['nodule', 'irrelevant'] as const;

/** Whether columns are those of the simple truth, in lower case. */
export function areSimpleColumns(columns: readonly string[]): boolean {
  return needed.every((name) => columns.includes(name));
}

/**
 * Reads truth in LungDesk's own simple form.
 *
 * Columns in any order; needed: x_mm, y_mm, z_mm (LPS), diameter_mm; may be left out or empty: exam (Series Instance UID or name of the
 * exam's folder; a row without one is of every exam the file lies with), kind (nodule or irrelevant), type (solid, part-solid,
 * ground-glass), attachment (isolated, juxtapleural, juxtavascular), volume_mm3.
 *
 * @param text - CSV with a header.
 * @param isMeant - Whether a row's exam is the one that is asked for; not asked for rows without one.
 * @returns The rows of the exam that is asked for; a file without any means that it has no nodules.
 * @throws {TruthError} for a row that cannot be read, whichever exam it is of.
 */
export function simpleRows(text: string, isMeant: (exam: string) => boolean): ExamNodules {
  const nodules: TrueNodule[] = [];
  const irrelevant: IrrelevantPlace[] = [];
  for (const row of csvRows(text).rows) {
    const kind = oneOf(row, 'kind', kinds) ?? 'nodule';
    const nodule = noduleOf(row);
    const exam = row.cells.get('exam') ?? '';
    if (exam !== '' && !isMeant(exam)) continue;
    if (kind === 'nodule') nodules.push(nodule);
    else irrelevant.push({ centreMm: nodule.centreMm, radiusMm: hitReachMm(nodule.diameterMm), why: 'excluded' });
  }
  return { source: 'csv', nodules, irrelevant };
}

function noduleOf(row: CsvRow): TrueNodule {
  const diameterMm = numberCell(row, 'diameter_mm');
  if (!(diameterMm > 0)) throw new TruthError('diameter_mm is not above 0', row.row);
  const volumeMm3 = (row.cells.get('volume_mm3') ?? '') === '' ? null : numberCell(row, 'volume_mm3');
  if (volumeMm3 !== null && !(volumeMm3 > 0)) throw new TruthError('volume_mm3 is not above 0', row.row);
  return {
    centreMm: [numberCell(row, 'x_mm'), numberCell(row, 'y_mm'), numberCell(row, 'z_mm')], diameterMm, volumeMm3,
    profile: oneOf(row, 'type', noduleProfiles), attachment: oneOf(row, 'attachment', noduleAttachments), readers: null,
  };
}

function oneOf<Word extends string>({ row, cells }: CsvRow, name: string, words: readonly Word[]): Word | null {
  const text = (cells.get(name) ?? '').toLowerCase();
  if (text === '') return null;
  const word = words.find((one) => one === text);
  if (word === undefined) throw new TruthError(`${name} is none of ${words.join(', ')}`, row);
  return word;
}
