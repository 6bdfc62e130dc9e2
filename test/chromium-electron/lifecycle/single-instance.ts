import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a second start hands to the first. */
export interface SecondStart {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/* Runs in a short-lived Node, so that requestSingleInstanceLock can answer synchronously. Exit 0: the first has read it. */
const DELIVER = `const [address, text] = process.argv.slice(1);
const until = Date.now() + 3000;
(function attempt() {
  const socket = require('node:net').connect(address, () => socket.end(text));
  socket.on('data', () => process.exit(0));
  socket.on('error', () => (Date.now() < until ? setTimeout(attempt, 50) : process.exit(1)));
})();`;

/** The lock of one userData folder: a file that names the first instance's process, and a socket that reaches it. */
export class SingleInstance {
  #server: Server | undefined;
  #lockFile: string | undefined;

  get isHeld(): boolean {
    return this.#server !== undefined;
  }

  /**
   * Takes the lock, or hands this start over to the instance that has it.
   *
   * @returns True when this process now is the first instance.
   */
  request(userData: string, start: SecondStart, onSecond: (start: SecondStart) => void): boolean {
    if (this.isHeld) return true;
    mkdirSync(userData, { recursive: true });
    const lockFile = join(userData, 'SingletonLock');
    const address = join(tmpdir(), `chromium-electron-${createHash('sha256').update(userData).digest('hex').slice(0, 24)}.sock`);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        writeFileSync(lockFile, String(process.pid), { flag: 'wx', mode: 0o600 });
        this.#listen(address, onSecond);
        this.#lockFile = lockFile;
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (isAlive(lockFile) && deliver(address, start)) return false;
      // Its owner died without removing it.
      rmSync(lockFile, { force: true });
    }
    return false;
  }

  release(): void {
    this.#server?.close();
    this.#server = undefined;
    if (this.#lockFile !== undefined) rmSync(this.#lockFile, { force: true });
    this.#lockFile = undefined;
  }

  #listen(address: string, onSecond: (start: SecondStart) => void): void {
    rmSync(address, { force: true });
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', () => socket.destroy());
      socket.on('end', () => {
        socket.end('ok');
        onSecond(JSON.parse(Buffer.concat(chunks).toString('utf8')) as SecondStart);
      });
    });
    this.#server.listen(address);
    this.#server.unref();
  }
}

function deliver(address: string, start: SecondStart): boolean {
  const { status } = spawnSync(process.execPath, ['-e', DELIVER, address, JSON.stringify(start)], { stdio: 'ignore', env: {} });
  return status === 0;
}

function isAlive(lockFile: string): boolean {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
