import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AttemptLedger } from '../../src-main/ledger/attempt-ledger.ts';
import { restReading } from '../../src-main/reading/merge-reading.ts';
import { reload } from '../../src-main/reading/reading-desk.ts';
import { isCancellable } from '../../src-main/reading/reading-state.ts';
import { runReading } from '../../src-main/reading/run-reading.ts';
import { startPracticeRelay } from '../../src-main/relay/practice-relay/practice-relay.ts';
import type { StructureFinder } from '../../src-main/relay/practice-relay/structure-finder.ts';
import type { RelayTransport } from '../../src-main/relay/transport.ts';
import type { BadCertificate, Certificate } from './certificates.ts';
import { faultClock } from './fault-clock.ts';
import { hooksOf } from './moments.ts';
import type { NamedFault } from './named-fault.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { readingId } from './planned-exam.ts';
import type { PlannedExam } from './planned-exam.ts';
import { relayKey as key } from './relay-key.ts';
import { layRoute } from './routes.ts';
import { isInFiles, openStation } from './station.ts';
import type { Station, StationOptions } from './station.ts';
import { layLink } from './tcp-link.ts';

/** What all faults share; none of it remembers anything. */
export interface FaultRig {
  /** For a folder of each fault. */
  readonly folder: string;
  readonly exam: PlannedExam;
  readonly finder: StructureFinder;
  /** Null where openssl is missing. */
  readonly certificates: Readonly<Record<BadCertificate, Certificate>> | null;
  readonly seed: number;
}

/** What a killed process is started with. */
export type ChildOptions = Pick<StationOptions, 'database' | 'outbox' | 'pictures' | 'baseUrl' | 'key'> & { readonly seed: number };

/**
 * Takes a planned reading through one fault, on a data folder, a relay and a link of its own.
 *
 * @returns What came of it: what the ledger holds and what the relay saw.
 */
export async function driveFault(fault: NamedFault, rig: FaultRig): Promise<Observed> {
  const folder = join(rig.folder, fault.name);
  mkdirSync(folder);
  const files = { database: join(folder, 'lungdesk.sqlite'), outbox: join(folder, 'outbox'), pictures: rig.exam.pictures };
  copyFileSync(rig.exam.database, files.database);
  const abort = new AbortController();
  let crashed = Promise.withResolvers<'crashed'>();
  const crash = (): void => { crashed.resolve('crashed'); };
  let station: Station | null = null;
  const clock = faultClock(rig.seed, () => { hooks.onPause?.(); });
  const hooks = hooksOf(fault, { clock, crash, cancel: () => { abort.abort(new DOMException('stopped by a person', 'AbortError')); }, sleep: () => { station?.wakeUp(); } });
  const linkParts = { clock, toxic: fault.toxic, spoiled: fault.spoiled, onRequest: (index: number) => { hooks.onRequest?.(index); } };

  let routeFaults: NamedFault['relay'][number] = [];
  // The plan is read as requests come: the route's own faults are known by then.
  const faults = { get script() { return routeFaults.length > 0 ? [[...routeFaults]] : fault.relay.map((one) => [...one]); }, get repeatLast() { return fault.forEver || routeFaults.length > 0; } };
  const relay = await startPracticeRelay({ finder: rig.finder, models: 'any', token: key, faults });
  const link = await layLink({ ...linkParts, port: Number(relay.baseUrl.port) });
  const route = await layRoute(fault.route, { linkPort: link.port, clock, certificates: rig.certificates });
  routeFaults = route.relay;
  const options = { ...files, key, baseUrl: route.baseUrl, clock, transport: route.transport, monthlyBudgetMicroUsd: fault.moment === 'budget-too-small' ? 1 : null };
  try {
    if (fault.moment === 'killed-on-the-wire') await runAndKill({ ...files, key, baseUrl: route.baseUrl, seed: rig.seed }, crashed.promise);
    for (let run = 0; ; run += 1) {
      crashed = Promise.withResolvers<'crashed'>();
      const life = mortal(crashed.promise);
      const isFirst = run === 0;
      const current = await openStation({
        ...options,
        aroundTransport: (inner) => life.transport(isFirst ? hooks.aroundTransport?.(inner) ?? inner : inner),
        aroundLedger: (inner) => life.ledger(isFirst ? hooks.aroundLedger?.(inner) ?? inner : inner),
      });
      station = current;
      if (isFirst) hooks.onStart?.();
      const end = await Promise.race([runReading(current.desk, readingId, abort.signal), crashed.promise]);
      if (end === 'crashed') {
        await current.close();
        continue;
      }
      if (abort.signal.aborted) await putAway(current);
      const observed = await observe(current.desk.database, { requests: link.requests(), pauses: clock.pauses });
      await current.close();
      const written = readdirSync(folder).map((name) => join(folder, name));
      return { ...observed, keyLeaked: isInFiles(written, key) || route.seenByOthers().includes(key) };
    }
  } finally {
    await Promise.all([route.close(), link.close(), relay.close()]);
  }
}

/** What the queue does once a cancelled reading's run has ended. */
async function putAway({ desk }: Station): Promise<void> {
  const reading = await reload(desk.database, readingId);
  if (isCancellable(reading.state)) await restReading(desk, reading, 'cancel', 'cancelled', null);
}

/** A process that has crashed hears of nothing more and writes nothing more. */
function mortal(crashed: Promise<unknown>) {
  const never = new Promise<never>(() => undefined);
  let dead = false;
  const isDead = (): boolean => dead;
  void crashed.then(() => { dead = true; });
  function alive<Arguments extends readonly unknown[], Value>(work: (...args: Arguments) => Promise<Value>): (...args: Arguments) => Promise<Value> {
    return async (...args) => {
      if (isDead()) return never;
      try {
        const value = await work(...args);
        return isDead() ? await never : value;
      } catch (thrown) {
        if (isDead()) return never;
        throw thrown;
      }
    };
  }
  return {
    transport: (inner: RelayTransport): RelayTransport => ({ send: alive((call) => inner.send(call)) }),
    ledger: (inner: AttemptLedger): AttemptLedger => ({
      ...inner,
      reserve: alive((opening) => inner.reserve(opening)),
      settle: alive((id, end) => inner.settle(id, end)),
      voidAttempt: alive((id, outcome) => inner.voidAttempt(id, outcome)),
      markUnknown: alive((id, outcome) => inner.markUnknown(id, outcome)),
    }),
  };
}

/** Runs the reading in a process of its own and kills that when told to. */
async function runAndKill(options: ChildOptions, when: Promise<unknown>): Promise<void> {
  const program = fileURLToPath(new URL('killed-reading.ts', import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => { child.once('exit', (_, signal) => { resolve(signal); }); });
  void when.then(() => child.kill('SIGKILL'));
  if ((await ended) !== 'SIGKILL') throw new Error('the process ended before it could be killed');
}
