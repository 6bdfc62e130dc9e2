import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, loadDecoder } from '../../../src-main/dicom/codecs/decode-frame.ts';
import { frameDescriptionOf } from '../../../src-main/dicom/codecs/frame-description.ts';
import type { FrameDescription } from '../../../src-main/dicom/codecs/frame-description.ts';
import { encapsulatedFrames } from '../../../src-main/dicom/encapsulated-frames.ts';
import { openInstance } from '../../../src-main/dicom/open-instance.ts';
import { instanceHeader } from '../../helpers/instance-header.ts';
import { encodeLosslessJpeg } from '../../helpers/jpeg-lossless-encoder.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { findReferenceFolders, readReferences } from '../../conformance/references.ts';
import { seededGenerator } from '../../../src-main/finder/seeded-generator.ts';

const syntax = '1.2.840.10008.1.2.4.57';
const own = await loadDecoder('jpeg-lossless');
const libjpeg = await loadDecoder('jpeg');

function describeFrame(rows: number, columns: number, bitsStored: number, pixelRepresentation: 0 | 1 = 0): FrameDescription {
  return frameDescriptionOf(instanceHeader({ rows, columns, bitsStored, pixelRepresentation, bitsAllocated: bitsStored > 8 ? 16 : 8 }), 0);
}

/** Smooth with steps, as pictures are, and anything now and then. */
function picture(rows: number, columns: number, precision: number, seed: number): Uint16Array {
  const random = seededGenerator(seed);
  let value = random() * 2 ** precision;
  return Uint16Array.from({ length: rows * columns }, () => {
    value = random() < 0.1 ? random() * 2 ** precision : value + (random() - 0.5) * 20;
    return Math.max(0, Math.min(2 ** precision - 1, Math.round(value)));
  });
}

