import { describe, expect, it } from 'vitest';
import { createPictureTokens } from '../../../src-main/reading/picture-tokens.ts';
import { readingDocument } from '../../../src-main/reading/reading-document.ts';
import { readingDetail } from '../../../src-main/reading/reading-views.ts';
import type { Fault } from '../../../src-main/relay/practice-relay/faults.ts';
import { listFindings } from '../../../src-main/store/finding-table.ts';
import { listPictures, listRequests } from '../../../src-main/store/request-table.ts';
import { listTiles } from '../../../src-main/store/tile-table.ts';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { chestDevice, chestSlices, writeChestExam } from '../../helpers/chest-exam.ts';
import { testDesk } from '../../helpers/test-desk.ts';
import { testRelay } from '../../helpers/test-workstation.ts';

const ok: Fault = { kind: 'none' };
const nothingSeen: Fault = { kind: 'nothing-seen' };
const refusal: Fault = { kind: 'refusal', how: 'field' };
const gone: Fault = { kind: 'status', status: 404, body: JSON.stringify({ error: { message: 'the model does not exist', code: 'model_not_found' } }) };

async function read(settings: Partial<Settings>, script: readonly Fault[] = []) {
  const relay = await testRelay({ faults: { script: [...script] } });
  const test = await testDesk({ relay, change: chestDevice(), settings: { readingMode: 'sweep-and-verify', imagesPerRequest: 20, ...settings } });
  const readingId = await test.admit(writeChestExam());
  await test.queue.whenSettled(readingId);
  const { agreement } = await readingDetail(test.database, readingId, { tokens: createPictureTokens(), searches: test.desk.searches, profiles: test.desk.profiles });
  return { test, relay, readingId, agreement, document: await readingDocument(test.database, readingId), requests: await listRequests(test.database, readingId) };
}

describe('a second reader', () => {
  it('is shown everything again in a mirror, and agrees on what is there', async () => {
    const { test, requests, agreement, document, readingId, relay } = await read({ secondReader: { kind: 'mirrored' } });
    expect(document).toMatchObject({ status: 'complete', coverage: { planned: chestSlices, valid: chestSlices }, verification: { planned: 3, valid: 3 } });
    expect(requests.map(({ purpose, reader, mirrored, model }) => [purpose, reader, mirrored, model])).toEqual([
      ['sweep', 0, false, 'some-vision-model'], ['verify', 0, false, 'some-vision-model'],
      ['sweep', 1, true, 'some-vision-model'], ['verify', 1, true, 'some-vision-model'],
    ]);
    expect(relay.requestCount()).toBe(4);
    const hashes = await Promise.all(requests.map(async ({ id }) => (await listPictures(test.database, id))[0]?.pngSha256));
    expect(new Set(hashes).size).toBe(4);
    expect(agreement?.candidates.map(({ rank, state }) => [rank, state])).toEqual([[1, 'stable'], [2, 'stable'], [3, 'stable']]);
    expect(agreement?.candidates[0]).toMatchObject({ first: true, second: true, third: null });
    expect(agreement?.sideFlips).toEqual([]);
    // Mirrored or not, the ball is in the left lung.
    const findings = await listFindings(test.database, readingId);
    expect([findings.length, findings.every(({ side }) => side === 'left')]).toEqual([1, true]);
  });

  it('says nothing of coverage: only the first reader’s slices count', async () => {
    const { document } = await read({ secondReader: { kind: 'mirrored' } }, [refusal, ok, ok, ok]);
    expect(document).toMatchObject({ status: 'failed', coverage: { valid: 0, refused: chestSlices } });
    const other = await read({ secondReader: { kind: 'mirrored' } }, [ok, ok, refusal, refusal]);
    expect(other.document.status).toBe('complete');
    expect(other.agreement).toBeNull();
  });

  it('that is not to be had leaves the first reader’s way as it is', async () => {
    const { document, requests, agreement } = await read({ secondReader: { kind: 'model', model: 'gone-model' } }, [ok, ok, gone, gone]);
    expect(document).toMatchObject({ status: 'complete', coverage: { valid: chestSlices } });
    expect(requests.map(({ model, reader, state }) => [model, reader, state])).toEqual([
      ['some-vision-model', 0, 'done'], ['some-vision-model', 0, 'done'], ['gone-model', 1, 'failed'], ['gone-model', 1, 'failed'],
    ]);
    expect(agreement).toBeNull();
  });
});

describe('a third reader', () => {
  const settings = { secondReader: { kind: 'mirrored' }, thirdReaderModel: 'third-model' } as const;

  it('is asked once, and only about candidates on which the two differ', async () => {
    const { test, requests, agreement, readingId, relay } = await read(settings, [ok, ok, ok, nothingSeen]);
    expect(requests.map(({ purpose, reader, model, mirrored }) => [purpose, reader, model, mirrored]).slice(4)).toEqual([['verify', 2, 'third-model', false]]);
    const tiles = (await listTiles(test.database, readingId)).filter(({ requestId }) => requestId === requests[4]?.id);
    expect(tiles.filter(({ planned }) => planned.role === 'candidate').map(({ planned }) => planned.candidateRank)).toEqual([1]);
    expect(agreement?.candidates[0]).toEqual({ rank: 1, first: true, second: false, third: true, state: 'settled' });
    expect(relay.requestCount()).toBe(5);
  });

  it('is not asked where the two agree, nor again where it did not answer', async () => {
    expect((await read(settings)).requests.filter(({ reader }) => reader === 2)).toEqual([]);
    const { requests, agreement, document, relay } = await read(settings, [ok, ok, ok, nothingSeen, refusal]);
    expect(requests.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'failed']);
    expect([agreement?.candidates[0]?.state, document.status, relay.requestCount()]).toEqual(['unstable', 'complete', 5]);
  });

  it('is asked also after something was planned anew', async () => {
    const { requests } = await read(settings, [{ kind: 'blank-positive' }, ok, ok, nothingSeen]);
    expect(requests.map(({ purpose, reader, state }) => `${purpose} ${String(reader)} ${state}`)).toEqual([
      'sweep 0 failed', 'verify 0 done', 'sweep 1 done', 'verify 1 done', 'sweep 0 done', 'verify 2 done',
    ]);
  });
});
