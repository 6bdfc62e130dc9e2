import { createRelayKeyDoor } from './relay-key.ts';
import type { RelayKeyDoor, RelayKeyDoorOptions } from './relay-key.ts';

/** Keys of all relays; each relay has its own door. */
export interface RelayKeys {
  /**
   * Door to one relay's key; the same one every time.
   *
   * @param account - From relayKeyAccount; it holds the relay's host, so that no key is ever sent to another host.
   */
  door(account: string): RelayKeyDoor;
}

/**
 * Opens the doors to the relays' keys. Keys are stored and deleted one at a time: they share one marker file.
 *
 * @param options - Keychain, marker file, clock.
 */
export function createRelayKeys(options: Omit<RelayKeyDoorOptions, 'host'>): RelayKeys {
  const doors = new Map<string, RelayKeyDoor>();
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  }
  function open(account: string): RelayKeyDoor {
    const door = createRelayKeyDoor({ ...options, host: () => account });
    return {
      ...door,
      set: (text, sessionOnly) => inTurn(() => door.set(text, sessionOnly)),
      delete: () => inTurn(() => door.delete()),
    };
  }
  return {
    door(account) {
      const known = doors.get(account) ?? open(account);
      doors.set(account, known);
      return known;
    },
  };
}
