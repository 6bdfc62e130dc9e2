// npm start: installs what is missing, builds, opens the window. Without a display it says so and runs the demonstration.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { openHiddenDisplay } from './hidden-display.mjs';
import { hasDisplay, nodePath, root, setup, toolEnvironment } from './setup.mjs';

const args = process.argv.slice(2);
await setup({ window: true, tests: false });
build();

const env = toolEnvironment();
const visible = hasDisplay();
const demo = args.includes('--demo') || !visible;
const appArgs = args.filter((arg) => arg !== '--demo');
let demoHome;
if (!visible) {
  console.log('There is no display on this machine: LungDesk runs on a hidden one (Xvfb), reads the sample exam and ends.');
  env.DISPLAY = (await openHiddenDisplay()).display;
}
if (demo) {
  const screenshots = join(root, 'screenshots', 'demo');
  mkdirSync(screenshots, { recursive: true });
  appArgs.push('--demo', '--screenshots', screenshots);
  // The demonstration leaves the clinic's own data alone.
  if (!appArgs.includes('--home')) appArgs.push('--home', (demoHome = mkdtempSync(join(tmpdir(), 'lungdesk-demo-'))));
}
// Chromium refuses its sandbox to root; LungDesk itself warns in its window.
if (process.platform === 'linux' && process.getuid?.() === 0) appArgs.unshift('--no-sandbox');

const electron = spawn(nodePath(), [join(root, 'node_modules', 'electron', 'cli.js'), ...appArgs.filter((arg) => arg === '--no-sandbox'), root, ...appArgs.filter((arg) => arg !== '--no-sandbox')], {
  cwd: root,
  env,
  stdio: 'inherit',
});
electron.on('close', (code) => {
  if (demoHome !== undefined) rmSync(demoHome, { recursive: true, force: true });
  process.exit(code ?? 1);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => electron.kill(signal));
