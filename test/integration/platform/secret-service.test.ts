import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

function missingTools(): readonly string[] {
  return ['dbus-run-session', 'gnome-keyring-daemon', 'gdbus', 'secret-tool'].filter((tool) => {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  });
}

const missing = process.platform === 'linux' ? missingTools() : ['Linux'];
if (missing.length > 0) process.stderr.write(`skipped: the keyring tests need ${missing.join(', ')}\n`);

/**
 * Runs a script with a session bus and keyring of its own, and gives back what it printed as JSON.
 *
 * @param home - HOME of the session: the keyring lies in it.
 * @param options - unlock: the password to unlock with, null for a locked start; services: whether the bus may start a keyring.
 * @param steps - keyring-session.ts's name of what to do.
 */
function inSession(home: string, options: { readonly unlock: boolean; readonly services: boolean }, steps: string): unknown {
  const configuration = join(home, 'bus.conf');
  writeFileSync(configuration, '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" '
    + '"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd"><busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>'
    + '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>');
  const script = new URL('./keyring-session.ts', import.meta.url).pathname;
  const output = execFileSync('dbus-run-session', [
    ...(options.services ? [] : [`--config-file=${configuration}`]), '--', process.execPath, script, steps, options.unlock ? 'unlock' : 'locked', home,
  ], { env: { PATH: process.env['PATH'], HOME: home }, encoding: 'utf8', stdio: 'pipe', timeout: 50_000, killSignal: 'SIGKILL' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

describe.skipIf(missing.length > 0)('createKeychain with a real Secret Service', () => {
  function homeFixture(): string {
    const home = mkdtempSync(join(tmpdir(), 'lungdesk-keyring-'));
    onTestFinished(() => { rmSync(home, { recursive: true, force: true }); });
    return home;
  }

  it('sets, gets and deletes, and shrugs at a foreign item of the same service', () => {
    expect(inSession(homeFixture(), { unlock: true, services: true }, 'round-trip')).toEqual({
      probe: 'ok', before: null, after: 'sk-secret-0123456789', deleted: null, foreign: { probe: 'ok', get: null, own: 'second' },
    });
  });

  it('is locked at the start of the next session, not at its first run, and gets the key after it is unlocked', () => {
    const home = homeFixture();
    expect(inSession(home, { unlock: true, services: true }, 'store-key')).toMatchObject({ state: { state: 'stored' } });
    expect(inSession(home, { unlock: false, services: true }, 'read-key')).toEqual({
      probe: 'locked', state: { state: 'locked', lastFour: null, keychain: 'locked' }, key: 'keychain-locked',
      unlocked: { state: 'stored', lastFour: '6789', keychain: 'ok' },
    });
  });

  it('keeps the key in memory when the keyring locks while it runs, and says that it cannot delete', () => {
    expect(inSession(homeFixture(), { unlock: true, services: true }, 'lock-while-running')).toEqual({
      probe: 'locked', key: 'sk-secret-0123456789', deleted: 'keychain-locked',
    });
  });

  it('is unavailable without a service, offers the session, and leaves no key on disk', async () => {
    const home = homeFixture();
    expect(inSession(home, { unlock: false, services: false }, 'no-service')).toEqual({
      probe: 'unavailable', stored: 'keychain-unavailable', session: { state: 'session-only', lastFour: '6789', keychain: 'unknown' }, key: 'sk-secret-0123456789',
    });
    for (const name of readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      expect(await readFile(join(name.parentPath, name.name), 'utf8')).not.toContain('sk-secret');
    }
  });

  it('gives up on a stopped daemon at the deadline while files and names can still be read, and recovers', () => {
    expect(inSession(homeFixture(), { unlock: true, services: true }, 'stopped-daemon')).toEqual({
      calls: ['keychain-timeout', 'keychain-timeout', 'keychain-timeout', 'keychain-timeout', 'keychain-timeout'],
      fileReadMeanwhile: true, nameFoundMeanwhile: true, probe: 'timeout', recovered: 'ok',
    });
  });
});
