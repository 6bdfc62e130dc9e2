import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemorySecretStore } from '../../../src-main/platform/memory-secret-store.ts';
import { createRelayKeys } from '../../../src-main/platform/relay-keys.ts';
import { createRelayTraffic } from '../../../src-main/relay/relay-traffic.ts';
import { createNodeTransport } from '../../../src-main/relay/node-transport.ts';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { createRelayDesk } from '../../../src-main/workstation/relay-desk.ts';
import type { RelayChoice } from '../../../src-main/reading/reading-desk.ts';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { endlessClock } from '../relay/relay-bench.ts';

const chosen = 'gpt-6-luna';
const allowed = 'gpt-6.1-terra';
const unproven = 'nobody-knows-this-one';
const reading = { id: 'reading-1', heldFor: null, highPriority: false, modelOverride: chosen, practice: false };
const held = { ...reading, heldFor: 'offline' } as const;
const stop = { code: 'relay-payment', hold: 'relay', fallback: true, scope: 'relay', said: null } as const;
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

/** A relay that has only a model list; it can be taken off the network and put back. */
async function modelList() {
  const seen: IncomingHttpHeaders[] = [];
  const relay = { isUp: true, status: 200, body: '{"data":[{"id":"m"}]}', seen };
  const server = createServer((request, response) => {
    if (!relay.isUp) { request.socket.destroy(); return; }
    seen.push(request.headers);
    response.writeHead(relay.status).end(relay.body);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`;
  return Object.assign(relay, { baseUrl, host: new URL(baseUrl).host });
}

function relaySetting(id: string, { baseUrl, host }: { readonly baseUrl: string; readonly host: string }, change: Partial<RelaySetting> = {}): RelaySetting {
  return { id, name: id, baseUrl, extraHeaders: {}, confirmedHost: host, countryNote: '', priceMultiplierPercent: 100, ...change };
}

async function bench(relays: readonly RelaySetting[] | null, more: Partial<Settings> = {}) {
  const current: { settings: Settings } = { settings: { ...defaultSettings, ...(relays === null ? {} : { relays: [...relays] }), ...more } };
  const clock = manualClock();
  const secretStore = createMemorySecretStore();
  const keys = createRelayKeys({ secretStore, markerPath: join(temporaryFolder(), 'relay-key.json'), clock });
  const traffic = createRelayTraffic(clock, 5);
  const transport = createNodeTransport({ clock: endlessClock() });
  const returns: number[] = [];
  const waiters: (() => void)[] = [];
  const desk = createRelayDesk({
    clock, catalogue: shippedCatalogue(), traffic, settings: () => Promise.resolve(current.settings), keys, transport, loopbackTransport: transport, override: null,
    isProven: (_, model) => Promise.resolve(model !== unproven),
    onBack: () => {
      returns.push(clock.monotonicMs() / 1000);
      waiters.shift()?.();
    },
  });
  onTestFinished(() => desk.close());
  const isBack = (): Promise<void> => new Promise((resolve) => { waiters.push(resolve); });
  return { desk, current, clock, keys, secretStore, traffic, returns, isBack };
}

function way(choice: RelayChoice): string {
  if (choice.kind === 'target') return `${choice.target.id}/${choice.model}`;
  return choice.kind === 'hold' ? `${choice.holdFor}: ${choice.code}` : choice.problem.code;
}

describe('createRelayDesk', () => {
  it('practises while no relay has a key', async () => {
    const { desk } = await bench(null);
    expect(await desk.isPractice()).toBe(true);
    expect(way(await desk.choose({ ...reading, modelOverride: null }, false))).toBe('practice/practice-vision');
    expect(way(await desk.choose(reading, true))).toBe('keychain: key-missing');
    expect(await desk.check()).toMatchObject({ state: 'practice' });
  });

  it('uses the key that an earlier version stored, for the first relay and its host alone', async () => {
    const relay = await modelList();
    const { desk, secretStore, current } = await bench([relaySetting('first', relay, { name: '' })]);
    await secretStore.set(relay.host, 'sk-stored-before');
    const choice = await desk.choose(reading, false);
    expect(choice).toMatchObject({ kind: 'target', target: { id: 'first', name: relay.host, key: 'sk-stored-before', practice: false, priceMultiplierPercent: 100 } });
    current.settings = { ...current.settings, relays: [relaySetting('first', { ...relay, baseUrl: 'https://elsewhere.example/v1' }, { confirmedHost: 'elsewhere.example' })] };
    expect((await desk.keyDoor()).state()).toMatchObject({});
    expect(await (await desk.keyDoor()).key()).toBeNull();
  });

  it('begins with the first relay that is set up and gives it its own headers and key', async () => {
    const relay = await modelList();
    const { desk, keys } = await bench([relaySetting('first', { baseUrl: 'https://unset.example/v1', host: 'unset.example' }), relaySetting('b', relay, { extraHeaders: { 'x-portkey-provider': 'openai' }, priceMultiplierPercent: 80 })]);
    await keys.door(`b/${relay.host}`).set('sk-b-0123456789', true);
    expect(await desk.choose(reading, false)).toMatchObject({ kind: 'target', target: { id: 'b', key: 'sk-b-0123456789', priceMultiplierPercent: 80 } });
    expect(await desk.check('b')).toMatchObject({ state: 'ok', models: [{ id: 'm', shutdownDate: null }] });
    expect(relay.seen[0]).toMatchObject({ authorization: 'Bearer sk-b-0123456789', 'x-portkey-provider': 'openai' });
    await expect(desk.check('first')).rejects.toMatchObject({ code: 'key-missing' });
    await expect(desk.check('c')).rejects.toMatchObject({ code: 'request-invalid' });
  });

  it('waits for the consent to the relay that is meant and takes no other', async () => {
    const [a, b] = [await modelList(), await modelList()];
    const { desk, keys } = await bench([relaySetting('a', a, { confirmedHost: 'other.example' }), relaySetting('b', b)]);
    for (const [id, { host }] of [['a', a], ['b', b]] as const) await keys.door(`${id}/${host}`).set('sk-0123456789', true);
    expect(way(await desk.choose(reading, false))).toBe('consent: data-flow-unconfirmed');
  });
});

describe('createRelayDesk and what may stand in', () => {
  async function three() {
    const lists = { a: await modelList(), b: await modelList(), c: await modelList() };
    const relays = [relaySetting('a', lists.a), relaySetting('b', lists.b), relaySetting('c', lists.c, { confirmedHost: null })];
    const more = await bench(relays, { allowedFallbacks: [{ relayId: 'c', model: allowed }, { relayId: 'a', model: 'deepseek-v3.2' }, { relayId: 'b', model: allowed }] });
    const give = async (id: string, scope: 'relay' | 'model' = 'relay', readingId = reading.id) => {
      const choice = await more.desk.choose({ ...reading, id: readingId }, true);
      if (choice.kind !== 'target') throw new Error(way(choice));
      expect(choice.target.id).toBe(id);
      more.desk.giveUp(readingId, choice.target, choice.model, { ...stop, scope });
      return way(await more.desk.choose({ ...reading, id: readingId }, true));
    };
    return { ...more, ...lists, give };
  }

  it('goes on with the model on the next relay, then with an allowed model, never without consent or with a model that cannot see', async () => {
    const { desk, give } = await three();
    expect(way(await desk.choose(reading, false))).toBe(`a/${chosen}`);
    expect(await give('a', 'model')).toBe(`b/${chosen}`);
    expect(await give('b', 'model')).toBe(`b/${allowed}`);
    // Nothing is left: the reason for which the preferred way was given up holds the reading, and then all is open again.
    expect(await give('b', 'model')).toBe('relay: relay-payment');
    expect(way(await desk.choose(reading, false))).toBe(`a/${chosen}`);
  });

  it('keeps to what stands in for the rest of the reading only', async () => {
    const { desk, give } = await three();
    expect(await give('a')).toBe(`b/${chosen}`);
    expect(way(await desk.choose(reading, true))).toBe(`b/${chosen}`);
    expect(way(await desk.choose({ ...reading, id: 'reading-2' }, false))).toBe(`a/${chosen}`);
    desk.changed('a');
    expect(way(await desk.choose(reading, true))).toBe(`a/${chosen}`);
  });

  it('passes by a relay that is lost until it answers by itself, and wakes what waits', async () => {
    const { desk, clock, a, b, returns, isBack, traffic } = await three();
    a.isUp = false;
    const target = await desk.choose(reading, false);
    if (target.kind !== 'target') throw new Error('no target');
    desk.giveUp(reading.id, target.target, chosen, { ...stop, code: 'relay-unreachable', hold: 'offline' });
    expect(way(await desk.choose({ ...reading, id: 'reading-2' }, false))).toBe(`b/${chosen}`);
    b.isUp = false;
    const second = await desk.choose(reading, true);
    if (second.kind !== 'target') throw new Error('no target');
    desk.giveUp(reading.id, second.target, chosen, { ...stop, code: 'relay-unreachable', hold: 'offline' });
    expect(way(await desk.choose(reading, true))).toBe('offline: relay-unreachable');
    // While it is known to be lost nobody asks it for each reading that waits.
    expect(way(await desk.choose({ ...held, id: 'reading-3' }, false))).toBe('offline: relay-unreachable');
    expect([a.seen.length, b.seen.length]).toEqual([0, 0]);
    a.isUp = true;
    const back = isBack();
    clock.advance(15_000);
    await back;
    expect(way(await desk.choose(held, true))).toBe(`a/${chosen}`);
    // The other one did not answer: it is looked for again later.
    expect(returns).toEqual([15]);
    expect(traffic.health('a').paused).toEqual([]);
  });

  it('looks for itself what became of a relay that a reading waits for', async () => {
    const { desk, a, b, clock, isBack } = await three();
    a.body = '<html>Sign in</html>';
    b.isUp = false;
    expect(way(await desk.choose(held, false))).toBe('offline: relay-portal');
    a.body = '{"data":[]}';
    const back = isBack();
    clock.advance(15_000);
    await back;
    expect(way(await desk.choose(held, false))).toBe(`a/${chosen}`);
  });

  it('passes by a model whose circuit is open, and comes back when a test is due', async () => {
    const { desk, traffic, clock } = await three();
    const { gate } = traffic.lane('a').model(chosen);
    for (let index = 0; index < 5; index += 1) gate.note('failed');
    expect(way(await desk.choose(reading, false))).toBe(`b/${chosen}`);
    expect((await desk.health())[0]?.paused).toEqual([{ model: chosen, state: 'open', nextTryAt: clock.now() + 30_000 }]);
    clock.advance(30_000);
    expect(way(await desk.choose(reading, true))).toBe(`b/${chosen}`);
    expect(way(await desk.choose({ ...reading, id: 'reading-2' }, false))).toBe(`a/${chosen}`);
  });

  it('lets an allowed model stand in for one that is retired, and fails where none is allowed', async () => {
    const { desk, current } = await three();
    expect(way(await desk.choose({ ...reading, modelOverride: 'gpt-4o-retired-for-sure' }, false))).toBe('a/gpt-4o-retired-for-sure');
    expect(way(await desk.choose({ ...reading, modelOverride: 'deepseek-v3.2' }, false))).toBe(`b/${allowed}`);
    expect(way(await desk.choose({ ...reading, id: 'reading-3', modelOverride: unproven }, false))).toBe(`b/${allowed}`);
    current.settings = { ...current.settings, allowedFallbacks: [] };
    expect(way(await desk.choose({ ...reading, id: 'reading-4', modelOverride: unproven }, false))).toBe('relay: model-unproven');
    expect(way(await desk.choose({ ...reading, id: 'reading-2', modelOverride: 'deepseek-v3.2' }, false))).toBe('model-without-vision');
  });
});

describe('createRelayDesk and the network', () => {
  it('drops dead connections after sleep and looks for lost relays at once', async () => {
    const relay = await modelList();
    const { desk, clock, traffic, isBack } = await bench([relaySetting('a', relay)]);
    const choice = await desk.choose(reading, false);
    if (choice.kind !== 'target') throw new Error('no target');
    desk.giveUp(reading.id, choice.target, chosen, { ...stop, code: 'relay-unreachable', hold: 'offline' });
    const before = clock.monotonicMs();
    const back = isBack();
    await desk.resumed();
    await back;
    expect([relay.seen.length, traffic.hasSleptSince(before)]).toEqual([1, true]);
    await settled();
    expect(way(await desk.choose(held, false))).toBe(`a/${chosen}`);
  });

  it('shows how every relay does', async () => {
    const [a, b] = [await modelList(), await modelList()];
    const { desk, clock } = await bench([relaySetting('a', a, { name: '' }), relaySetting('b', b, { confirmedHost: null })]);
    a.status = 401;
    await desk.check('a');
    expect(await desk.health()).toEqual([
      {
        relayId: 'a', title: a.host, host: a.host, confirmed: true, key: { state: 'none', lastFour: null, keychain: 'ok' }, check: { state: 'unauthorised', at: clock.now() },
        latencyMs: null, requestsInFlight: 0, limit: 2, paused: [],
      },
      { relayId: 'b', title: 'b', host: b.host, confirmed: false, key: { state: 'none', lastFour: null, keychain: 'ok' }, check: null, latencyMs: null, requestsInFlight: 0, limit: 2, paused: [] },
    ]);
  });
});
