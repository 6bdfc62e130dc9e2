import { readFileSync } from 'node:fs';
import { openPart10 } from '../../src-main/dicom/part10.ts';

/**
 * Transfer syntax of a file.
 *
 * @returns '' when it is not DICOM.
 */
export function syntaxOf(path: string): string {
  try {
    return openPart10(readFileSync(path))?.transferSyntaxUid ?? '';
  } catch {
    return '';
  }
}
