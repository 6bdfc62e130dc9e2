// Runs inside dbus-run-session, started by secret-service.test.ts: does one thing with the real keychain and prints JSON.
import { execFileSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { problemOf } from '../../../src-shared/domain/errors.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { createKeychain } from '../../../src-main/platform/keychain.ts';
import { createRelayKeyDoor } from '../../../src-main/platform/relay-key.ts';

const [steps = '', start = '', home = ''] = process.argv.slice(2);
const secret = 'sk-secret-0123456789';
const collection = '/org/freedesktop/secrets/collection/login';

function gdbus(...args: string[]): string {
  return execFileSync('gdbus', ['call', '--session', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function unlock(...more: string[]): void {
  execFileSync('gnome-keyring-daemon', [...more, '--unlock', '--components=secrets'], { input: 'test-password', stdio: ['pipe', 'ignore', 'ignore'] });
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      // Asking a keyring that is not on the bus yet would start a second, locked one.
      if (hasOwner() && gdbus('--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets/aliases/default',
        '--method', 'org.freedesktop.DBus.Properties.Get', 'org.freedesktop.Secret.Collection', 'Locked').includes('false')) return;
    } catch {
      // The daemon is not on the bus yet; each try takes a few milliseconds.
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
  throw new Error('the keyring did not unlock');
}

function hasOwner(): boolean {
  return gdbus('--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
    '--method', 'org.freedesktop.DBus.NameHasOwner', 'org.freedesktop.secrets').includes('true');
}

function daemonId(): number {
  return Number(/uint32 (\d+)/.exec(gdbus('--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus',
    '--method', 'org.freedesktop.DBus.GetConnectionUnixProcessID', 'org.freedesktop.secrets'))?.[1]);
}

function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then((value) => value ?? 'no error', (error: unknown) => problemOf(error).code);
}

mkdirSync(join(home, '.local', 'share', 'keyrings'), { recursive: true });
if (start === 'unlock') unlock();
const keychain = createKeychain({ clock: systemClock, deadlineMs: steps === 'stopped-daemon' ? 700 : 10_000 });
const door = createRelayKeyDoor({ secretStore: keychain, markerPath: join(home, 'relay-key.json'), clock: systemClock, host: () => 'relay.example' });

async function run(): Promise<unknown> {
  switch (steps) {
    case 'round-trip': {
      const probe = await keychain.probe();
      const before = await keychain.get('relay.example');
      await keychain.set('relay.example', secret);
      const after = await keychain.get('relay.example');
      await keychain.delete('relay.example');
      const deleted = await keychain.get('relay.example');
      execFileSync('secret-tool', ['store', '--label=foreign', 'service', 'LungDesk', 'username', 'somebody'], { input: 'foreign' });
      const foreignProbe = await keychain.probe();
      const get = await keychain.get('relay.example');
      await keychain.set('relay.example', 'second');
      return { probe, before, after, deleted, foreign: { probe: foreignProbe, get, own: await keychain.get('relay.example') } };
    }
    case 'store-key':
      return { state: await door.set(secret, false) };
    case 'read-key': {
      const locked = { probe: await keychain.probe(), state: await door.state(), key: await codeOf(door.key()) };
      unlock('--replace');
      return { ...locked, unlocked: await door.state() };
    }
    case 'lock-while-running':
      await door.set(secret, false);
      gdbus('--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock', `['${collection}']`);
      return { probe: await keychain.probe(), key: await door.key(), deleted: await codeOf(door.delete()) };
    case 'no-service':
      return { probe: await keychain.probe(), stored: await codeOf(door.set(secret, false)), session: await door.set(secret, true), key: await door.key() };
    case 'stopped-daemon': {
      await keychain.set('relay.example', secret);
      const daemon = daemonId();
      process.kill(daemon, 'SIGSTOP');
      try {
        const pending = Promise.all(Array.from({ length: 5 }, () => codeOf(keychain.get('relay.example'))));
        let areCallsOver = false;
        void pending.then(() => { areCallsOver = true; });
        await readFile(new URL(import.meta.url));
        const fileReadMeanwhile = !areCallsOver;
        await lookup('localhost');
        const nameFoundMeanwhile = !areCallsOver;
        const stopped = { calls: await pending, fileReadMeanwhile, nameFoundMeanwhile, probe: await keychain.probe() };
        process.kill(daemon, 'SIGCONT');
        // On a busy machine the keyring may take longer than one deadline to be itself again; if it never is, the test's own time ends.
        let recovered = await keychain.probe();
        while (recovered === 'timeout') recovered = await keychain.probe();
        return { ...stopped, recovered };
      } finally {
        process.kill(daemon, 'SIGCONT');
      }
    }
    default:
      throw new Error(`no such steps: ${steps}`);
  }
}

process.stdout.write(`${JSON.stringify(await run())}\n`);
keychain.close();
if (start === 'unlock' || steps === 'read-key') process.kill(daemonId());
