import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { prepareSlice } from '../../../src-main/imaging/pictures/prepare-slice.ts';
import { requestBody } from '../../../src-main/relay/request-body.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import type { TilePicture } from '../../../src-main/relay/request-body.ts';
import { sharedData } from '../../helpers/shared-data.ts';
import { phantomRequest, phantomTile, relayBench } from './relay-bench.ts';

async function post(relay: { readonly baseUrl: URL; readonly token: string }, body: string | Uint8Array, token = relay.token) {
  const response = await fetch(`${relay.baseUrl.href}/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: typeof body === 'string' ? body : Uint8Array.from(body) });
  return { status: response.status, body: (await response.json()) as { error?: { code: string }; model?: string } };
}
function bodyFor(model: string, tiles: readonly TilePicture[]) {
  return Buffer.concat(requestBody({ model, row: shippedCatalogue().modelOrUnknown(model), nonce: 'n', tiles, format: 'prompt', maxOutputTokens: 100 }));
}

describe('startPracticeRelay', () => {
  it('listens on this machine alone and checks its token', async () => {
    const { relay } = await relayBench();
    expect(relay.baseUrl.hostname).toBe('127.0.0.1');
    expect((await post(relay, '{}', 'wrong')).status).toBe(401);
    expect((await fetch(`${relay.baseUrl.href}/models`)).status).toBe(401);
    expect(relay.requestCount()).toBe(0);
  });
  it.each([
    ['broken JSON', '{', 400, 'invalid_request_error'], ['no messages', '{"model":"practice-vision","messages":[]}', 400, 'invalid_request_error'],
    ['an unknown model', '{"model":"gpt-6-luna","messages":[{"role":"user","content":"x"}]}', 404, 'model_not_found'],
    ['a link instead of a picture', '{"model":"practice-vision","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x.example/a.png"}}]}]}', 400, 'invalid_request_error'],
    ['a picture that is none', '{"model":"practice-vision","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]}', 400, 'invalid_image'],
  ])('answers %s like a strict relay', async (_, body, status, code) => {
    const { relay } = await relayBench();
    expect(await post(relay, body)).toMatchObject({ status, body: { error: { code } } });
  });
  it('refuses more than 64 MB', async () => {
    const { relay } = await relayBench();
    const answer = await post(relay, new Uint8Array(64_000_001)).catch(() => ({ status: 'cut' }));
    expect([413, 'cut']).toContain(answer.status);
  });
  it('answers the same to the same', async () => {
    const { relay } = await relayBench();
    const body = bodyFor('practice-vision', [await phantomTile(1)]);
    const [first, second] = [await post(relay, body), await post(relay, body)];
    expect({ ...first.body, created: 0 }).toEqual({ ...second.body, created: 0 });
  });
  it('draws the same faults from the same seed', async () => {
    const faults = { seed: 7, rate: 0.5, faults: [{ kind: 'status' as const, status: 503 }, { kind: 'status' as const, status: 429 }] };
    const statuses = async () => {
      const { relay } = await relayBench({ faults });
      const body = bodyFor('practice-vision', [await phantomTile(1)]);
      const seen: number[] = [];
      for (let index = 0; index < 12; index += 1) seen.push((await post(relay, body)).status);
      return seen;
    };
    const first = await statuses();
    expect(new Set(first).size).toBe(3);
    expect(await statuses()).toEqual(first);
  });
});

describe('the practice relay on a real exam', () => {
  const folder = sharedData('dev-ct-lidc-0001');
  it.skipIf(folder === null)('points at the mass of LIDC-IDRI-0001 on several slices and at little else', async () => {
    const series = join(folder ?? '', 'series');
    const nodule = [56.4, 86.4, -115.8] as const;
    const tiles: { picture: TilePicture; centre: readonly [number, number] | null }[] = [];
    for (const name of readdirSync(series).filter((file) => file.endsWith('.dcm')).sort()) {
      const inspection = await inspectFile(join(series, name));
      if (inspection.kind !== 'instance') throw new Error('not an instance');
      const { header, ...file } = inspection.file;
      const prepared = await prepareSlice({ ...file, sopInstanceUid: header.sopInstanceUid, frameNumber: 1, positionMm: 0, instanceNumber: null, header });
      const { origin, columnStep, rowStep } = prepared.affine;
      const near = Math.abs(origin[2] - nodule[2]) <= 7.5;
      const centre = [(nodule[0] - origin[0]) / columnStep[0] / prepared.columns, (nodule[1] - origin[1]) / rowStep[1] / prepared.rows] as const;
      tiles.push({ picture: { number: (tiles.length % 20) + 1, png: prepared.png, columns: prepared.columns, rows: prepared.rows }, centre: near ? centre : null });
    }
    const { sender, target } = await relayBench();
    const request = await phantomRequest(1);
    let hits = 0;
    let others = 0;
    for (let from = 0; from < tiles.length; from += 20) {
      const group = tiles.slice(from, from + 20);
      const { answers } = await sender.send({ ...request, tiles: group.map((tile) => tile.picture) }, target);
      for (const { picture, centre } of group) {
        const answer = answers.get(picture.number);
        if (answer?.state !== 'valid') throw new Error('a tile was not read');
        const on = answer.regions.filter((region) => centre !== null && region.left < centre[0] && centre[0] < region.right && region.top < centre[1] && centre[1] < region.bottom);
        if (on.some((region) => region.priority !== 'routine')) hits += 1;
        others += answer.regions.length - on.length;
      }
    }
    expect(tiles).toHaveLength(107);
    // Slices every 2.5 mm within 7.5 mm of the centre of a 23 mm mass: six.
    expect(hits).toBe(6);
    expect(others / tiles.length).toBeLessThan(1);
  });
});

describe('practice-relay-process', () => {
  it('prints its address, counts chat requests at their headers and ends with its input', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lungdesk-practice-'));
    onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
    const countFile = join(folder, 'count');
    const script = fileURLToPath(new URL('../../helpers/practice-relay-process.ts', import.meta.url));
    const child = spawn(process.execPath, [script, '--token', 'T', '--count-file', countFile, '--models', 'any', '--faults', '{"script":[{"kind":"status","status":418}]}'], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => { child.kill('SIGKILL'); });
    const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    const { baseUrl, token } = JSON.parse(String(line.value)) as { baseUrl: string; token: string };
    expect(token).toBe('T');
    const relay = { baseUrl: new URL(baseUrl), token };
    const body = bodyFor('gpt-6-luna', [await phantomTile(1)]);
    expect((await post(relay, body)).status).toBe(418);
    expect(await post(relay, body)).toMatchObject({ status: 200, body: { model: 'gpt-6-luna' } });
    expect(readFileSync(countFile, 'utf8')).toBe('0\n1\n');
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
