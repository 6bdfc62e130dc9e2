import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { utilityProcess } from 'electron';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { createKeychain } from '../../../src-main/platform/keychain.ts';
import { spawnKeychainHelper } from '../../../src-main/shell/keychain-spawner.ts';

/** Electron's utility process as far as the helper needs it, answering like the helper's own code would. */
class Child extends EventEmitter {
  readonly got: unknown[] = [];
  postMessage(message: { readonly id: number }): void {
    this.got.push(message);
    setImmediate(() => this.emit('message', { id: message.id, ok: true, value: 'secret' }));
  }
  kill(): boolean {
    this.emit('exit', 0);
    return true;
  }
}

function fork(children: Child[], calls: unknown[][]): Pick<typeof utilityProcess, 'fork'> {
  return {
    fork: (...call: unknown[]) => {
      calls.push(call);
      const child = new Child();
      children.push(child);
      return child as never;
    },
  };
}

describe('spawnKeychainHelper', () => {
  it('carries the keychain\'s calls and answers, without the program\'s output', async () => {
    const children: Child[] = [];
    const calls: unknown[][] = [];
    const keychain = createKeychain({ clock: systemClock, spawnHelper: () => spawnKeychainHelper(fork(children, calls), '/app/helper.js') });
    expect(await keychain.get('relay')).toBe('secret');
    expect(calls).toEqual([['/app/helper.js', [], { serviceName: 'LungDesk keychain', stdio: 'ignore' }]]);
    expect(children[0]?.got).toMatchObject([{ action: 'get', account: 'relay' }]);
    keychain.close();
  });

  it('tells when the helper has ended, and a new one is started for the next call', async () => {
    const children: Child[] = [];
    const keychain = createKeychain({ clock: systemClock, spawnHelper: () => spawnKeychainHelper(fork(children, []), '/app/helper.js') });
    await keychain.get('relay');
    children[0]?.emit('exit', 139);
    expect(await keychain.get('relay')).toBe('secret');
    expect(children.length).toBe(2);
    keychain.close();
  });
});
