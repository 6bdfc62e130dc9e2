import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../../src-main/dicom/inspect-file.ts';
import { openInstance } from '../../../../src-main/dicom/open-instance.ts';
import { imagePicture } from '../../../../src-main/imaging/pictures/image-picture.ts';
import { renderImage } from '../../../../src-main/imaging/pictures/render-image.ts';
import type { RenderedImage } from '../../../../src-main/imaging/pictures/render-image.ts';
import type { InstanceFile } from '../../../../src-shared/domain/study.ts';
import { decodePng } from '../../../helpers/decode-png.ts';
import { ctSlice } from '../../../helpers/dicom-writer.ts';
import type { CtSliceOptions, WrittenElement } from '../../../helpers/dicom-writer.ts';
import { sharedData } from '../../../helpers/shared-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'lungdesk-image-picture-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Elements = readonly (readonly [tag: number, element: Omit<WrittenElement, 'tag'> | null])[];

/** A radiograph of 2 x 3 unsigned 12-bit pixels, as its writer meant them. */
function radiograph(elements: Elements = [], options: CtSliceOptions = {}): Uint8Array {
  const plain: Elements = [
    [0x00080060, { vr: 'CS', value: 'DX' }], [0x00280101, { vr: 'US', value: 12 }], [0x00280102, { vr: 'US', value: 11 }],
    [0x00280103, { vr: 'US', value: 0 }], [0x00281052, null], [0x00281053, null], [0x00280030, null], [0x00200032, null], [0x00200037, null],
  ];
  return ctSlice({ rows: 2, columns: 3, pixels: Int16Array.from([0, 1000, 2048, 3000, 4000, 4095]), elements: new Map([...plain, ...elements]), ...options });
}

async function render(bytes: Uint8Array, frameNumber = 1): Promise<RenderedImage> {
  const opening = openInstance(bytes);
  if (opening.kind !== 'instance') throw new Error('not an image');
  return renderImage(opening.instance, frameNumber);
}

async function greysOf(bytes: Uint8Array): Promise<readonly number[]> {
  return [...(await render(bytes)).picture.grey];
}

const window: Elements = [[0x00281050, { vr: 'DS', value: '2048\\1' }], [0x00281051, { vr: 'DS', value: '4096\\2' }]];
const failsWith = (code: string): unknown => expect.objectContaining({ name: 'AppError', code });

describe('renderImage', () => {
  it('shows stored values at the first window where there is no rescaling', async () => {
    expect(await greysOf(radiograph(window))).toEqual([0, 62, 128, 187, 249, 255]);
    expect((await render(radiograph(window))).voi).toBe('window');
  });

  it('follows the VOI LUT Function of the file', async () => {
    expect(await greysOf(radiograph([...window, [0x00281056, { vr: 'CS', value: 'SIGMOID' }]]))).toEqual([30, 67, 128, 183, 222, 225]);
  });

  it('follows a VOI LUT Sequence', async () => {
    const lut: WrittenElement[] = [
      { tag: 0x00283002, vr: 'US', value: new Uint8Array(Uint16Array.from([3, 1000, 8]).buffer) },
      { tag: 0x00283006, vr: 'OW', value: new Uint8Array(Uint16Array.from([10, 20, 250]).buffer) },
    ];
    expect(await greysOf(radiograph([[0x00283010, { vr: 'SQ', value: [lut] }]]))).toEqual([10, 10, 250, 250, 250, 250]);
  });

  it('masks overlay bits above the stored ones', async () => {
    const pixels = Int16Array.from([0xf000, 1000, 2048, 3000, 4000, 0xffff - 65_536]);
    expect(await greysOf(radiograph(window, { pixels }))).toEqual([0, 62, 128, 187, 249, 255]);
  });

  it('turns MONOCHROME1 around exactly once', async () => {
    const inverted = [255, 193, 127, 68, 6, 0];
    const monochrome1: Elements = [...window, [0x00280004, { vr: 'CS', value: 'MONOCHROME1' }]];
    expect(await greysOf(radiograph(monochrome1))).toEqual(inverted);
    expect(await greysOf(radiograph([...monochrome1, [0x20500020, { vr: 'CS', value: 'INVERSE' }]]))).toEqual(inverted);
  });

  it('reports how far apart the pixels are, and on what', async () => {
    const imager: Elements = [[0x00181164, { vr: 'DS', value: '0.2\\0.1' }]];
    expect((await render(radiograph())).spacing).toBeNull();
    expect((await render(radiograph(imager))).spacing).toEqual({ kind: 'imager-pixel-spacing', rowMm: 0.2, columnMm: 0.1 });
    expect((await render(radiograph([...imager, [0x00280030, { vr: 'DS', value: '0.18\\0.09' }]]))).spacing).toEqual({
      kind: 'pixel-spacing', rowMm: 0.18, columnMm: 0.09,
    });
    expect((await render(radiograph([[0x00280030, { vr: 'DS', value: '0\\0' }]]))).spacing).toBeNull();
  });

  it('gives an affine to what lies in the patient only', async () => {
    expect((await render(ctSlice())).affine).toEqual({ origin: [-160, -160, 0], columnStep: [5, 0, 0], rowStep: [0, 5, 0] });
    expect((await render(radiograph([[0x00280030, { vr: 'DS', value: '1\\1' }]]))).affine).toBeNull();
    expect((await render(ctSlice({ orientation: [1, 0, 0, 1, 0, 0] }))).affine).toBeNull();
    expect((await render(ctSlice({ orientation: [0, 0, 0, 0, 1, 0] }))).affine).toBeNull();
  });

  it('takes the frame that is asked for', async () => {
    const pixels = Int16Array.from({ length: 12 }, (_, index) => (index < 6 ? 0 : 4095));
    const bytes = radiograph([...window, [0x00280008, { vr: 'IS', value: '2' }]], { pixels });
    expect((await render(bytes, 1)).picture.grey).toEqual(new Uint8Array(6));
    expect((await render(bytes, 2)).picture.grey).toEqual(new Uint8Array(6).fill(255));
  });

  it.each(['RGB', 'YBR_FULL', 'PALETTE COLOR'])('refuses %s', async (photometricInterpretation) => {
    const samples = photometricInterpretation === 'PALETTE COLOR' ? 1 : 3;
    const colour: Elements = [
      [0x00280002, { vr: 'US', value: samples }], [0x00280004, { vr: 'CS', value: photometricInterpretation }], [0x00280006, { vr: 'US', value: 0 }],
    ];
    await expect(render(radiograph(colour, { pixels: new Int16Array(18) }))).rejects.toEqual(failsWith('image-not-grey'));
  });
});

