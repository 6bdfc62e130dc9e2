import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openInstance } from '../../../src-main/dicom/open-instance.ts';
import { encapsulatedFrames } from '../../../src-main/dicom/encapsulated-frames.ts';
import { decodeFrame } from '../../../src-main/dicom/codecs/decode-frame.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { damageFile } from '../../soak/damage.ts';
import { startDecodingThread } from '../../soak/decoding-thread.ts';

const cornerstone = sharedData('dev-conformance-cornerstone');
const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
const thread = startDecodingThread();
afterAll(async () => {
  await thread.end();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * One CT slice in every syntax, and how many of 50 bits turned in its pixel data must show: none where the format cannot tell, well
 * below what docs/pixel-checks.md says where it can.
 */
const samples = [
  ['LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2', 0], ['BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2', 0],
  ['DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99', 5], ['RLELosslessTransferSyntax_1.2.840.10008.1.2.5', 2],
  ['JPEGProcess1TransferSyntax_1.2.840.10008.1.2.4.50', 5], ['JPEGProcess2_4TransferSyntax_1.2.840.10008.1.2.4.51', 3],
  ['JPEGProcess10_12TransferSyntax_1.2.840.10008.1.2.4.55', 5], ['JPEGProcess14TransferSyntax_1.2.840.10008.1.2.4.57', 8],
  ['JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70', 5], ['JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80', 46],
  ['JPEGLSLossyTransferSyntax_1.2.840.10008.1.2.4.81', 46], ['JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90', 38],
  ['JPEG2000TransferSyntax_1.2.840.10008.1.2.4.91', 38],
] as const;

function sample(name: string): string {
  return join(cornerstone ?? '', 'dicomImageLoader', `CTImage.dcm_${name}.dcm`);
}

describe.skipIf(cornerstone === null).each(samples)('%s', (name, mustShow) => {
  it('is refused or unchanged when cut, and refused with a typed error or decoded when bits are turned', async () => {
    const results = await damageFile(sample(name), join(folder, 'copy'), thread, { cut: 20, flip: 20, 'pixel-flip': 50 }, 20261123);
    expect(results).toHaveLength(90);
    expect(results.filter(({ outcome }) => outcome === 'crashed' || outcome === 'timed-out' || outcome === 'untyped')).toEqual([]);
    expect(results.filter(({ damage, outcome }) => damage === 'cut' && outcome !== 'refused' && outcome !== 'same')).toEqual([]);
    const shown = results.filter(({ damage, outcome }) => damage === 'pixel-flip' && outcome === 'refused').length;
    expect(shown).toBeGreaterThanOrEqual(mustShow);
    // The thread is none the worse for it.
    expect(await thread.decode(sample(name))).toEqual({ md5: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
  });
});

describe('startDecodingThread', () => {
  it('goes on with a new worker after one that took too long', async () => {
    const impatient = startDecodingThread(0);
    expect(await impatient.decode(join(folder, 'absent'))).toEqual({ refusal: 'timed-out' });
    await impatient.end();
    expect(await thread.decode(join(folder, 'absent'))).toEqual({ refusal: 'file-unreadable' });
  });
});

describe.skipIf(cornerstone === null).each(samples.map(([name]) => name).filter((name) => /\.5$|\.4\.\d+$/.test(name)))('code stream of %s', (name) => {
  it('is refused when its middle is missing but its end marker is there', async () => {
    const opening = openInstance(readFileSync(sample(name)));
    if (opening.kind !== 'instance') throw new Error('the sample cannot be opened');
    const { header, pixels } = opening.instance;
    const [stream = new Uint8Array()] = encapsulatedFrames(pixels, 1);
    const cut = Buffer.concat([stream.subarray(0, Math.floor(stream.length * 0.6)), Buffer.from([0xff, 0xd9])]);
    await expect(decodeFrame(header.transferSyntaxUid, cut, frameDescriptionOf(header, 0))).rejects.toMatchObject({
      code: expect.stringMatching(/^pixel-data-(corrupt|truncated)$/) as string,
    });
  });
});
