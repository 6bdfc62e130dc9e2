import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sharedData } from '../../helpers/shared-data.ts';
import { TruthError } from '../truth/truth-error.ts';

/** An exam that is evaluated. */
export interface ExamFolder {
  readonly folder: string;
  /** The folder it lies in with others; null where it was given by itself. */
  readonly collection: string | null;
  /** What reports call it: a public name, or a number; names of folders may be names of people. */
  readonly label: string;
}

/** Public exams by the names of their folders. */
const publicExams: readonly (readonly [folder: string, label: string])[] = [
  ['dev-ct-lidc-0001', 'LIDC-IDRI-0001'], ['dev-ct-lungpetctdx-a0002', 'Lung-PET-CT-Dx A0002'],
];

/**
 * Lists the exams of a folder: its subfolders, or the folder itself where it is one exam.
 *
 * @param folder - A folder with a subfolder "truth" or "series" or with DICOM files is one exam; null for the development exams.
 * @throws {TruthError} where there is none.
 */
export function listExams(folder: string | null): readonly ExamFolder[] {
  if (folder === null) {
    const found = publicExams.flatMap(([name]) => sharedData(name) ?? []);
    if (found.length === 0) throw new TruthError('the development exams are not beside this checkout: name a folder');
    return found.map((path, index) => ({ folder: path, collection: null, label: labelOf(path, index) }));
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new TruthError('the folder of exams cannot be opened');
  const entries = readdirSync(folder, { withFileTypes: true });
  const subfolders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  // An exam by itself: its slices lie in it, or in "series".
  const isOne = subfolders.includes('series') || subfolders.length === 0 || entries.some((entry) => entry.isFile() && /\.dcm$/i.test(entry.name));
  if (isOne) return [{ folder, collection: null, label: labelOf(folder, 0) }];
  return subfolders.filter((name) => name !== 'truth').map((name, index) => ({ folder: join(folder, name), collection: folder, label: labelOf(join(folder, name), index) }));
}

function labelOf(folder: string, index: number): string {
  const known = publicExams.find(([name]) => name === basename(folder) && basename(dirname(folder)) === 'data');
  return known?.[1] ?? `exam ${String(index + 1)}`;
}
