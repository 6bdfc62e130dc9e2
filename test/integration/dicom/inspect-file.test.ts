import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import type { FileInspection } from '../../../src-shared/domain/study.ts';
import { ctSlice, dicomFile, encapsulated } from '../../helpers/dicom-writer.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

async function inspect(bytes: Uint8Array): Promise<FileInspection> {
  writeFileSync(path('file'), bytes);
  return inspectFile(path('file'));
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const inspection = await inspect(bytes);
  return inspection.kind === 'problem' ? inspection.problem.code : inspection.kind;
}

describe('inspectFile', () => {
  it('finds a whole slice, its header and the hash of its pixels', async () => {
    const pixels = Int16Array.from({ length: 64 * 64 }, (_, index) => index % 3000);
    const inspection = await inspect(ctSlice({ pixels, instanceNumber: 7, position: [-160, -160, 12.5] }));
    expect(inspection).toMatchObject({
      kind: 'instance',
      file: {
        pixelSha256: createHash('sha256').update(new Uint8Array(pixels.buffer)).digest('hex'),
        header: {
          modality: 'CT', instanceNumber: 7, imagePositionPatient: [-160, -160, 12.5], pixelSpacing: [5, 5], rows: 64, columns: 64,
          rescaleIntercept: -1024, transferSyntaxUid: '1.2.840.10008.1.2.1', patientName: 'Phantom^Synthetic', pixelPaddingValue: null,
        },
      },
    });
  });

  it.each([
    ['no preamble', { hasPreamble: false }, '1.2.840.10008.1.2.1'],
    ['no meta header', { hasMeta: false }, '1.2.840.10008.1.2.1'],
    ['neither', { hasPreamble: false, hasMeta: false }, '1.2.840.10008.1.2.1'],
    ['implicit VR', { transferSyntaxUid: '1.2.840.10008.1.2' }, '1.2.840.10008.1.2'],
    ['implicit VR and neither', { transferSyntaxUid: '1.2.840.10008.1.2', hasPreamble: false, hasMeta: false }, '1.2.840.10008.1.2'],
  ])('reads a file with %s', async (_name, file, transferSyntaxUid) => {
    expect(await inspect(ctSlice(file))).toMatchObject({ kind: 'instance', file: { header: { transferSyntaxUid, rows: 64 } } });
  });

  it('leaves everything else alone', async () => {
    const picture = sharp({ create: { width: 200, height: 200, channels: 3, background: 'red' } });
    expect(await codeOf(new Uint8Array())).toBe('not-dicom');
    expect(await codeOf(new TextEncoder().encode('notes about the patient\n'.repeat(40)))).toBe('not-dicom');
    expect(await codeOf(await picture.jpeg().toBuffer())).toBe('not-dicom');
    expect(await codeOf(await picture.png().toBuffer())).toBe('not-dicom');
    expect(await codeOf(new Uint8Array(5000))).toBe('not-dicom');
    expect(await inspectFile(folder)).toEqual({ kind: 'not-dicom' });
  });

  it.skipIf(process.platform === 'win32')('never follows a link nor opens a pipe or a device', async () => {
    writeFileSync(path('slice'), ctSlice());
    symlinkSync(path('slice'), path('link'));
    execFileSync('mkfifo', [path('pipe')]);
    expect(await inspectFile(path('slice'))).toMatchObject({ kind: 'instance' });
    expect(await inspectFile(path('link'))).toEqual({ kind: 'not-dicom' });
    expect(await inspectFile(path('pipe'))).toEqual({ kind: 'not-dicom' });
    expect(await inspectFile('/dev/zero')).toEqual({ kind: 'not-dicom' });
  });

  it('reports a file that is gone without naming it', async () => {
    const inspection = await inspectFile(path('Doe^Jane.dcm'));
    expect(inspection).toMatchObject({ kind: 'problem', problem: { code: 'file-unreadable' }, header: null });
    expect(JSON.stringify(inspection)).not.toContain('Doe');
  });

  it('never takes a file for whole that was cut anywhere', async () => {
    const whole = ctSlice();
    const pixelStart = whole.length - 64 * 64 * 2;
    for (let length = 1; length < whole.length; length += length < pixelStart + 40 ? 7 : 997) {
      const inspection = await inspect(whole.subarray(0, length));
      expect(inspection.kind).not.toBe('instance');
      if (inspection.kind === 'problem' && length > pixelStart) {
        expect(inspection).toMatchObject({ problem: { code: 'pixel-data-truncated' }, header: { instanceNumber: 1 } });
      }
    }
  });

  it('tells a cut header from cut pixels', async () => {
    const whole = ctSlice();
    expect(await codeOf(whole.subarray(0, whole.length - 10))).toBe('pixel-data-truncated');
    expect(await codeOf(whole.subarray(0, whole.length - 64 * 64 * 2 - 60))).toBe('file-truncated');
  });

  it('names the instance of a file that was cut in its header, and its study where that is there', async () => {
    const whole = ctSlice({ studyInstanceUid: '1.2.7', seriesInstanceUid: '1.2.8', sopInstanceUid: '1.2.9' });
    const cutAfter = (text: string): Uint8Array => whole.subarray(0, Buffer.from(whole).lastIndexOf(text) + text.length + 1);
    expect(await inspect(cutAfter('1.2.9'))).toMatchObject({ kind: 'problem', problem: { sopInstanceUid: '1.2.9' }, header: null });
    expect(await inspect(cutAfter('1.2.7'))).toMatchObject({
      kind: 'problem', problem: { sopInstanceUid: '1.2.9' }, header: { studyInstanceUid: '1.2.7', seriesInstanceUid: '' },
    });
  });

  it('wants the delimiter of encapsulated pixels and bytes in them', async () => {
    const stream = Uint8Array.from({ length: 100 }, (_, index) => index);
    const file = (value: Uint8Array): Uint8Array =>
      ctSlice({
        transferSyntaxUid: '1.2.840.10008.1.2.4.70',
        elements: new Map([[0x7fe00010, { vr: 'OB', value, length: 'undefined' }]]),
      });
    expect(await codeOf(file(encapsulated([stream])))).toBe('instance');
    expect(await codeOf(file(encapsulated([stream]).subarray(0, -8)))).toBe('pixel-data-truncated');
    expect(await codeOf(file(encapsulated([stream]).subarray(0, -20)))).toBe('pixel-data-truncated');
    expect(await codeOf(file(encapsulated([])))).toBe('pixel-data-truncated');
    expect(await codeOf(file(encapsulated([new Uint8Array()])))).toBe('pixel-data-truncated');
    expect(await codeOf(file(new TextEncoder().encode('no items at all!')))).toBe('dicom-malformed');
  });

  it('reports DICOM without pixels, with its header', async () => {
    const report = ctSlice({ elements: new Map([[0x7fe00010, null], [0x00280010, null], [0x00280011, null]]) });
    expect(await inspect(report)).toMatchObject({ kind: 'problem', problem: { code: 'pixel-data-missing' }, header: { modality: 'CT' } });
  });

  it('reports an image without UIDs as malformed', async () => {
    expect(await codeOf(ctSlice({ elements: new Map([[0x00080018, null]]) }))).toBe('dicom-malformed');
    expect(await codeOf(ctSlice({ elements: new Map([[0x0020000d, { vr: 'UI', value: '../../etc' }]]) }))).toBe('dicom-malformed');
  });

  it('refuses sizes that no image has, before it allocates for them', async () => {
    const huge = new Map([[0x00280010, { vr: 'US', value: 65535 }], [0x00280011, { vr: 'US', value: 65535 }]]);
    expect(await codeOf(ctSlice({ elements: huge }))).toBe('image-too-large');
    expect(await codeOf(ctSlice({ elements: new Map([[0x00280008, { vr: 'IS', value: '2000000000' }]]) }))).toBe('image-too-large');
    expect(await codeOf(ctSlice({ elements: new Map([[0x00280010, { vr: 'US', value: 0 }]]) }))).toBe('dicom-malformed');
    expect(await codeOf(ctSlice({ elements: new Map([[0x00280100, { vr: 'US', value: 7 }]]) }))).toBe('dicom-malformed');
  });

  it('stops a deflated file that unfolds to a gigabyte', async () => {
    const zeros = deflateRawSync(new Uint8Array(600 * 1024 * 1024), { level: 1 });
    const file = Buffer.concat([dicomFile([], { transferSyntaxUid: '1.2.840.10008.1.2.1.99' }), zeros]);
    expect(await codeOf(file)).toBe('image-too-large');
  });

  it('survives data sets that nest without end, never end or are empty', async () => {
    const nested = Buffer.concat(Array.from({ length: 20000 }, () => Buffer.from('08001111535100000000ffffffff'.replace('00000000', '0000') + 'feff00e0ffffffff', 'hex')));
    expect(await codeOf(Buffer.concat([dicomFile([]), nested]))).toMatch(/file-truncated|dicom-malformed/);
    const endless = dicomFile([{ tag: 0x00081111, vr: 'UN', value: new Uint8Array(8), length: 'undefined' }]);
    expect(await codeOf(endless)).toMatch(/file-truncated|dicom-malformed|pixel-data-missing/);
    expect(await codeOf(dicomFile([]))).toMatch(/file-truncated|dicom-malformed|pixel-data-missing/);
  });

  it('cleans names', async () => {
    const name = new TextEncoder().encode('Doe\u202E^Jane\u0007');
    const elements = new Map([[0x00080005, { vr: 'CS', value: 'ISO_IR 192' }], [0x00100010, { vr: 'PN', value: name }]]);
    expect(await inspect(ctSlice({ elements }))).toMatchObject({ file: { header: { patientName: 'Doe^Jane' } } });
  });
});

const pydicom = sharedData('dev-conformance-pydicom');

describe.skipIf(pydicom === null)('inspectFile on the character set samples', () => {
  const [, ...lines] = pydicom === null ? [] : readFileSync(join(pydicom, 'identification.csv'), 'utf8').trim().split('\n');
  const samples = lines.map((line) => line.split(',')).filter(([file, name]) => file?.startsWith('charset_files/chr') === true && name !== '' && !file.includes('SQEncoding'));

  it.each(samples.map(([file, name]) => [file ?? '', name ?? '']))('decodes the name in %s', async (file, name) => {
    const inspection = await inspectFile(join(pydicom ?? '', file));
    const header = inspection.kind === 'instance' ? inspection.file.header : inspection.kind === 'problem' ? inspection.header : null;
    expect(header?.patientName).toBe(name);
  });
});
