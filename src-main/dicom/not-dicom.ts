import type { NoImage } from './open-header.ts';

const dicomName = /\.(dcm|dicom|ima)$/i;

/**
 * What a file without DICOM in it counts as: one that is named as DICOM is a problem, because a slice whose bytes were lost altogether
 * must leave a gap, not nothing.
 *
 * @param path - Of the file.
 */
export function notDicomAt(path: string): NoImage {
  if (!dicomName.test(path)) return { kind: 'not-dicom' };
  return { kind: 'problem', problem: { code: 'dicom-malformed', message: 'a file that is named as DICOM holds none' }, header: null };
}
