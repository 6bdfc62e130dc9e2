import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemorySecretStore } from '../../../src-main/platform/memory-secret-store.ts';
import { createRelayKeys } from '../../../src-main/platform/relay-keys.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';

function keysFixture() {
  const secretStore = createMemorySecretStore();
  const markerPath = join(temporaryFolder(), 'relay-key.json');
  const open = () => createRelayKeys({ secretStore, markerPath, clock: manualClock() });
  return { secretStore, markerPath, open };
}

describe('createRelayKeys', () => {
  it('keeps each relay’s key apart', async () => {
    const { open, secretStore } = keysFixture();
    const keys = open();
    await keys.door('relay.example').set('sk-first-0123456789', false);
    await keys.door('second/relay.example').set('sk-second-0123456789', false);
    expect([await keys.door('relay.example').key(), await keys.door('second/relay.example').key(), await keys.door('third/relay.example').key()]).toEqual(['sk-first-0123456789', 'sk-second-0123456789', null]);
    await keys.door('relay.example').delete();
    expect([await secretStore.get('relay.example'), await secretStore.get('second/relay.example')]).toEqual([null, 'sk-second-0123456789']);
  });
  it('remembers every key that was stored at the same time', async () => {
    const { open, markerPath } = keysFixture();
    const keys = open();
    await Promise.all(Array.from({ length: 8 }, (_, index) => keys.door(`r${String(index)}/relay.example`).set(`sk-0123456789-${String(index)}`, false)));
    expect(Object.keys((JSON.parse(readFileSync(markerPath, 'utf8')) as { relays: object }).relays)).toHaveLength(8);
  });
  it('goes on after a key that could not be stored', async () => {
    const keys = keysFixture().open();
    await expect(keys.door('a').set('not a key', false)).rejects.toMatchObject({ code: 'key-malformed' });
    expect(await keys.door('a').set('sk-0123456789', true)).toMatchObject({ state: 'session-only' });
    // The same door every time: a key for the session is in it.
    expect(await keys.door('a').key()).toBe('sk-0123456789');
  });
});
