import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHounsfield } from '../../../src-main/imaging/volume/read-hounsfield.ts';
import { sha256Of } from '../../../src-main/platform/sha256.ts';
import { createPictureTokens } from '../../../src-main/reading/picture-tokens.ts';
import { listPictures, listRequests } from '../../../src-main/store/request-table.ts';
import { createPictureFinder } from '../../../src-main/workstation/find-picture.ts';
import type { Picture } from '../../../src-main/workstation-port.ts';
import { assessFolder } from '../../helpers/assess-folder.ts';
import { enhancedCt } from '../../helpers/enhanced-ct.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { testDesk } from '../../helpers/test-desk.ts';
import { testRelay, writeExam } from '../../helpers/test-workstation.ts';

async function readExam(folder: string) {
  const test = await testDesk({ relay: await testRelay() });
  const readingId = await test.admit(folder);
  await test.queue.whenSettled(readingId);
  const tokens = createPictureTokens();
  const find = createPictureFinder({ ...test.desk, tokens });
  return { ...test, tokens, find, pixels: (sliceIndex: number): Promise<Picture | null> => find(tokens.mint('pixels', readingId, sliceIndex)), readingId };
}

describe('createPictureFinder', () => {
  it('takes CT numbers out of the volume while it is there, and out of the file later', async () => {
    const folder = writeExam(8);
    const { slices } = await assessFolder(folder);
    const [, , third] = slices;
    if (third === undefined) throw new Error('no slice');
    const { pixels: exact } = await readHounsfield(third);
    const { pixels, desk } = await readExam(folder);
    rmSync(third.path);
    const ofVolume = await pixels(2);
    expect(ofVolume?.contentType).toBe('application/octet-stream');
    expect(Buffer.compare(ofVolume?.bytes ?? Buffer.of(), Buffer.from(exact.buffer))).toBe(0);
    expect(ofVolume?.bytes.buffer).not.toBeInstanceOf(SharedArrayBuffer);
    desk.volumes.release();
    await expect(pixels(2)).rejects.toMatchObject({ code: 'file-unreadable' });
    expect((await pixels(3))?.bytes).toHaveLength(64 * 64 * 2);
  });

  it('finds the frame of a multi-frame image again', async () => {
    const folder = temporaryFolder();
    const frames = Array.from({ length: 9 }, (_, index) => ({ position: [0, 0, 20 - 2 * index] as const, slope: 1, intercept: index }));
    writeFileSync(join(folder, 'enhanced.dcm'), enhancedCt({ frames }));
    const { pixels, desk } = await readExam(folder);
    for (const where of ['volume', 'file']) {
      for (const sliceIndex of [0, 3, 8]) {
        const bytes = Buffer.from((await pixels(sliceIndex))?.bytes ?? []);
        expect([bytes.length, bytes.readInt16LE()], where).toEqual([8 * 8 * 2, 2 * (8 - sliceIndex)]);
      }
      desk.volumes.release();
    }
  });

  it('gives the picture that was sent, and nothing for a token nobody was given', async () => {
    const { find, tokens, readingId, database } = await readExam(writeExam(8));
    const [request] = await listRequests(database, readingId);
    const [sent] = await listPictures(database, request?.id ?? '');
    if (sent === undefined) throw new Error('nothing was sent');
    const picture = await find(tokens.mintStored(sent.pngSha256));
    expect([picture?.contentType, sha256Of(picture?.bytes ?? new Uint8Array())]).toEqual(['image/png', sent.pngSha256]);
    expect([await find('guessed'), await find(tokens.mintStored('0'.repeat(64))), await find(tokens.mint('pixels', readingId, 8)), await find(tokens.mint('pixels', 'no reading', 0))])
      .toEqual([null, null, null, null]);
  });
});
