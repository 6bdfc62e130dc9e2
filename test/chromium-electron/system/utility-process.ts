import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';

/** electron's UtilityProcess over child_process.fork. */
export class StandinUtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'postMessage' | 'stdout' | 'stderr'> {
  readonly #child: ChildProcess;
  readonly #waiting: unknown[] = [];
  #hasSpawned = false;

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    const stdio = typeof options.stdio === 'string' ? options.stdio : 'inherit';
    const streams = stdio === 'pipe' ? (['pipe', 'pipe'] as const) : stdio === 'ignore' ? (['ignore', 'ignore'] as const) : (['inherit', 'inherit'] as const);
    this.#child = fork(modulePath, [...args], {
      serialization: 'advanced',
      stdio: ['ignore', ...streams, 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', fileURLToPath(new URL('./utility-child.ts', import.meta.url)), ...(options.execArgv ?? [])],
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.#child.once('spawn', () => {
      this.#hasSpawned = true;
      this.emit('spawn');
      for (const message of this.#waiting.splice(0)) this.postMessage(message);
    });
    this.#child.on('message', (message) => this.emit('message', (message as { data: unknown }).data));
    this.#child.on('error', (error) => this.emit('error', 'FatalError', error.message, ''));
    this.#child.once('exit', (code) => this.emit('exit', code ?? 1));
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  get stdout(): Readable | null {
    return this.#child.stdout;
  }

  get stderr(): Readable | null {
    return this.#child.stderr;
  }

  kill(): boolean {
    return this.#child.kill();
  }

  postMessage(message: unknown): void {
    if (!this.#hasSpawned) this.#waiting.push(message);
    else if (this.#child.connected) this.#child.send({ data: message });
  }
}

/** electron's utilityProcess. */
export const utilityProcess = {
  fork: (modulePath: string, args: readonly string[] = [], options: Electron.ForkOptions = {}) => new StandinUtilityProcess(modulePath, args, options),
};
