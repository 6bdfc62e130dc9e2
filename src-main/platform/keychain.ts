import { AppError } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Clock } from './clock.ts';
import { keychainAnswerSchema } from './keychain-message.ts';
import type { KeychainAnswer, KeychainRequest } from './keychain-message.ts';
import { forkKeychainHelper } from './keychain-process.ts';
import type { HelperProcess } from './keychain-process.ts';
import type { SecretStore, SecretStoreState } from './secret-store.ts';

/** What the keychain is made of. */
export interface KeychainOptions {
  readonly clock: Clock;
  /** Starts the helper process. Default: child_process.fork. */
  readonly spawnHelper?: () => HelperProcess;
  /** Longest wait for one call, ms; then the helper is killed. Default 10 000. */
  readonly deadlineMs?: number;
  /** Name that all secrets are kept under. Default 'LungDesk'. */
  readonly service?: string;
}

/** The system's keychain, with an end. */
export interface Keychain extends SecretStore {
  /** Ends the helper process; calls that are under way or come later reject. */
  close(): void;
}

type Request = Omit<KeychainRequest, 'id' | 'service'>;
type Fault = Exclude<SecretStoreState, 'ok'>;

const codeOf: Readonly<Record<Fault, ErrorCode>> = {
  locked: 'keychain-locked', unavailable: 'keychain-unavailable', timeout: 'keychain-timeout',
};
const textOf: Readonly<Record<Fault, string>> = {
  locked: 'the keychain is locked', unavailable: 'this machine offers no keychain that works',
  timeout: 'the keychain did not answer in time',
};
const probeAccount = '__probe__';

/**
 * Opens the system's keychain (Secret Service, Keychain, Credential Manager) through keytar in a helper process.
 *
 * One call is in flight at a time: each call that waits for a prompt holds a thread of its process's pool, and four of
 * them stop all file work there (facts: reliability.md 0.5). A helper that crashes counts as an unavailable keychain; the
 * next call starts a new one.
 *
 * @param options - See KeychainOptions.
 */
export function createKeychain(options: KeychainOptions): Keychain {
  const { clock } = options;
  const spawnHelper = options.spawnHelper ?? forkKeychainHelper;
  const deadlineMs = options.deadlineMs ?? 10_000;
  const service = options.service ?? 'LungDesk';
  let helper: HelperProcess | null = null;
  let settleCall: ((answer: KeychainAnswer | Fault) => void) | null = null;
  let callId = 0;
  let isClosed = false;
  let tail: Promise<unknown> = Promise.resolve();

  function startHelper(): HelperProcess {
    const started = spawnHelper();
    started.onMessage((message) => {
      const answer = keychainAnswerSchema.safeParse(message);
      if (helper === started && answer.success && answer.data.id === callId) settleCall?.(answer.data);
    });
    started.onExit(() => {
      if (helper !== started) return;
      helper = null;
      settleCall?.('unavailable');
    });
    return started;
  }

  function dropHelper(): void {
    const dropped = helper;
    helper = null;
    dropped?.kill();
  }

  /** A helper that lived through a restart of the system's keyring holds a dead connection to it: a new one is tried once. */
  async function callTwice(request: Request): Promise<string | null> {
    const isFresh = helper === null;
    try {
      return await callNow(request);
    } catch (error) {
      if (isFresh || !(error instanceof AppError) || error.code !== 'keychain-unavailable') throw error;
      dropHelper();
      return callNow(request);
    }
  }

  async function callNow(request: Request): Promise<string | null> {
    if (isClosed) throw keychainError('unavailable');
    const settled = Promise.withResolvers<KeychainAnswer | Fault>();
    settleCall = settled.resolve;
    callId += 1;
    const done = new AbortController();
    void clock.wait(deadlineMs, done.signal).then(() => { settled.resolve('timeout'); }, () => undefined);
    try {
      helper ??= startHelper();
      helper.postMessage({ ...request, service, id: callId });
      const answer = await settled.promise;
      if (typeof answer === 'string') throw keychainError(answer);
      if (!answer.ok) throw keychainError(answer.fault);
      return answer.value;
    } catch (error) {
      // A call that is late still hangs in the helper; the next one must not wait behind it.
      if (error instanceof AppError && error.code === 'keychain-timeout') dropHelper();
      throw error;
    } finally {
      settleCall = null;
      done.abort();
    }
  }

  function call(action: KeychainRequest['action'], account: string, value: string | null = null): Promise<string | null> {
    const result = tail.then(() => callTwice({ action, account, value }));
    tail = result.catch(() => undefined);
    return result;
  }

  async function set(name: string, value: string): Promise<void> {
    // keytar cuts a value at its first NUL without a word.
    if (value === '' || value.includes('\0')) throw new AppError('key-malformed', 'the secret is empty or holds a NUL');
    await call('set', name, value);
    if (await call('get', name) !== value) throw new AppError('keychain-unavailable', 'the keychain did not keep what it was given');
  }

  return {
    backend: 'keychain',
    get: (name) => call('get', name),
    set,
    async delete(name) {
      await call('delete', name);
    },
    async probe() {
      try {
        const value = clock.newId();
        await set(probeAccount, value);
        await call('delete', probeAccount);
        return 'ok';
      } catch (error) {
        const fault = error instanceof AppError ? error.code : 'keychain-unavailable';
        return (Object.keys(codeOf) as Fault[]).find((name) => codeOf[name] === fault) ?? 'unavailable';
      }
    },
    close() {
      isClosed = true;
      dropHelper();
      settleCall?.('unavailable');
    },
  };
}

function keychainError(fault: Fault): AppError {
  return new AppError(codeOf[fault], textOf[fault], { retryable: true });
}
