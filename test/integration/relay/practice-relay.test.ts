import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { startPracticeRelay } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import type { PracticeRelayOptions } from '../../../src-main/relay/practice-relay/practice-relay.ts';
import { replayAnswer } from '../../../src-main/relay/replay.ts';
import { phantomRequest, phantomTile, sheetOf } from '../../helpers/phantom-request.ts';
import { bodyOf, post } from './post-request.ts';

async function practice(options: PracticeRelayOptions = {}) {
  const relay = await startPracticeRelay(options);
  onTestFinished(() => relay.close());
  return relay;
}
function parsed({ text }: { readonly text: string }) {
  return JSON.parse(text) as { error?: { code: string }; model?: string; created?: number; usage?: { prompt_tokens_details: { image_tokens: number } } };
}
function regionCounts(request: Awaited<ReturnType<typeof phantomRequest>>, { text }: { readonly text: string }) {
  return [...replayAnswer(request, text, shippedCatalogue()).answers].map(([number, answer]) => `${String(number)}:${answer.state === 'valid' ? String(answer.regions.length) : answer.state}`);
}

describe('startPracticeRelay', () => {
  it('listens on this machine alone and checks its token', async () => {
    const relay = await practice();
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
    const answer = await post(await practice(), body);
    expect([answer.status, parsed(answer).error?.code]).toEqual([status, code]);
  });
  it('refuses more than 64 MB', async () => {
    const answer = await post(await practice(), new Uint8Array(64_000_001)).catch(() => ({ status: 'cut' }));
    expect([413, 'cut']).toContain(answer.status);
  });
  it('answers words alone, for a test of the line', async () => {
    const answer = await post(await practice(), '{"model":"practice-vision","messages":[{"role":"user","content":"Say ok."}]}');
    expect(answer.status).toBe(200);
  });
  it('lists its models, or those that a test gives it, with faults of their own', async () => {
    const relay = await practice({ modelList: [{ id: 'a-model', shutdown_date: '2027-01-01' }], listFaults: { script: [{ kind: 'html' }] } });
    const list = async () => (await fetch(`${relay.baseUrl.href}/models`, { headers: { authorization: `Bearer ${relay.token}` } })).text();
    expect(await list()).toMatch(/^<!DOCTYPE html>/);
    expect(JSON.parse(await list())).toEqual({ object: 'list', data: [{ id: 'a-model', shutdown_date: '2027-01-01' }] });
    expect(relay.requestCount()).toBe(0);
  });
  it('draws the same faults from the same seed', async () => {
    const faults = { seed: 7, rate: 0.5, faults: [{ kind: 'status' as const, status: 503 }, { kind: 'status' as const, status: 429 }] };
    const body = bodyOf(await phantomRequest(1));
    const statuses = async () => {
      const relay = await practice({ faults });
      const seen: number[] = [];
      for (let index = 0; index < 12; index += 1) seen.push((await post(relay, body)).status);
      return seen;
    };
    const first = await statuses();
    expect(new Set(first).size).toBe(3);
    expect(await statuses()).toEqual(first);
  });
});

describe('what the practice relay sees', () => {
  it.each(['json-schema', 'tool', 'json-object', 'prompt'] as const)('is the odd tiles of phantom sheets, asked by %s', async (format) => {
    const request = await phantomRequest(7, 'practice-vision', 4);
    const relay = await practice({ formats: [format] });
    expect(regionCounts(request, await post(relay, bodyOf(request, format)))).toEqual(['1:1', '2:0', '3:1', '4:0', '5:1', '6:0', '7:1']);
  });
  it('is described in the profile’s words', async () => {
    const request = await phantomRequest(1);
    const { answers } = replayAnswer(request, (await post(await practice(), bodyOf(request))).text, shippedCatalogue());
    expect(answers.get(1)).toEqual({ state: 'valid', regions: [{ attributes: { attenuation: 'solid', margin: 'smooth', alternative: 'none' }, certainty: 'high' }] });
  });
  it('is the same for the same', async () => {
    const body = bodyOf(await phantomRequest(2));
    const relay = await practice();
    const [first, second] = [parsed(await post(relay, body)), parsed(await post(relay, body))];
    expect({ ...first, created: 0 }).toEqual({ ...second, created: 0 });
  });
  it('is unclear where a picture is not laid out as its label says', async () => {
    const [first, second] = await Promise.all([sheetOf([phantomTile(1), phantomTile(2)]), sheetOf([phantomTile(3)], { firstNumber: 3 })]);
    const request = { ...(await phantomRequest(1)), pictures: [{ ...first, tiles: first.tiles.map((tile) => ({ ...tile, left: 8, top: tile.left })) }, second] };
    expect(regionCounts(request, await post(await practice(), bodyOf(request)))).toEqual(['1:refused', '2:refused', '3:1']);
  });
  it('counts the tokens of its pictures as the forecast does', async () => {
    const request = await phantomRequest(4, 'practice-vision', 2);
    const { usage } = parsed(await post(await practice(), bodyOf(request)));
    // Two sheets of 536 x 292 pixels: 17 x 10 patches of 32 px each, times 1.2.
    expect(usage?.prompt_tokens_details.image_tokens).toBe(2 * 204);
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
    const body = bodyOf(await phantomRequest(1, 'gpt-6-luna'));
    expect((await post(relay, body)).status).toBe(418);
    const answer = await post(relay, body);
    expect([answer.status, parsed(answer).model]).toEqual([200, 'gpt-6-luna']);
    expect(readFileSync(countFile, 'utf8')).toBe('0\n1\n');
    const ended = new Promise((resolve) => { child.once('exit', resolve); });
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