function bytesOf(samples: Uint16Array, frame: FrameDescription): Uint8Array {
  return frame.bitsAllocated === 8 ? Uint8Array.from(samples) : new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

describe('the decoder of lossless JPEG', () => {
  it('gives back what was encoded, whatever the selection value, precision, point transform, restarts and codes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 16 }), fc.integer({ min: 1, max: 7 }),
        fc.nat(3), fc.nat(3), fc.constantFrom('even', 'skewed' as const), fc.nat(),
        (rows, columns, precision, predictor, shift, restartRows, codes, seed) => {
          const pointTransform = Math.min(shift, precision - 1);
          const samples = picture(rows, columns, precision, seed).map((sample) => (sample >> pointTransform) << pointTransform);
          const frame = describeFrame(rows, columns, precision);
          const encoded = encodeLosslessJpeg({ samples, rows, columns, precision, predictor, pointTransform, restartRows, codes });
          expect(own(encoded, frame, syntax)).toEqual(bytesOf(samples, frame));
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('agrees with libjpeg on selection value %i at 8, 12 and 16 bits', (predictor) => {
    for (const precision of [8, 12, 16]) {
      const samples = picture(37, 53, precision, predictor);
      const frame = describeFrame(37, 53, precision);
      const encoded = encodeLosslessJpeg({ samples, rows: 37, columns: 53, precision, predictor });
      expect(own(encoded, frame, syntax)).toEqual(bytesOf(samples, frame));
      expect(libjpeg(encoded, frame, syntax)).toEqual(bytesOf(samples, frame));
    }
  });

  it('is chosen for one component, and gives signed samples of 16 bits', async () => {
    const samples = new Uint16Array(Int16Array.from({ length: 60 }, (_, index) => (index * 7919) % 65536).buffer);
    const frame = describeFrame(6, 10, 16, 1);
    const encoded = encodeLosslessJpeg({ samples, rows: 6, columns: 10, precision: 16, predictor: 6 });
    expect(await decodeFrame(syntax, encoded, frame)).toEqual(bytesOf(samples, frame));
  });

  const folders = ['dev-conformance-cornerstone', 'dev-conformance-pydicom', 'dev-ct-lungpetctdx-a0002', 'dev-mr-transfer-syntaxes']
    .map(sharedData).filter((folder) => folder !== null);

  it.skipIf(folders.length === 0)('agrees with libjpeg on every shared file it takes', () => {
    let compared = 0;
    const paths = folders.flatMap((folder) => findReferenceFolders(folder)).flatMap(readReferences).map(({ path }) => path);
    for (const path of paths) {
      const opening = openInstance(readFileSync(path));
      if (opening.kind !== 'instance' || !/4\.(57|70)$/.test(opening.instance.header.transferSyntaxUid)) continue;
      const { header, pixels } = opening.instance;
      const frame = frameDescriptionOf(header, 0);
      for (const encoded of encapsulatedFrames(pixels, header.numberOfFrames)) {
        const expected = libjpeg(encoded, frame, header.transferSyntaxUid);
        if (header.samplesPerPixel === 1) expect(own(encoded, frame, header.transferSyntaxUid)).toEqual(expected);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});

describe('damage to lossless JPEG', () => {
  const [rows, columns] = [12, 20];
  const frame = describeFrame(rows, columns, 12);
  const samples = picture(rows, columns, 12, 1);
  const whole = encodeLosslessJpeg({ samples, rows, columns, precision: 12, predictor: 1, restartRows: 4 });
  const plain = encodeLosslessJpeg({ samples, rows, columns, precision: 12, predictor: 1 });
  const refusal = (code: string): unknown => expect.objectContaining({ code });
  const scanStart = plain.indexOf(0xda) + 9;

  it('is found at every cut, with and without an end marker put behind it', () => {
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.subarray(0, length);
      expect(() => own(cut, frame, syntax)).toThrow(refusal('pixel-data-truncated'));
      // The last two bytes are the end marker itself.
      if (length >= whole.length - 2) continue;
      expect(() => own(Uint8Array.from([...cut, 0xff, 0xd9]), frame, syntax)).toThrow(expect.objectContaining({ name: 'AppError' }));
    }
  });

  it.each([[[0xff, 0xd0]], [[0xff, 0xd8]], [[0xff, 0x01]], [[0xff, 0xd9]]])('is found when the marker %o stands in the scan', (marker) => {
    const middle = Math.floor(plain.length / 2);
    const damaged = Uint8Array.from([...plain.subarray(0, middle), ...marker, ...plain.subarray(middle)]);
    expect(() => own(damaged, frame, syntax)).toThrow(refusal('pixel-data-truncated'));
  });

  it('is found when bytes are left over or a restart marker is another one', () => {
    expect(() => own(Uint8Array.from([...plain.subarray(0, -2), 0x55, 0xff, 0xd9]), frame, syntax)).toThrow(refusal('pixel-data-corrupt'));
    expect(() => own(Uint8Array.from([...plain.subarray(0, -2), 0, 0xff, 0xd9]), frame, syntax)).toThrow(refusal('pixel-data-corrupt'));
    const renumbered = Uint8Array.from(whole);
    renumbered[renumbered.findIndex((byte, at) => byte === 0xd1 && renumbered[at - 1] === 0xff)] = 0xd2;
    expect(() => own(renumbered, frame, syntax)).toThrow(refusal('pixel-data-corrupt'));
  });

  it('is found when a code does not exist', () => {
    const damaged = Uint8Array.from(plain);
    // Seventeen codes of five bits: 10001 and above are none.
    damaged[scanStart] = 0xf8;
    expect(() => own(damaged, frame, syntax)).toThrow(refusal('pixel-data-corrupt'));
  });

  it('is found when a sample leaves its range, but signed ones may be negative', () => {
    const negative = Uint16Array.from({ length: rows * columns }, (_, index) => (index % 2 === 0 ? 100 : 65536 - 100));
    const encoded = encodeLosslessJpeg({ samples: negative, rows, columns, precision: 12, predictor: 1 });
    expect(() => own(encoded, frame, syntax)).toThrow(refusal('pixel-data-corrupt'));
    const signed = describeFrame(rows, columns, 12, 1);
    expect(own(encoded, signed, syntax)).toEqual(bytesOf(negative, signed));
  });

  it('does not spoil the next frame', () => {
    expect(() => own(plain.subarray(0, 200), frame, syntax)).toThrow(refusal('pixel-data-truncated'));
    expect(own(plain, frame, syntax)).toEqual(bytesOf(samples, frame));
  });
});
