import { fileURLToPath } from 'node:url';

/**
 * Folder of the sample exam that LungDesk ships: 32 slices of LIDC-IDRI-0001 around a nodule, JPEG-LS lossless.
 *
 * @returns Absolute path; from TypeScript source as well as from the built output (out/main/intake).
 */
export function sampleExamFolder(): string {
  const toRoot = import.meta.url.endsWith('.ts') ? '../..' : '../../..';
  return fileURLToPath(new URL(`${toRoot}/assets/sample-exam/series`, import.meta.url));
}

/** Study Instance UID of the sample exam, to show the attribution wherever it is open. */
export const sampleExamStudyInstanceUid = '2.25.195138691943701324449434646197870020941';

/** Attribution line of the sample exam; assets/sample-exam/ATTRIBUTION.txt has the citations in full. */
export const sampleExamAttribution =
  'Sample exam: part of LIDC-IDRI-0001, re-encoded without loss. Armato SG III, et al. Data From LIDC-IDRI, '
  + 'The Cancer Imaging Archive, 2015, https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX. Armato SG III, et al. Medical Physics '
  + '38:915-931, 2011. Clark K, et al. J Digit Imaging 26(6):1045-1057, 2013. Licence: CC BY 3.0.';
