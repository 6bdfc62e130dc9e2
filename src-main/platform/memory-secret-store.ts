import { AppError } from '../../src-shared/domain/errors.ts';
import type { SecretStore } from './secret-store.ts';

/** Makes a store that forgets everything when the program ends, for machines without a keychain. */
export function createMemorySecretStore(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    backend: 'memory',
    probe: () => Promise.resolve('ok'),
    get: (name) => Promise.resolve(secrets.get(name) ?? null),
    set(name, value) {
      if (value === '' || value.includes('\0')) return Promise.reject(new AppError('key-malformed', 'the secret is empty or holds a NUL'));
      secrets.set(name, value);
      return Promise.resolve();
    },
    delete(name) {
      secrets.delete(name);
      return Promise.resolve();
    },
  };
}
