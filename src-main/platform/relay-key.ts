import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { KeyState } from '../../src-shared/domain/views.ts';
import type { Clock } from './clock.ts';
import { keyFingerprint, readRelayKeyMarker, writeRelayKeyMarker } from './relay-key-marker.ts';
import type { RelayKeyMarker } from './relay-key-marker.ts';
import { lastFourOf, relayKeyFrom } from './relay-key-text.ts';
import type { SecretStore, SecretStoreState } from './secret-store.ts';

/** What the door needs. */
export interface RelayKeyDoorOptions {
  readonly secretStore: SecretStore;
  /** File beside the database that remembers that there is a key, never the key. */
  readonly markerPath: string;
  readonly clock: Clock;
  /** Host (with port, where there is one) of the relay in use; each has its own key, so that none is sent to another. */
  readonly host: () => string;
}

/** The only way to the relay's key. */
export interface RelayKeyDoor {
  /**
   * State of the key for the relay in use; asks the keychain. Never rejects.
   *
   * 'unavailable' with keychain 'ok' means that the key is lost: the keychain works and does not have it any more.
   */
  state(): Promise<KeyState>;
  /**
   * The key, from memory once it has been got; null when none was ever set.
   *
   * @throws {AppError} keychain-locked, keychain-unavailable, keychain-timeout when there is one that cannot be got.
   */
  key(): Promise<string | null>;
  /**
   * Sets the key; with `sessionOnly` it stays in this process's memory.
   *
   * @throws {AppError} key-malformed; keychain-* when it could not be stored (nothing has changed then).
   */
  set(text: string, sessionOnly: boolean): Promise<KeyState>;
  /**
   * Deletes the key everywhere, and makes sure that it is gone.
   *
   * @throws {AppError} keychain-* when it may still be there; it is then also still in use.
   */
  delete(): Promise<KeyState>;
}

interface HeldKey {
  readonly key: string;
  readonly isSessionOnly: boolean;
}

type Fetched =
  | ({ readonly kind: 'key' } & HeldKey)
  /** None was ever set. */
  | { readonly kind: 'none'; readonly keychain: SecretStoreState }
  /** There is one, but the keychain does not give it now, or (state 'ok') not any more. */
  | { readonly kind: 'withheld'; readonly keychain: SecretStoreState };

/**
 * Makes the door.
 *
 * @param options - See RelayKeyDoorOptions.
 * @see facts: reliability.md section 2.3
 */
