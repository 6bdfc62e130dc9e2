import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pngChunks } from '../../../src-main/imaging/pictures/png-chunks.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { filesIn, fileSha256, prepared } from '../../helpers/prepare-desk.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { writeExam, writeSlice } from '../../helpers/test-workstation.ts';

const radiographs = sharedData('dev-cxr-nih');
const resonances = sharedData('dev-mr-transfer-syntaxes');
const other = { studyInstanceUid: '1.2.3', seriesInstanceUid: '1.2.3.4' };

describe('prepareFolder', () => {
  it.each(['slices', 'slabs', 'sheets'] as const)('writes %s and a manifest that names exactly what is there', async (mode) => {
    const { out, files, pictures, manifest } = await prepared(writeExam(12), { mode });
    expect(manifest).toMatchObject({ schema: 'lungdesk.prepared/1', mode, complete: true, exams: [{ exam: 1, complete: true, problems: [] }] });
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(files).toEqual([...pictures.map(({ file }) => file), 'manifest.json'].sort());
    expect(pictures.length).toBeGreaterThan(0);
    for (const { file, sha256, sizeBytes, columns, rows } of pictures) {
      expect(file).toMatch(/^(slice|slab|sheet)-\d{4}(-unmarked)?\.png$/);
      expect(fileSha256(out, file)).toBe(sha256);
      expect(statSync(join(out, file)).size).toBe(sizeBytes);
      expect(pngChunks(readFileSync(join(out, file))).map(({ type }) => type).filter((type) => !['IHDR', 'IDAT', 'IEND'].includes(type))).toEqual([]);
      expect(await sharp(join(out, file)).metadata()).toMatchObject({ width: columns, height: rows, channels: 1, depth: 'uchar' });
    }
  });

  it('gives the same bytes for the same slices, whatever their files are called', async () => {
    const folder = temporaryFolder();
    for (let index = 0; index < 9; index += 1) writeFileSync(join(folder, `x${9 - index}`), ctSlice({ instanceNumber: index + 1, position: [-160, -160, 2.5 * index] }));
    const one = await prepared(writeExam(9), { mode: 'sheets' });
    const two = await prepared(folder, { mode: 'sheets' });
    expect(two.manifest).toEqual(one.manifest);
  });

  it.each([['jpeg', 'jpg', 'jpeg'], ['webp', 'webp', 'webp']] as const)('writes %s', async (format, ending, kind) => {
    const { out, pictures } = await prepared(writeExam(8), { format });
    for (const { file } of pictures) {
      expect(file.endsWith(`.${ending}`)).toBe(true);
      expect((await sharp(join(out, file)).metadata()).format).toBe(kind);
    }
  });

  it('keeps two exams apart', async () => {
    const folder = writeExam(9);
    writeExam(8, other, join(folder, 'another'));
    const { files, manifest } = await prepared(folder, { mode: 'slabs' });
    expect(manifest.exams.map(({ exam, ct }) => [exam, ct?.slicePositionsMm.length])).toEqual([[1, 8], [2, 9]]);
    for (const { exam, pictures } of manifest.exams) for (const { file } of pictures) expect(file.startsWith(`exam-${exam}/slab-`)).toBe(true);
    expect(files.filter((file) => !/^exam-[12]\/slab-\d{4}\.png$/.test(file))).toEqual(['manifest.json']);
  });

  it('prepares what is whole and says what is not', async () => {
    const folder = writeExam(10);
    truncateSync(join(folder, 'slice-4.dcm'), 3000);
    const { manifest } = await prepared(folder, { mode: 'slices' });
    expect(manifest.complete).toBe(false);
    expect(manifest.exams[0]?.problems.map(({ code, leavesGap }) => [code, leavesGap])).toEqual(expect.arrayContaining([['pixel-data-truncated', true], ['series-gap', true]]) as unknown);
    expect(manifest.exams[0]).toMatchObject({ ct: { gaps: [{ fromMm: 7.5, toMm: 12.5 }] }, pictures: { length: 9 } });
  });

  it('says which slabs reach into a gap', async () => {
    const folder = writeExam(0);
    for (const index of [0, 1, 2, 3, 8, 9, 10, 11]) writeSlice(folder, index);
    const { pictures } = await prepared(folder);
    expect(pictures.map(({ place }) => [place?.sliceIndices[0], place?.touchesGap])).toEqual([[0, false], [4, true], [4, false]]);
  });

  it('follows no link and says that one was there', async () => {
    const folder = writeExam(9);
    const elsewhere = join(writeExam(1, other), 'slice-0.dcm');
    symlinkSync(elsewhere, join(folder, 'linked.dcm'));
    const { manifest } = await prepared(folder);
    expect(manifest.exams).toMatchObject([{ complete: false, problems: [{ code: 'file-skipped' }] }]);
  });

  it('says why there is nothing to prepare', async () => {
    const { manifest, files } = await prepared(writeExam(3));
    expect(manifest).toMatchObject({ complete: false, exams: [{ ct: null, pictures: [], leftOut: [{ code: 'too-few-slices', images: 3 }], problems: [{ code: 'no-series-fit' }] }] });
    expect(files).toEqual(['manifest.json']);
  });

  it.skipIf(radiographs === null)('writes a radiograph as it is meant to be shown', async () => {
    const { pictures, manifest } = await prepared(radiographs ?? '');
    expect(manifest.complete).toBe(true);
    expect(pictures).toMatchObject([{ file: 'image-0001.png', role: 'image', place: null, window: null }]);
    expect(['CR', 'DX']).toContain(pictures[0]?.modality);
  });

  it.skipIf(resonances === null)('writes every MR image with its place', async () => {
    const { pictures, out } = await prepared(resonances ?? '');
    expect(pictures.length).toBeGreaterThanOrEqual(8);
    // The same picture in lossless encodings; the lossy ones differ.
    expect(new Set(pictures.map(({ file }) => fileSha256(out, file))).size).toBeLessThan(pictures.length);
    for (const { modality, place } of pictures) {
      expect(modality).toBe('MR');
      expect(place?.affine.origin.every(Number.isFinite)).toBe(true);
    }
  });

  it('leaves out images that say of themselves that they identify', async () => {
    const folder = writeExam(8);
    const burned = new Map([[0x00080060, { vr: 'CS', value: 'DX' }], [0x00280301, { vr: 'CS', value: 'YES' }]] as const);
    writeFileSync(join(folder, 'film.dcm'), ctSlice({ seriesInstanceUid: '1.2.9', elements: burned }));
    const { pictures, manifest } = await prepared(folder);
    expect(pictures.filter(({ role }) => role === 'image')).toEqual([]);
    expect(manifest.exams).toMatchObject([{ complete: false, problems: [{ code: 'instance-set-aside' }] }]);
  });

  it('names images only when asked', async () => {
    const uid = '1.2.826.0.1.3680043.10.999';
    const plain = await prepared(writeExam(8), { mode: 'slices' });
    expect(JSON.stringify(plain.manifest)).not.toContain(uid);
    const named = await prepared(writeExam(8), { mode: 'slices', withUids: true });
    expect(named.pictures.map(({ place }) => place?.sopInstanceUids)).toEqual(named.pictures.map(({ place }) => [`${uid}.2.${String((place?.sliceIndices[0] ?? 0) + 1)}`]));
    expect(JSON.stringify(named.manifest)).not.toContain(`${uid}.1`);
  });

  it('keeps nothing when it is called off', async () => {
    const out = join(temporaryFolder(), 'out');
    const calledOff = new AbortController();
    const folder = writeExam(40);
    const run = prepared(folder, { out, mode: 'slices' }, calledOff.signal);
    calledOff.abort();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(out) ? filesIn(out) : []).toEqual([]);
  });

  it('touches nothing where the folder cannot be read', async () => {
    const first = await prepared(writeExam(8));
    const before = first.files.map((file) => fileSha256(first.out, file));
    const empty = join(temporaryFolder(), 'empty');
    mkdirSync(empty);
    await expect(prepared(join(empty, 'missing'), { out: first.out, overwrite: true })).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(prepared(empty, { out: first.out, overwrite: true })).rejects.toMatchObject({ code: 'folder-empty' });
    expect(filesIn(first.out).map((file) => fileSha256(first.out, file))).toEqual(before);
  });
});
