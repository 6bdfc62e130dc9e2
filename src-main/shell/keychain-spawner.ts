import type { UtilityProcess, utilityProcess } from 'electron';
import type { HelperProcess } from '../platform/keychain-process.ts';

/**
 * Starts the keychain helper as an Electron utility process; the packaged program cannot fork itself as Node (RunAsNode fuse).
 *
 * @param fork - Electron's utilityProcess, after 'ready'.
 * @param helperPath - Absolute path of the helper's module.
 */
export function spawnKeychainHelper(fork: Pick<typeof utilityProcess, 'fork'>, helperPath: string): HelperProcess {
  const child: UtilityProcess = fork.fork(helperPath, [], { serviceName: 'LungDesk keychain', stdio: 'ignore' });
  return {
    postMessage: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
