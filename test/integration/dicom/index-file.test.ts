import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { indexFile } from '../../../src-main/dicom/index-file.ts';
import type { FileIndexing } from '../../../src-main/dicom/index-file.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import type { FileInspection } from '../../../src-shared/domain/study.ts';
import { ctSlice, dicomFile, encapsulated } from '../../helpers/dicom-writer.ts';
import { enhancedCt } from '../../helpers/enhanced-ct.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'index-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);

function index(bytes: Uint8Array): FileIndexing {
  writeFileSync(path('file'), bytes);
  return indexFile(path('file'));
}

/** What both ways of looking at a file must agree on. */
function agreed(found: FileIndexing | FileInspection): unknown {
  if (found.kind !== 'instance') return found;
  const { path: at, sizeBytes, header } = found.file;
  return { kind: found.kind, at, sizeBytes, header };
}

async function expectAgreement(bytes: Uint8Array): Promise<void> {
  expect(agreed(index(bytes))).toEqual(agreed(await inspectFile(path('file'))));
}

/** Private data that makes a header longer than what is read at first. */
const bulk = (length: number): readonly [number, { readonly vr: string; readonly value: Uint8Array }] => [0x00091001, { vr: 'OB', value: new Uint8Array(length) }];

describe('indexFile', () => {
  it('finds the header, and where the pixels lie', () => {
    const bytes = ctSlice({ instanceNumber: 7 });
    expect(index(bytes)).toMatchObject({
      kind: 'instance', file: { path: path('file'), sizeBytes: bytes.length, header: { instanceNumber: 7 }, pixelOffset: bytes.length - 8192, pixelBytes: 8192 },
    });
  });

  it('gives no length for encapsulated pixels, and no place for deflated ones', () => {
    const value = encapsulated([new Uint8Array(100)]);
    const compressed = ctSlice({ transferSyntaxUid: '1.2.840.10008.1.2.4.70', elements: new Map([[0x7fe00010, { vr: 'OB', value, length: 'undefined' }]]) });
    expect(index(compressed)).toMatchObject({ file: { pixelOffset: compressed.length - value.length, pixelBytes: null } });
    const deflated = Buffer.concat([dicomFile([], { transferSyntaxUid: '1.2.840.10008.1.2.1.99' }), deflateRawSync(ctSlice({ hasPreamble: false, hasMeta: false }))]);
    expect(index(deflated)).toMatchObject({ file: { header: { rows: 64 }, pixelOffset: null, pixelBytes: 8192 } });
  });

  it.each([16_000, 16_100, 16_200, 16_300, 16_384, 20_000, 131_072, 300_000])('reads on where %d bytes come before the header that counts', async (length) => {
    const bytes = ctSlice({ elements: new Map([bulk(length)]) });
    await expectAgreement(bytes);
    expect(index(bytes)).toMatchObject({ kind: 'instance', file: { pixelOffset: bytes.length - 8192 } });
  });

  it('reads on for the functional groups of many frames', async () => {
    const frames = Array.from({ length: 400 }, (_, z) => ({ position: [0, 0, z] as const }));
    const bytes = enhancedCt({ frames, rows: 2, columns: 2 });
    expect(index(bytes)).toMatchObject({ kind: 'instance', file: { header: { numberOfFrames: 400 } } });
    await expectAgreement(bytes);
  });

  it('agrees with the full inspection wherever a native file was cut', async () => {
    const whole = ctSlice({ elements: new Map([bulk(15_900)]) });
    for (let length = 1; length < whole.length; length += length < 1000 ? 7 : 211) await expectAgreement(whole.subarray(0, length));
    for (let length = 16_300; length < 17_000; length += 1) await expectAgreement(whole.subarray(0, length));
  });

  it('tells truncated native pixels from the size of the file alone', () => {
    const whole = ctSlice();
    expect(index(whole.subarray(0, -1))).toMatchObject({ kind: 'problem', problem: { code: 'pixel-data-truncated' }, header: { rows: 64 } });
    expect(index(ctSlice({ elements: new Map([[0x00280010, { vr: 'US', value: 65 }]]) }))).toMatchObject({ problem: { code: 'pixel-data-truncated' } });
  });

  it.skipIf(process.platform === 'win32')('never follows a link nor opens a pipe or a device', () => {
    writeFileSync(path('slice'), ctSlice());
    symlinkSync(path('slice'), path('link'));
    execFileSync('mkfifo', [path('pipe')]);
    expect([path('link'), path('pipe'), '/dev/zero', folder].map((one) => indexFile(one).kind)).toEqual(Array.from({ length: 4 }, () => 'not-dicom'));
  });

  it('reports a file that is gone without naming it, and one that is named as DICOM and is none', () => {
    const gone = indexFile(path('Doe^Jane'));
    expect(gone).toMatchObject({ kind: 'problem', problem: { code: 'file-unreadable' }, header: null });
    expect(JSON.stringify(gone)).not.toContain('Doe');
    writeFileSync(path('notes.dcm'), 'notes about the patient');
    expect(indexFile(path('notes.dcm'))).toMatchObject({ kind: 'problem', problem: { code: 'dicom-malformed' } });
    expect(index(new TextEncoder().encode('notes'))).toEqual({ kind: 'not-dicom' });
  });
});

const sets = ['dev-ct-lidc-0001', 'dev-ct-lungpetctdx-a0002', 'dev-mr-transfer-syntaxes', 'dev-cxr-nih', 'dev-conformance-cornerstone', 'dev-conformance-pydicom'];

describe.each(sets)('indexFile on %s', (name) => {
  const shared = sharedData(name);

  it.skipIf(shared === null)('tells the same as the full inspection of every file', async () => {
    const files = readdirSync(shared ?? '', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(agreed(indexFile(file))).toEqual(agreed(await inspectFile(file)));
  });
});