/** Writes bytes to a file and inspects it. */
async function inspected(name: string, bytes: Uint8Array): Promise<InstanceFile> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const inspection = await inspectFile(path);
  if (inspection.kind !== 'instance') throw new Error('not an image');
  return inspection.file;
}

describe('imagePicture', () => {
  it('gives a PNG of the rendered picture with its sum', async () => {
    const file = await inspected('plain', radiograph(window));
    const prepared = await imagePicture({ file, frameNumber: 1, format: { type: 'png' } });
    expect(prepared).toMatchObject({
      columns: 3, rows: 2, spacing: null, affine: null, sha256: createHash('sha256').update(prepared.bytes).digest('hex'),
    });
    expect(decodePng(prepared.bytes)).toMatchObject({ columns: 3, rows: 2, grey: Uint8Array.from([0, 62, 128, 187, 249, 255]) });
  });

  it('draws at the size and in the direction that is asked for, and says where the pixels lie then', async () => {
    const file = await inspected('sized', ctSlice({ rows: 2, columns: 4, pixels: Int16Array.from([-600, -600, -300, -300, -600, -600, -300, -300]), elements: new Map([[0x00281050, { vr: 'DS', value: '0' }], [0x00281051, { vr: 'DS', value: '4000' }]]) }));
    const native = await imagePicture({ file, frameNumber: 1, format: { type: 'png' } });
    const drawn = await imagePicture({ file, frameNumber: 1, format: { type: 'png' }, size: { columns: 2, rows: 1 }, mirrored: true });
    const [dark, light] = [decodePng(native.bytes).grey[0]!, decodePng(native.bytes).grey[3]!];
    expect(light).not.toBe(dark);
    expect(decodePng(drawn.bytes)).toMatchObject({ columns: 2, rows: 1, grey: Uint8Array.from([light, dark]) });
    const { origin, columnStep, rowStep } = native.affine!;
    expect(drawn.spacing).toEqual({ kind: 'pixel-spacing', rowMm: 2 * native.spacing!.rowMm, columnMm: 2 * native.spacing!.columnMm });
    expect(drawn.affine).toEqual({ origin: [origin[0] + 2.5 * columnStep[0], origin[1] + 0.5 * rowStep[1], origin[2]], columnStep: [-2 * columnStep[0], -0, -0], rowStep: [0, 2 * rowStep[1], 0] });
    await expect(imagePicture({ file, frameNumber: 1, format: { type: 'png' }, size: { columns: 5, rows: 2 } })).rejects.toThrow(RangeError);
  });

  it('refuses a file that has become another one', async () => {
    const file = await inspected('changed', radiograph(window));
    writeFileSync(file.path, radiograph(window, { pixels: new Int16Array(6) }));
    await expect(imagePicture({ file, frameNumber: 1, format: { type: 'png' } })).rejects.toEqual(failsWith('file-changed'));
  });

  const nih = sharedData('dev-cxr-nih');

  it.skipIf(nih === null)('shows the whole range of the NIH radiograph', async () => {
    const name = readdirSync(nih ?? '').find((entry) => entry.endsWith('.dcm')) ?? '';
    const inspection = await inspectFile(join(nih ?? '', name));
    if (inspection.kind !== 'instance') throw new Error('not an image');
    const prepared = await imagePicture({ file: inspection.file, frameNumber: 1, format: { type: 'png' } });
    const { grey } = decodePng(prepared.bytes);
    expect(prepared).toMatchObject({ columns: 1024, rows: 1024, spacing: null, affine: null });
    expect([grey.reduce((least, value) => Math.min(least, value), 255), grey.reduce((most, value) => Math.max(most, value), 0)]).toEqual([0, 255]);
  });

  const mr = sharedData('dev-mr-transfer-syntaxes');

  it.skipIf(mr === null)('shows all nine encodings of the MR image alike', async () => {
    const sums = new Set<string>();
    for (const name of readdirSync(mr ?? '').filter((entry) => entry.endsWith('.dcm'))) {
      const inspection = await inspectFile(join(mr ?? '', name));
      if (inspection.kind !== 'instance') throw new Error('not an image');
      const prepared = await imagePicture({ file: inspection.file, frameNumber: 1, format: { type: 'png' } });
      expect(prepared).toMatchObject({ spacing: { kind: 'pixel-spacing' } });
      expect(prepared.affine).not.toBeNull();
      sums.add(prepared.sha256);
    }
    expect(sums.size).toBe(1);
  });
});