export function createRelayKeyDoor({ secretStore, markerPath, clock, host }: RelayKeyDoorOptions): RelayKeyDoor {
  const held = new Map<string, HeldKey>();
  let asking: { readonly host: string; readonly answer: Promise<KeyState> } | null = null;

  /** A marker that cannot be read must not turn a stored key into a first run. */
  async function isMarked(relayHost: string): Promise<boolean> {
    const marker = await readRelayKeyMarker(markerPath);
    return marker === 'damaged' || Object.hasOwn(marker?.relays ?? {}, relayHost);
  }

  async function mark(relayHost: string, key: string | null): Promise<void> {
    const found = await readRelayKeyMarker(markerPath);
    const before: RelayKeyMarker = found === null || found === 'damaged'
      ? { schema: 'lungdesk.key-marker/1', salt: clock.newId(), relays: {} } : found;
    const others = Object.entries(before.relays).filter(([name]) => name !== relayHost);
    const own = key === null ? [] : [[relayHost, {
      keyPresent: true as const, keyFingerprint: keyFingerprint(before.salt, key), backend: secretStore.backend, createdAt: clock.now(),
    }] as const];
    await writeRelayKeyMarker(markerPath, { ...before, relays: Object.fromEntries([...others, ...own]) });
  }

  /** Null from the keychain is "none", "locked" or "lost": the marker and a probe tell which. */
  async function fetchKey(relayHost: string): Promise<Fetched> {
    const inMemory = held.get(relayHost);
    if (inMemory !== undefined) return { kind: 'key', ...inMemory };
    try {
      const key = await secretStore.get(relayHost);
      if (key !== null) {
        held.set(relayHost, { key, isSessionOnly: false });
        return { kind: 'key', key, isSessionOnly: false };
      }
      const keychain = await secretStore.probe();
      return await isMarked(relayHost) ? { kind: 'withheld', keychain } : { kind: 'none', keychain };
    } catch (error) {
      const keychain = keychainStateOf(error);
      return await isMarked(relayHost) ? { kind: 'withheld', keychain } : { kind: 'none', keychain };
    }
  }

  async function askState(relayHost: string): Promise<KeyState> {
    const fetched = await fetchKey(relayHost);
    switch (fetched.kind) {
      case 'key': {
        const lastFour = lastFourOf(fetched.key);
        return fetched.isSessionOnly
          ? { state: 'session-only', lastFour, keychain: 'unknown' } : { state: 'stored', lastFour, keychain: 'ok' };
      }
      case 'none':
        return { state: 'none', lastFour: null, keychain: fetched.keychain };
      case 'withheld':
        return { state: fetched.keychain === 'locked' ? 'locked' : 'unavailable', lastFour: null, keychain: fetched.keychain };
    }
  }

  /** Screens ask often; a keychain that hangs is asked once at a time. */
  function state(): Promise<KeyState> {
    const relayHost = host();
    if (asking?.host === relayHost) return asking.answer;
    const answer = askState(relayHost).finally(() => { if (asking?.answer === answer) asking = null; });
    asking = { host: relayHost, answer };
    return answer;
  }

  return {
    state,
    async key() {
      const fetched = await fetchKey(host());
      if (fetched.kind === 'withheld') throw withheldError(fetched.keychain);
      return fetched.kind === 'key' ? fetched.key : null;
    },
    async set(text, sessionOnly) {
      const relayHost = host();
      const key = relayKeyFrom(text);
      if (!sessionOnly) {
        const before = await readRelayKeyMarker(markerPath);
        // The marker comes first: a crash in between then asks for the key again instead of forgetting that there is one.
        await mark(relayHost, key);
        try {
          await secretStore.set(relayHost, key);
        } catch (error) {
          if (before === null) await mark(relayHost, null);
          else if (before !== 'damaged') await writeRelayKeyMarker(markerPath, before);
          throw error;
        }
      }
      held.set(relayHost, { key, isSessionOnly: sessionOnly });
      asking = null;
      return state();
    },
    async delete() {
      const relayHost = host();
      const fetched = await fetchKey(relayHost);
      const isStored = fetched.kind === 'withheld' || (fetched.kind === 'key' && !fetched.isSessionOnly) || await isMarked(relayHost);
      if (isStored) {
        await secretStore.delete(relayHost);
        if (await secretStore.get(relayHost) !== null) throw new AppError('keychain-unavailable', 'the keychain did not delete the key');
        // A locked keychain deletes nothing and answers null as well.
        const keychain = await secretStore.probe();
        if (keychain !== 'ok') throw withheldError(keychain);
        await mark(relayHost, null);
      }
      held.delete(relayHost);
      asking = null;
      return state();
    },
  };
}

function keychainStateOf(error: unknown): SecretStoreState {
  const { code } = problemOf(error);
  return code === 'keychain-locked' ? 'locked' : code === 'keychain-timeout' ? 'timeout' : 'unavailable';
}

function withheldError(keychain: SecretStoreState): AppError {
  switch (keychain) {
    case 'locked':
      return new AppError('keychain-locked', 'the keychain is locked; the key is in it', { retryable: true });
    case 'timeout':
      return new AppError('keychain-timeout', 'the keychain did not answer in time', { retryable: true });
    case 'unavailable':
      return new AppError('keychain-unavailable', 'the keychain that holds the key does not work now', { retryable: true });
    case 'ok':
      return new AppError('keychain-locked', 'the keychain does not have the key any more; it must be set again', { retryable: true });
  }
}
