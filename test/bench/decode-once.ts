import { readFileSync } from 'node:fs';
import { decodeFrame } from '../../src-main/dicom/codecs/decode-frame.ts';
import { frameDescriptionOf } from '../../src-main/dicom/codecs/frame-description.ts';
import { encapsulatedFrames } from '../../src-main/dicom/encapsulated-frames.ts';
import { openInstance } from '../../src-main/dicom/open-instance.ts';

// Decodes every frame of the given files in memory; prints JSON as the peers in C++ do. usage: decode-once.ts <repeats> <file>...
const [repeats = '1', ...paths] = process.argv.slice(2);
const frames = paths.map((path) => {
  const opening = openInstance(readFileSync(path));
  if (opening.kind !== 'instance') throw new Error(`${path} is no image`);
  const { header, pixels, planarConfiguration } = opening.instance;
  const [encoded] = encapsulatedFrames(pixels, 1);
  if (encoded === undefined) throw new Error(`${path} has no frame`);
  return { syntax: header.transferSyntaxUid, encoded, description: frameDescriptionOf(header, planarConfiguration) };
});

// Pass 0 is not timed: it warms up and makes the checksum (FNV-1a, 64 bit).
let checksum = 0xcbf29ce484222325n;
for (const { syntax, encoded, description } of frames) checksum = addTo(checksum, await decodeFrame(syntax, encoded, description));
const started = performance.now();
const usage = process.cpuUsage();
for (let pass = 0; pass < Number(repeats); pass += 1) {
  for (const { syntax, encoded, description } of frames) await decodeFrame(syntax, encoded, description);
}
const { user, system } = process.cpuUsage(usage);
const decoded = frames.length * Number(repeats);
process.stdout.write(
  `${JSON.stringify({ wallMs: (performance.now() - started) / decoded, cpuMs: (user + system) / 1000 / decoded, checksum: checksum.toString(16).padStart(16, '0') })}\n`,
);

/** FNV-1a in two halves of 32 bits: BigInt per byte would take minutes. */
function addTo(start: bigint, bytes: Uint8Array): bigint {
  let high = Number(start >> 32n);
  let low = Number(start & 0xffffffffn);
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // Times 2^40 + 435.
    const product = low * 435;
    high = (Math.imul(high, 435) + (low << 8) + Math.floor(product / 2 ** 32)) >>> 0;
    low = product % 2 ** 32;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}
