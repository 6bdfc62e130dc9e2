import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCodecs } from '../../../src-main/dicom/codecs/check-codecs.ts';
import { compareFile } from '../../conformance/compare.ts';
import { findReferenceFolders, readReferences } from '../../conformance/references.ts';
import { sharedData } from '../../helpers/shared-data.ts';

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
  ['dev-ct-lidc-0001', 107], ['dev-ct-lungpetctdx-a0002', 30], ['dev-mr-transfer-syntaxes', 9], ['dev-cxr-nih', 1],
  ['dev-conformance-cornerstone', 48], ['dev-conformance-pydicom', 94],
] as const;

describe.each(sets)('compareFile on %s', (name, count) => {
  const folder = sharedData(name);

  it.skipIf(folder === null)('finds every file exact or refused with the known reason', async () => {
    const references = findReferenceFolders(folder ?? '').flatMap(readReferences);
    expect(references).toHaveLength(count);
    const results: Record<string, string> = {};
    for (const reference of references) {
      const { file, outcome, problem } = await compareFile(reference);
      results[file] = problem?.code ?? outcome;
    }
    expect(results).toEqual(Object.fromEntries(references.map(({ file }) => [file, refused[file] ?? 'exact'])));
  });
});

describe('readReferences', () => {
  it('takes lists with other columns, quotes, remarks and Windows paths', () => {
    const folder = mkdtempSync(join(tmpdir(), 'references-'));
    writeFileSync(
      join(folder, 'expected_pixels.csv'),
      '\ufeffmd5_first,note,File,MD5 of the pixels\r\n' +
        'd41d8cd98f00b204e9800998ecf8427e,"a, ""b""",series\\1.dcm,D41D8CD98F00B204E9800998ECF84270 (disagrees)\r\n,,2.dcm,failed\r\n',
    );
    expect(findReferenceFolders(join(folder, '..'), 1)).toContain(folder);
    expect(readReferences(folder)).toEqual([
      {
        file: 'series/1.dcm', path: join(folder, 'series/1.dcm'), transferSyntaxUid: '',
        md5: ['d41d8cd98f00b204e9800998ecf8427e', 'd41d8cd98f00b204e9800998ecf84270'],
      },
      { file: '2.dcm', path: join(folder, '2.dcm'), transferSyntaxUid: '', md5: [] },
    ]);
    rmSync(folder, { recursive: true });
  });
});

describe('compareFile', () => {
  const folder = sharedData('dev-cxr-nih');

  it.skipIf(folder === null)('tells wrong from unverified and from absent', async () => {
    const [reference] = readReferences(folder ?? '');
    if (reference === undefined) throw new Error('the list is empty');
    expect(await compareFile({ ...reference, md5: ['d41d8cd98f00b204e9800998ecf8427e'] })).toMatchObject({ outcome: 'wrong' });
    expect(await compareFile({ ...reference, md5: [] })).toMatchObject({ outcome: 'unverified' });
    expect(await compareFile({ ...reference, path: join(folder ?? '', 'absent.dcm') })).toMatchObject({
      outcome: 'refused', problem: { code: 'file-unreadable' },
    });
  });
});

describe('checkCodecs', () => {
  it('loads every codec', async () => {
    expect(await checkCodecs()).toEqual(
      ['rle', 'jpeg', 'jpeg-lossless', 'jpeg-ls', 'jpeg-2000', 'ht-jpeg-2000', 'jpeg-xl'].map((name) => ({ name, ok: true })),
    );
  });
});
