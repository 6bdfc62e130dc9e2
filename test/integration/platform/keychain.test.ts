import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../../src-main/platform/keychain.ts';
import type { KeychainRequest } from '../../../src-main/platform/keychain-message.ts';
import type { HelperProcess } from '../../../src-main/platform/keychain-process.ts';
import { createMemorySecretStore } from '../../../src-main/platform/memory-secret-store.ts';
import { manualClock } from '../../helpers/manual-clock.ts';

/** A helper under the test's control: it answers by `reply`, or not at all when that gives nothing. */
function helperFixture(reply: (request: KeychainRequest) => unknown) {
  const seen: KeychainRequest[] = [];
  const spawned: { isKilled: boolean; exit: () => void }[] = [];
  function spawnHelper(): HelperProcess {
    let tell: (message: unknown) => void = () => undefined;
    const state = { isKilled: false, exit: () => undefined as void };
    spawned.push(state);
    return {
      postMessage(request) {
        seen.push(request);
        const message = reply(request);
        if (message !== undefined) queueMicrotask(() => { tell(message); });
      },
      onMessage(listener) { tell = listener; },
      onExit(listener) { state.exit = listener; },
      kill() { state.isKilled = true; },
    };
  }
  return { seen, spawned, spawnHelper };
}

describe('createKeychain', () => {
  it('has one call in flight at a time', async () => {
    const waiting: KeychainRequest[] = [];
    let tell: (message: unknown) => void = () => undefined;
    const keychain = createKeychain({
      clock: manualClock(),
      spawnHelper: () => ({
        postMessage: (request) => { waiting.push(request); }, onMessage: (listener) => { tell = listener; }, onExit: () => undefined, kill: () => undefined,
      }),
    });
    const answers = Promise.all([keychain.get('a'), keychain.get('b'), keychain.get('c')]);
    for (const [index, account] of ['a', 'b', 'c'].entries()) {
      await new Promise(setImmediate);
      expect(waiting.map((request) => request.account)).toEqual(['a', 'b', 'c'].slice(0, index + 1));
      tell({ id: 999, ok: true, value: 'of another call' });
      tell({ id: waiting[index]?.id, ok: true, value: account });
    }
    expect(await answers).toEqual(['a', 'b', 'c']);
  });

  it('kills a helper that is late and starts another', async () => {
    const clock = manualClock();
    const helper = helperFixture(({ id, account }) => (account === 'hangs' ? undefined : { id, ok: true, value: 'x' }));
    const keychain = createKeychain({ clock, spawnHelper: helper.spawnHelper });
    const late = expect(keychain.get('hangs')).rejects.toMatchObject({ code: 'keychain-timeout', retryable: true });
    await new Promise(setImmediate);
    clock.advance(9999);
    await new Promise(setImmediate);
    expect(helper.spawned[0]?.isKilled).toBe(false);
    clock.advance(1);
    await late;
    expect(helper.spawned.map(({ isKilled }) => isKilled)).toEqual([true]);
    expect(await keychain.get('fine')).toBe('x');
    expect(helper.spawned).toHaveLength(2);
  });

  it('tries once more with a new helper when one that was used before finds no keychain', async () => {
    let isRestarted = false;
    const helper = helperFixture(({ id }) => (isRestarted && helper.spawned.length === 1
      ? { id, ok: false, fault: 'unavailable' } : { id, ok: true, value: 'x' }));
    const keychain = createKeychain({ clock: manualClock(), spawnHelper: helper.spawnHelper });
    expect(await keychain.get('a')).toBe('x');
    isRestarted = true;
    expect(await keychain.get('a')).toBe('x');
    expect(helper.spawned.map(({ isKilled }) => isKilled)).toEqual([true, false]);
  });

  it('refuses calls after it was closed', async () => {
    const helper = helperFixture(({ id }) => ({ id, ok: true, value: 'x' }));
    const keychain = createKeychain({ clock: manualClock(), spawnHelper: helper.spawnHelper });
    await keychain.get('a');
    keychain.close();
    await expect(keychain.get('a')).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(helper.spawned.map(({ isKilled }) => isKilled)).toEqual([true]);
  });

  it('takes a helper that crashes for an unavailable keychain', async () => {
    const helper = helperFixture(({ id, account }) => (account === 'crash' ? undefined : { id, ok: true, value: 'x' }));
    const keychain = createKeychain({ clock: manualClock(), spawnHelper: helper.spawnHelper });
    const crashed = expect(keychain.get('crash')).rejects.toMatchObject({ code: 'keychain-unavailable' });
    await new Promise(setImmediate);
    helper.spawned[0]?.exit();
    await crashed;
    expect(await keychain.get('fine')).toBe('x');
  });

  it('notices when the keychain did not keep what it was given', async () => {
    const { spawnHelper } = helperFixture(({ id, action }) => ({ id, ok: true, value: action === 'get' ? 'a' : null }));
    const keychain = createKeychain({ clock: manualClock(), spawnHelper });
    await expect(keychain.set('name', 'a\u0300')).rejects.toMatchObject({ code: 'keychain-unavailable' });
    expect(await keychain.probe()).toBe('unavailable');
  });

  it.each(['', 'a\0b'])('refuses to store %j', async (value) => {
    const { seen, spawnHelper } = helperFixture(() => undefined);
    for (const store of [createKeychain({ clock: manualClock(), spawnHelper }), createMemorySecretStore()]) {
      await expect(store.set('name', value)).rejects.toMatchObject({ code: 'key-malformed' });
    }
    expect(seen).toEqual([]);
  });
});
