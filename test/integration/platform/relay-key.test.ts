import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { createRelayKeyDoor } from '../../../src-main/platform/relay-key.ts';
import type { SecretStore, SecretStoreState } from '../../../src-main/platform/secret-store.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

/** A keychain whose state the test decides; locked as libsecret is: reads null, deletes nothing, refuses to write. */
function storeFixture() {
  const secrets = new Map<string, string>();
  const control: { state: SecretStoreState; gets: number } = { state: 'ok', gets: 0 };
  const store = Object.assign(control, {
    secrets,
    backend: 'keychain' as const,
    fail(): void {
      if (control.state === 'unavailable') throw new AppError('keychain-unavailable', 'none');
      if (control.state === 'timeout') throw new AppError('keychain-timeout', 'late');
    },
    probe: (): Promise<SecretStoreState> => Promise.resolve(control.state),
    get: (name: string): Promise<string | null> => Promise.resolve().then(() => { control.gets += 1; store.fail(); return control.state === 'locked' ? null : secrets.get(name) ?? null; }),
    set: (name: string, value: string): Promise<void> => Promise.resolve().then(() => {
      store.fail();
      if (control.state === 'locked') throw new AppError('keychain-locked', 'locked');
      secrets.set(name, value);
    }),
    delete: (name: string): Promise<void> => Promise.resolve().then(() => { store.fail(); if (control.state === 'ok') secrets.delete(name); }),
  }) satisfies SecretStore;
  return store;
}

const longKey = 'sk-canary-0123456789';

function doorFixture() {
  const folder = mkdtempSync(join(tmpdir(), 'lungdesk-key-'));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  const markerPath = join(folder, 'relay-key.json');
  const store = storeFixture();
  const relay = { host: 'relay.example' };
  const open = () => createRelayKeyDoor({ secretStore: store, markerPath, clock: manualClock(), host: () => relay.host });
  return { folder, markerPath, store, relay, open };
}

describe('createRelayKeyDoor', () => {
  it('starts without a key', async () => {
    const { open } = doorFixture();
    expect(await open().state()).toEqual({ state: 'none', lastFour: null, keychain: 'ok' });
    expect(await open().key()).toBeNull();
    expect(await open().delete()).toMatchObject({ state: 'none' });
  });

  it('stores a key, remembers it without knowing it, and asks the keychain once', async () => {
    const { markerPath, folder, store, open } = doorFixture();
    expect(await open().set(`  ${longKey}\n`, false)).toEqual({ state: 'stored', lastFour: '6789', keychain: 'ok' });
    const marker = readFileSync(markerPath, 'utf8');
    expect(marker).not.toContain(longKey);
    expect(JSON.parse(marker)).toMatchObject({ relays: { 'relay.example': { keyPresent: true, backend: 'keychain' } } });
    expect(statSync(markerPath).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['relay-key.json']);

    const next = open();
    store.gets = 0;
    expect([await next.key(), await next.key(), await next.state()]).toEqual([longKey, longKey, { state: 'stored', lastFour: '6789', keychain: 'ok' }]);
    expect(store.gets).toBe(1);
  });

  it.each([
    { state: 'locked' as const, code: 'keychain-locked', shown: 'locked' },
    { state: 'unavailable' as const, code: 'keychain-unavailable', shown: 'unavailable' },
    { state: 'timeout' as const, code: 'keychain-timeout', shown: 'unavailable' },
  ])('does not take a keychain that is $state for a first run, and recovers', async ({ state, code, shown }) => {
    const { store, open } = doorFixture();
    await open().set(longKey, false);
    store.state = state;
    const door = open();
    await expect(door.key()).rejects.toMatchObject({ code, retryable: true });
    expect(await door.state()).toEqual({ state: shown, lastFour: null, keychain: state });
    store.state = 'ok';
    expect(await door.key()).toBe(longKey);
  });

  it('says that a key is lost when the keychain works and does not have it', async () => {
    const { store, open } = doorFixture();
    await open().set(longKey, false);
    store.secrets.clear();
    await expect(open().key()).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(await open().state()).toEqual({ state: 'unavailable', lastFour: null, keychain: 'ok' });
  });

  it.each(['{', '', '{"schema":"lungdesk.key-marker/2"}'])('takes the damaged marker %j for a key that was there', async (text) => {
    const { markerPath, open } = doorFixture();
    writeFileSync(markerPath, text);
    await expect(open().key()).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(await open().set(longKey, false)).toMatchObject({ state: 'stored' });
    expect(await open().key()).toBe(longKey);
  });

  it.each(['locked', 'unavailable', 'timeout'] as const)('works for the session when the keychain is %s, leaving nothing on disk', async (state) => {
    const { folder, store, open } = doorFixture();
    store.state = state;
    const door = open();
    expect(await door.state()).toEqual({ state: 'none', lastFour: null, keychain: state });
    expect(await door.key()).toBeNull();
    await expect(door.set(longKey, false)).rejects.toMatchObject({ code: `keychain-${state}` });
    expect(await door.state()).toMatchObject({ state: 'none' });
    expect(await door.set(longKey, true)).toEqual({ state: 'session-only', lastFour: '6789', keychain: 'unknown' });
    expect(await door.key()).toBe(longKey);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join()).not.toContain('canary');
    expect(await door.delete()).toMatchObject({ state: 'none' });
    expect(await open().key()).toBeNull();
  });

  it('goes on with the key in memory when the keychain locks, and reports that it cannot delete', async () => {
    const { store, open } = doorFixture();
    const door = open();
    await door.set(longKey, false);
    store.state = 'locked';
    expect(await door.key()).toBe(longKey);
    await expect(door.delete()).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(await door.state()).toMatchObject({ state: 'stored' });
    store.state = 'ok';
    expect(await door.delete()).toEqual({ state: 'none', lastFour: null, keychain: 'ok' });
    expect([store.secrets.size, await open().key()]).toEqual([0, null]);
  });

  it('keeps the old key when a new one cannot be stored', async () => {
    const { store, markerPath, open } = doorFixture();
    const door = open();
    await door.set(longKey, false);
    const marker = readFileSync(markerPath, 'utf8');
    store.state = 'locked';
    await expect(door.set('sk-other-9876543210', false)).rejects.toMatchObject({ code: 'keychain-locked' });
    expect([await door.key(), readFileSync(markerPath, 'utf8')]).toEqual([longKey, marker]);
  });

  it('never gives one relay the key of another', async () => {
    const { relay, open } = doorFixture();
    const door = open();
    await door.set(longKey, false);
    relay.host = 'other.example:8443';
    expect([await door.key(), await door.state()]).toEqual([null, { state: 'none', lastFour: null, keychain: 'ok' }]);
    await door.set('sk-second-0123456789', true);
    relay.host = 'relay.example';
    expect(await door.key()).toBe(longKey);
    relay.host = '__proto__';
    expect(await door.key()).toBeNull();
  });

  it('refuses a malformed key before anything is touched', async () => {
    const { folder, store, open } = doorFixture();
    await expect(open().set('two\nlines', false)).rejects.toMatchObject({ code: 'key-malformed' });
    expect([readdirSync(folder), store.secrets.size]).toEqual([[], 0]);
  });
});
