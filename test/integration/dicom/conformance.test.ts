import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCodecs } from '../../../src-main/dicom/codecs/check-codecs.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { decodeInstanceFrame, readInstance } from '../../../src-main/dicom/read-instance.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { sharedData } from '../../helpers/shared-data.ts';

interface Reference {
  readonly file: string;
  /** MD5 sums that independent decoders agree to or differ on; empty where none could decode. */
  readonly md5: readonly string[];
}

function readReferences(folder: string, csv: string): readonly Reference[] {
  const [head = '', ...lines] = readFileSync(join(folder, csv), 'utf8').trim().split(/\r?\n/);
  const columns = head.split(',');
  const wanted = columns.flatMap((name, index) => (name.startsWith('md5') ? [index] : []));
  return lines.map((line) => {
    const cells = line.split(',');
    const md5 = wanted.map((index) => cells[index]?.split(' ')[0] ?? '').filter((value) => /^[0-9a-f]{32}$/.test(value));
    return { file: cells[columns.indexOf('file')] ?? '', md5 };
  });
}

/** 'exact', 'wrong', 'unverified' where no reference exists, or the code of the refusal. */
async function decode(path: string, reference: Reference): Promise<string> {
  const inspection = await inspectFile(path);
  if (inspection.kind === 'not-dicom') return 'not-dicom';
  if (inspection.kind === 'problem') return inspection.problem.code;
  const md5 = createHash('md5');
  try {
    const instance = await readInstance(path, inspection.file);
    for (let frame = 0; frame < inspection.file.header.numberOfFrames; frame += 1) md5.update(await decodeInstanceFrame(instance, frame));
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
  if (reference.md5.length === 0) return 'unverified';
  return reference.md5.includes(md5.digest('hex')) ? 'exact' : 'wrong';
}

const noPixels = 'pixel-data-missing';
/** What is known not to be an exact picture, and why; everything else must be exact. */
const refused: Readonly<Record<string, string>> = {
  // No image in the file.
  'charset_files/chrSQEncoding.dcm': noPixels, 'charset_files/chrSQEncoding1.dcm': noPixels,
  'test_files/ExplVR_BigEndNoMeta.dcm': noPixels, 'test_files/ExplVR_LitEndNoMeta.dcm': noPixels, 'test_files/UN_sequence.dcm': noPixels,
  'test_files/empty_charset_LEI.dcm': noPixels, 'test_files/no_meta_group_length.dcm': noPixels, 'test_files/priv_SQ.dcm': noPixels,
  'test_files/reportsi.dcm': noPixels, 'test_files/reportsi_with_empty_number_tags.dcm': noPixels, 'test_files/rtplan.dcm': noPixels,
  'test_files/rtstruct.dcm': noPixels, 'test_files/test-SR.dcm': noPixels, 'test_files/waveform_ecg.dcm': noPixels,
  'dicomImageLoader/no-pixel-data.dcm': noPixels, 'dicomParser/deflate/report_dfl': noPixels, 'dicomParser/deflate/wave_dfl': noPixels,
  // A header that describes an image, and no image.
  'charset_files/chrJapMulti.dcm': 'file-truncated', 'charset_files/chrJapMultiExplicitIR6.dcm': 'file-truncated',
  'charset_files/chrKoreanMulti.dcm': 'file-truncated',
  // Cut or broken: the reference decoders fail or invent the rest.
  'test_files/MR_truncated.dcm': 'pixel-data-truncated', 'test_files/rtplan_truncated.dcm': 'file-truncated', 'test_files/no_meta.dcm': 'dicom-malformed',
  'test_files/JPEG2000-embedded-sequence-delimiter.dcm': 'pixel-data-corrupt',
  // No study, series or instance UID, or elements that make no image.
  'test_files/JPEGLSNearLossless_08.dcm': 'dicom-malformed', 'test_files/JPEGLSNearLossless_16.dcm': 'dicom-malformed',
  'test_files/SC_rgb_jls_lossy_line.dcm': 'dicom-malformed', 'test_files/SC_rgb_jls_lossy_sample.dcm': 'dicom-malformed',
  'test_files/meta_missing_tsyntax.dcm': 'dicom-malformed', 'test_files/nested_priv_SQ.dcm': 'dicom-malformed',
  // 32-bit big endian: written in the order of 32-bit words, read by others in that of 16-bit words.
  'test_files/rtdose_expb.dcm': 'transfer-syntax-unsupported', 'test_files/rtdose_expb_1frame.dcm': 'transfer-syntax-unsupported',
};

const sets = [
  ['dev-ct-lidc-0001', 'expected_pixels.csv', 107],
  ['dev-ct-lungpetctdx-a0002', 'expected_pixels.csv', 30],
  ['dev-mr-transfer-syntaxes', 'reference_decodes.csv', 9],
  ['dev-cxr-nih', 'reference_decodes.csv', 1],
  ['dev-conformance-cornerstone', 'reference_decodes.csv', 48],
  ['dev-conformance-pydicom', 'reference_decodes.csv', 94],
] as const;

describe.each(sets)('decoding %s', (name, csv, count) => {
  const folder = sharedData(name);

  it.skipIf(folder === null)('is exact or refused with the known reason for every file', async () => {
    if (folder === null) return;
    const references = readReferences(folder, csv);
    expect(references).toHaveLength(count);
    const results: Record<string, string> = {};
    for (const reference of references) results[reference.file] = await decode(join(folder, reference.file), reference);
    expect(results).toEqual(Object.fromEntries(references.map(({ file }) => [file, refused[file] ?? 'exact'])));
  });
});

describe('checkCodecs', () => {
  it('loads every codec', async () => {
    expect(await checkCodecs()).toEqual(
      ['rle', 'jpeg', 'jpeg-ls', 'jpeg-2000', 'ht-jpeg-2000'].map((name) => ({ name, ok: true })),
    );
  });
});
