/** What a keychain can do right now. */
export type SecretStoreState = 'ok' | 'locked' | 'unavailable' | 'timeout';

/**
 * A place for short secrets.
 *
 * `get` answers null both for "no such secret" and, on Linux, for "the keychain is locked": only someone who remembers
 * that there was one can tell them apart (relay-key.ts does, with its marker).
 */
export interface SecretStore {
  /** What keeps the secrets: the system's keychain, or this process's memory for the session. */
  readonly backend: 'keychain' | 'memory';
  /** Whether it works: writes, reads, compares and deletes a random value. Never rejects. */
  probe(): Promise<SecretStoreState>;
  /** @throws {AppError} keychain-locked, keychain-unavailable, keychain-timeout */
  get(name: string): Promise<string | null>;
  /** Stores and reads back. @throws {AppError} as get; key-malformed for an empty value or one with a NUL */
  set(name: string, value: string): Promise<void>;
  /** Deletes; a secret that is not there (or cannot be seen) is no error. @throws {AppError} as get */
  delete(name: string): Promise<void>;
}
