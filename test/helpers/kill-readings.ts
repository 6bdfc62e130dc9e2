import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../src-main/store/open-database.ts';
import { writeSettings } from '../../src-main/store/setting-table.ts';
import { dataPaths, makeDataFolder } from '../../src-main/platform/paths.ts';
import { ctSlice } from './dicom-writer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const slices = 8;
/** Slices this large, of which nothing can be cut away, go one on a picture: of three pictures a request one is a slice, two are controls. */
const side = 512;

/** What one killed and resumed reading left behind. */
export interface KilledReading {
  readonly run: number;
  /** The kill came this long after so many requests had reached the relay; with 0 requests, after the start. */
  readonly afterRequests: number;
  readonly killAfterMs: number;
  /** Whether the process was still working when it was killed. */
  readonly interrupted: boolean;
  /** Chat requests whose headers reached the relay. */
  readonly relayRequests: number;
  /** Attempts that the ledger says were sent. */
  readonly sentAttempts: number;
  readonly unknownAttempts: number;
  readonly liveAttempts: number;
  readonly status: string;
}

/**
 * Kills readings with SIGKILL at seeded moments, starts LungDesk again on the same data folder, and compares what the
 * relay saw with what the ledger holds. The relay is a process of its own and counts as headers arrive.
 *
 * @param runs - How many readings; each has its own data folder and its own relay.
 * @param seed - Of the moments.
 */
export async function killReadings(runs: number, seed: number, onRun: (result: KilledReading) => void = () => undefined): Promise<readonly KilledReading[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lungdesk-kill-'));
  try {
    const exam = writeExam(join(folder, 'exam'));
    const wholeMs = await measureReading(folder, exam);
    const results: KilledReading[] = [];
    for (let run = 0; run < runs; run += 1) {
      // By what the relay has seen, so that kills fall all over a reading however fast the machine is just now.
      const afterRequests = Math.floor(draw(seed, 2 * run) * slices);
      const killAfterMs = Math.round(draw(seed, 2 * run + 1) * (afterRequests === 0 ? wholeMs * 0.6 : 40));
      const result = await killOne(join(folder, `run-${run}`), exam, { run, afterRequests, killAfterMs });
      results.push(result);
      onRun(result);
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killOne(folder: string, exam: string, plan: Pick<KilledReading, 'run' | 'afterRequests' | 'killAfterMs'>): Promise<KilledReading> {
  const home = join(folder, 'home');
  await prepareHome(home);
  const relay = await startRelay(join(folder, 'count'));
  try {
    const first = startReading(exam, home, relay.baseUrl, relay.token);
    const stopWatching = killWhen(first, join(folder, 'count'), plan);
    const interrupted = (await ended(first)) === null;
    stopWatching();
    const second = startReading(exam, home, relay.baseUrl, relay.token);
    const output = collect(second);
    await ended(second);
    const document = JSON.parse(await output) as { readonly status: string };
    const relayRequests = readCount(join(folder, 'count'));
    const database = openDatabase({ path: dataPaths(home).database, key: null });
    const attempts = await database.selectFrom('attempt').select(['state', 'sent_at']).execute();
    await database.destroy();
    return {
      ...plan,
      interrupted,
      relayRequests,
      sentAttempts: attempts.filter((attempt) => attempt.sent_at !== null && attempt.state !== 'void').length,
      unknownAttempts: attempts.filter((attempt) => attempt.state === 'unknown').length,
      liveAttempts: attempts.filter((attempt) => attempt.state === 'reserved' || attempt.state === 'sent').length,
      status: document.status,
    };
  } finally {
    await relay.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills the process once the relay has seen enough; returns how to stop waiting for that. */
function killWhen(child: ChildProcess, countFile: string, { afterRequests, killAfterMs }: Pick<KilledReading, 'afterRequests' | 'killAfterMs'>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const look = setInterval(() => {
    if (timer !== undefined || readCount(countFile) < afterRequests) return;
    timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  }, 2);
  return () => {
    clearInterval(look);
    clearTimeout(timer);
  };
}

function writeExam(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const pixels = new Int16Array(side * side).fill(1024);
  for (let index = 0; index < slices; index += 1) {
    writeFileSync(join(folder, `${index}.dcm`), ctSlice({ rows: side, columns: side, pixels, instanceNumber: index + 1, position: [-160, -160, 2.5 * index] }));
  }
  return folder;
}

async function prepareHome(home: string): Promise<void> {
  const paths = dataPaths(home);
  makeDataFolder(paths);
  const database = openDatabase({ path: paths.database, key: null });
  // Many small requests, so that a kill meets every stage of one.
  await writeSettings(database, { readingMode: 'slices', imagesPerRequest: 3, requestsInFlight: 3 });
  await database.destroy();
}

async function measureReading(folder: string, exam: string): Promise<number> {
  const home = join(folder, 'measure');
  await prepareHome(home);
  const relay = await startRelay(join(folder, 'measure-count'));
  const started = performance.now();
  await ended(startReading(exam, home, relay.baseUrl, relay.token));
  const spent = performance.now() - started;
  await relay.stop();
  return spent;
}

function startReading(exam: string, home: string, baseUrl: string, token: string): ChildProcess {
  return spawn(
    process.execPath,
    [join(root, 'src-main/cli.ts'), 'read', exam, '--json', '--relay', baseUrl, '--model', 'glm-5.3-flash', '--home', home],
    { env: { ...process.env, LUNGDESK_RELAY_KEY: token }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

async function startRelay(countFile: string): Promise<{ readonly baseUrl: string; readonly token: string; stop(): Promise<void> }> {
  mkdirSync(join(countFile, '..'), { recursive: true });
  writeFileSync(countFile, '');
  const faults = JSON.stringify({ seed: 1, rate: 1, faults: [{ kind: 'slow', ms: 25 }] });
  const relay = spawn(
    process.execPath,
    [join(root, 'test/helpers/practice-relay-process.ts'), '--models', 'any', '--count-file', countFile, '--faults', faults],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: relay.stdout }).once('line', resolve);
    relay.once('exit', () => reject(new Error('the relay did not start')));
  });
  const { baseUrl, token } = JSON.parse(line) as { baseUrl: string; token: string };
  return {
    baseUrl,
    token,
    async stop() {
      relay.stdin.end();
      await ended(relay);
    },
  };
}

/** Exit code; null when a signal ended the process. */
function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

async function collect(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  return text;
}

function readCount(countFile: string): number {
  return readFileSync(countFile, 'utf8').split('\n').filter((line) => line !== '').length;
}

/** A number in [0, 1) that is always the same for a seed and an index (splitmix32). */
function draw(seed: number, index: number): number {
  let state = (seed + Math.imul(index + 1, 0x9e3779b9)) | 0;
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32;
}
