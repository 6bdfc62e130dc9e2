import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KeychainRequest } from './keychain-message.ts';
import { siblingModule } from './sibling-module.ts';

/** The keychain helper as its owner sees it; Electron's shell gives one made of utilityProcess.fork. */
export interface HelperProcess {
  postMessage(message: KeychainRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the process has ended or could not be started. */
  onExit(listener: () => void): void;
  /** Ends the process at once, also while a call hangs in it. */
  kill(): void;
}

/** Path of the module that the helper process runs, from source and from the built output. */
export function keychainHelperPath(): string {
  return fileURLToPath(siblingModule(import.meta.url, './keychain-helper'));
}

/** Starts the helper with plain Node; the RunAsNode fuse rules this out in the packaged app. */
export function forkKeychainHelper(): HelperProcess {
  const child = fork(keychainHelperPath(), [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  // The helper must not keep the program alive; while a call is under way its deadline does.
  child.unref();
  child.channel?.unref();
  return {
    postMessage(message) {
      // A channel that is closed already ends in the exit event.
      child.send(message, () => undefined);
    },
    onMessage(listener) { child.on('message', listener); },
    onExit(listener) {
      let isTold = false;
      function tell(): void {
        if (isTold) return;
        isTold = true;
        listener();
      }
      child.once('exit', tell);
      child.once('error', tell);
    },
    kill() { child.kill('SIGKILL'); },
  };
}
