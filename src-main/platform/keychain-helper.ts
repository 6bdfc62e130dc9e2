import { keychainFaultOf } from './keychain-message.ts';
import type { KeychainAnswer, KeychainRequest } from './keychain-message.ts';

// The process that talks to the system's keychain, and does nothing else: a call may hang (prompt, stopped daemon) or take
// the process down (libsecret on foreign items), and then only this process is killed or lost. findCredentials is never
// called: it crashes on a locked keyring and on items of other programs (facts: reliability.md 0.4).

/** The little that keytar is used for. */
interface Keytar {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, password: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
}

/** Electron's utilityProcess gives a port; child_process.fork gives process.send. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
  postMessage(message: KeychainAnswer): void;
}

let loading: Promise<Keytar> | null = null;

function keytar(): Promise<Keytar> {
  loading ??= import('keytar').then((module): Keytar => (module as { readonly default?: Keytar }).default ?? module);
  return loading;
}

async function answer({ id, action, service, account, value }: KeychainRequest): Promise<KeychainAnswer> {
  try {
    const { getPassword, setPassword, deletePassword } = await keytar();
    if (action === 'get') return { id, ok: true, value: await getPassword(service, account) };
    if (action === 'set') await setPassword(service, account, value ?? '');
    else await deletePassword(service, account);
    return { id, ok: true, value: null };
  } catch (error) {
    return { id, ok: false, fault: keychainFaultOf(String(error instanceof Error ? error.message : error)) };
  }
}

const port = (process as { readonly parentPort?: ParentPort }).parentPort;
if (port) {
  port.on('message', ({ data }) => { void answer(data as KeychainRequest).then((message) => { port.postMessage(message); }); });
} else {
  process.on('message', (message) => { void answer(message as KeychainRequest).then((reply) => process.send?.(reply)); });
  // An orderly exit waits for the call that hangs.
  process.on('disconnect', () => { process.kill(process.pid, 'SIGKILL'); });
}
