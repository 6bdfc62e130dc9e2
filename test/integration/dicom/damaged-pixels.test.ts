import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { openInstance } from '../../../src-main/dicom/open-instance.ts';
import { decodeInstanceFrame, readInstance } from '../../../src-main/dicom/read-instance.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { encapsulatedFrames } from '../../../src-main/dicom/encapsulated-frames.ts';
import { decodeFrame } from '../../../src-main/dicom/codecs/decode-frame.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const cornerstone = sharedData('dev-conformance-cornerstone');
const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const samples = [
  'CTImage.dcm_LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2.dcm',
  'CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm',
  'CTImage.dcm_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm',
  'CTImage.dcm_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm',
  'CTImage.dcm_JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50.dcm',
  'CTImage.dcm_JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51.dcm',
  'CTImage.dcm_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm',
  'CTImage.dcm_JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80.dcm',
  'CTImage.dcm_JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm',
] as const;

/** Deterministic pseudo-random numbers in [0, 1). @see mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function decodeFile(path: string): Promise<string> {
  const inspection = await inspectFile(path);
  if (inspection.kind !== 'instance') return inspection.kind === 'problem' ? inspection.problem.code : 'not-dicom';
  try {
    const instance = await readInstance(path, inspection.file);
    return createHash('md5').update(await decodeInstanceFrame(instance, 0)).digest('hex');
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
}

describe.skipIf(cornerstone === null).each(samples)('%s', (name) => {
  const bytes = cornerstone === null ? Buffer.alloc(0) : readFileSync(join(cornerstone, 'dicomImageLoader', name));

  it('is refused when the file is cut in 20 places', async () => {
    for (let place = 1; place <= 20; place += 1) {
      const path = join(folder, 'cut');
      writeFileSync(path, bytes.subarray(0, Math.floor((bytes.length * place) / 21)));
      expect(await decodeFile(path)).toMatch(/^(not-dicom|file-truncated|pixel-data-truncated|pixel-data-missing|dicom-malformed)$/);
    }
  });

  it('never throws anything but typed errors for 50 seeded bit flips', async () => {
    const random = seeded(20261123);
    for (let flip = 0; flip < 50; flip += 1) {
      const damaged = Buffer.from(bytes);
      const at = Math.floor(random() * damaged.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      const path = join(folder, 'flipped');
      writeFileSync(path, damaged);
      expect(await decodeFile(path)).toMatch(/^([0-9a-f]{32}|[a-z-]+)$/);
    }
  });

  it('decodes the whole file again after the damaged ones', async () => {
    const path = join(folder, 'whole');
    writeFileSync(path, bytes);
    expect(await decodeFile(path)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe.skipIf(cornerstone === null).each(samples.filter((name) => /\.(5|50|51|70|80|90)\.dcm$/.test(name)))('code stream of %s', (name) => {
  it('is refused when its middle is missing but its end marker is there', async () => {
    if (cornerstone === null) return;
    const opening = openInstance(readFileSync(join(cornerstone, 'dicomImageLoader', name)));
    if (opening.kind !== 'instance') throw new Error('the sample cannot be opened');
    const { header, pixels } = opening.instance;
    const [stream = new Uint8Array()] = encapsulatedFrames(pixels, 1);
    const cut = Buffer.concat([stream.subarray(0, Math.floor(stream.length * 0.6)), Buffer.from([0xff, 0xd9])]);
    await expect(decodeFrame(header.transferSyntaxUid, cut, frameDescriptionOf(header, 0))).rejects.toMatchObject({
      code: expect.stringMatching(/^pixel-data-(corrupt|truncated)$/) as string,
    });
  });
});
