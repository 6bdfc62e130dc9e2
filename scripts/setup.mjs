// Makes a fresh checkout ready: npm packages, the system packages of Debian, Electron or its stand-in. Runs on any Node
// from 20 on, asks nothing, and says in one line each what it did. Called by start, test and lungdesk; safe to repeat.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.lungdesk-setup');
const neededNodeMajor = 24;

/** Debian packages: what LungDesk needs to run, and what its tests need besides. */
const systemPackages = {
  run: { 'libsecret-1-0': ['/usr/lib/x86_64-linux-gnu/libsecret-1.so.0', '/usr/lib/aarch64-linux-gnu/libsecret-1.so.0'] },
  window: { chromium: ['/usr/bin/chromium'], 'fonts-noto-cjk': ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
  hidden: { xvfb: ['/usr/bin/Xvfb'], xauth: ['/usr/bin/xauth'] },
  test: {
    'gnome-keyring': ['/usr/bin/gnome-keyring-daemon'],
    dbus: ['/usr/bin/dbus-run-session'],
    'dbus-user-session': ['/usr/share/doc/dbus-user-session'],
    'libglib2.0-bin': ['/usr/bin/gdbus'],
    'libsecret-tools': ['/usr/bin/secret-tool'],
    openssl: ['/usr/bin/openssl'],
  },
};

/** Prints one line of setup's progress. Standard output belongs to the command that asked for the setup. */
function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/** Whether a display is there to open a window on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Path of a Node 24: the one from the npm packages, else the running one if it is new enough. */
export function nodePath() {
  const bundled = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= neededNodeMajor) return process.execPath;
  throw new Error(`LungDesk needs Node ${neededNodeMajor}; on this platform please install it and try again`);
}

/** Environment in which `node` is Node 24 and the stand-in is found where Electron's binary is missing. */
export function toolEnvironment() {
  const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` };
  // Every start and every worker thread would otherwise compile the same sources anew.
  env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'lungdesk-code');
  if (!hasElectron() && !env.ELECTRON_OVERRIDE_DIST_PATH) env.ELECTRON_OVERRIDE_DIST_PATH = join(root, 'test', 'chromium-electron');
  return env;
}

/** Whether Electron's own binary has been fetched. */
export function hasElectron() {
  return existsSync(join(root, 'node_modules', 'electron', 'dist', 'version'));
}

/**
 * Installs what is missing.
 *
 * @param {{ window: boolean, tests: boolean }} need - window: something will be shown; tests: the test suite will run.
 */
export async function setup(need) {
  await installNpmPackages();
  buildKernels(root, nodePath());
  if (need.window) fetchElectron();
  await installSystemPackages([
    'run',
    ...(need.window && !hasElectron() ? ['window'] : []),
    ...((need.window && !hasDisplay()) || need.tests ? ['hidden'] : []),
    ...(need.tests ? ['test'] : []),
  ]);
}

async function installNpmPackages() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return;
  const started = Date.now();
  await runWithHeartbeat('installing the npm packages (about 800 MB on disk)', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(stampFile, lock);
  say(`npm packages installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function fetchElectron() {
  if (hasElectron()) return;
  const marker = join(root, 'node_modules', '.lungdesk-no-electron');
  if (existsSync(marker)) return;
  say('fetching the Electron binary');
  const fetched = spawnSync(nodePath(), [join(root, 'node_modules', 'electron', 'install.js')], { stdio: 'ignore', timeout: 600_000 });
  if (fetched.status === 0 && hasElectron()) say('Electron is ready');
  else {
    writeFileSync(marker, '');
    say('the Electron binary cannot be fetched here: LungDesk runs on its stand-in over Chromium (see README)');
  }
}

async function installSystemPackages(groups) {
  if (process.platform !== 'linux') return;
  const missing = groups.flatMap((group) =>
    Object.entries(systemPackages[group])
      .filter(([, files]) => !files.some((file) => existsSync(file)))
      .filter(([name]) => !(name === 'chromium' && process.env.CHROMIUM_PATH))
      .map(([name]) => name),
  );
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    say(`please install these system packages (on Debian: sudo apt-get install ${missing.join(' ')})`);
    return;
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runWithHeartbeat('updating the list of system packages', 'apt-get', ['update', '-qq'], env);
  await runWithHeartbeat(`installing ${missing.join(', ')}`, 'apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], env);
  say('system packages installed');
}

/** Runs a long command quietly, with a sign of life every ten seconds; its output is shown only when it fails. */
function runWithHeartbeat(what, command, args, env = {}) {
  say(`${what} …`);
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output = (output + data).slice(-20_000)));
    const heartbeat = setInterval(() => say(`… still ${what} (${Math.round((Date.now() - started) / 1000)} s)`), 10_000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(heartbeat);
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args[0]} ended with ${code}\n${output}`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup({ window: true, tests: process.argv.includes('--tests') });
