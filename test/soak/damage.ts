import { readFileSync, writeFileSync } from 'node:fs';
import { openInstance } from '../../src-main/dicom/open-instance.ts';
import type { DecodingThread } from './decoding-thread.ts';
import { seededGenerator } from '../../src-main/finder/seeded-generator.ts';

/** What can happen to the picture of a damaged file; 'silent' is another picture without a flag. */
export const outcomes = ['refused', 'same', 'silent', 'crashed', 'timed-out', 'untyped'] as const;

/** One of them. */
export type Outcome = (typeof outcomes)[number];

/** Ways to damage a file: cut it, turn a bit anywhere, turn a bit of its pixel data. */
export const damages = ['cut', 'flip', 'pixel-flip'] as const;

/** One of them. */
export type Damage = (typeof damages)[number];

/** One damaged copy and what became of it. */
export interface DamageResult {
  readonly damage: Damage;
  /** Length of the cut file, or offset of the byte with the turned bit. */
  readonly at: number;
  readonly outcome: Outcome;
}

/**
 * Damages one file many times and decodes every copy.
 *
 * @param path - Of the whole file.
 * @param scratch - Path that the damaged copies are written to, one after the other.
 * @param thread - Decodes them.
 * @param counts - How many copies of each kind; cuts lie at equal distances, bits are chosen by the seed.
 * @param seed - The same seed damages the same bits.
 * @returns One result per copy. A file that is refused as a whole counts every picture of a copy as silent.
 */
export async function damageFile(
  path: string, scratch: string, thread: DecodingThread, counts: Readonly<Record<Damage, number>>, seed: number,
): Promise<readonly DamageResult[]> {
  const bytes = readFileSync(path);
  const random = seededGenerator(seed);
  const whole = await thread.decode(path);
  const [pixelStart, pixelEnd] = pixelRange(bytes);
  const results: DamageResult[] = [];
  for (const damage of damages) {
    if (damage === 'pixel-flip' && pixelEnd === pixelStart) continue;
    for (let index = 1; index <= counts[damage]; index += 1) {
      let at = Math.floor((bytes.length * index) / (counts[damage] + 1));
      if (damage === 'flip') at = Math.floor(random() * bytes.length);
      if (damage === 'pixel-flip') at = pixelStart + Math.floor(random() * (pixelEnd - pixelStart));
      if (damage === 'cut') writeFileSync(scratch, bytes.subarray(0, at));
      else {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        writeFileSync(scratch, damaged);
      }
      const decoding = await thread.decode(scratch);
      results.push({ damage, at, outcome: outcomeOf(decoding, whole) });
    }
  }
  return results;
}

type Decoding = Awaited<ReturnType<DecodingThread['decode']>>;

function outcomeOf(decoding: Decoding, whole: Decoding): Outcome {
  if ('refusal' in decoding) return outcomes.find((outcome) => outcome === decoding.refusal) ?? 'refused';
  return 'md5' in whole && whole.md5 === decoding.md5 ? 'same' : 'silent';
}

/** Where the value of Pixel Data lies in the file; all of a deflated file behind its meta group, whose pixels have no place of their own. */
function pixelRange(bytes: Buffer): readonly [start: number, end: number] {
  const opening = openInstance(bytes);
  if (opening.kind !== 'instance') return [0, 0];
  const { stored } = opening.instance.pixels;
  if (stored.buffer !== bytes.buffer) return [400, bytes.length];
  const start = stored.byteOffset - bytes.byteOffset;
  return [start, start + stored.length];
}
