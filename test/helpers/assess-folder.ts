import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assessStudy } from '../../src-main/dicom/assess-study.ts';
import { inspectFile } from '../../src-main/dicom/inspect-file.ts';
import type { Series } from '../../src-shared/domain/study.ts';

/**
 * The series that LungDesk would read of a folder.
 *
 * @param folder - Holding DICOM files, searched with its subfolders.
 * @throws {Error} when no series of the folder can be read.
 */
export async function assessFolder(folder: string): Promise<Series> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const inspections = await Promise.all(entries.map((entry) => inspectFile(join(entry.parentPath, entry.name))));
  const { chosen } = assessStudy(inspections.flatMap((inspection) => (inspection.kind === 'instance' ? [inspection.file] : [])));
  if (chosen === null) throw new Error('the folder holds no series that can be read');
  return chosen;
}
