import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type {} from '../../src-renderer/workstation.ts';
import { electronExecutable, launchApp, launchArguments, quitApp } from '../helpers/launch-app.ts';

/* The built LungDesk itself (out/): that its entry, its page and its helper process come together. */

let home: string;
test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lungdesk-app-'));
});
test.afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

test('LungDesk loads under its policy without an error, knows itself, and ends with 0', async () => {
  const { app, page, problems, output } = await launchApp({ home });
  await expect(page.getByRole('button', { name: /sample exam/i })).toBeVisible();
  const answers = await page.evaluate(async () => [await window.lungdesk.appInfo(), await window.lungdesk.listQueue(), await window.lungdesk.runDoctor()]);
  expect(answers).toMatchObject([{ ok: true, value: { dataFolder: home } }, { ok: true, value: [] }, { ok: true }]);
  expect(problems(), output()).toEqual([]);
  expect(await quitApp(app)).toBe(0);
});

test('the data folder belongs to this user alone', async () => {
  test.skip(process.platform === 'win32', 'Windows has no such bits; the folder lies in the user\'s profile');
  const { app } = await launchApp({ home });
  for (const name of ['chromium', 'logs', 'backups']) expect((await stat(join(home, name))).mode & 0o077).toBe(0);
  await quitApp(app);
});

test('the preload is one small file that carries no schemas', async () => {
  const preload = fileURLToPath(new URL('../../out/preload/preload.cjs', import.meta.url));
  expect((await stat(preload)).size).toBeLessThan(8_000);
  expect(await readdir(dirname(preload))).toEqual(['preload.cjs']);
});

test('the demonstration reads the sample exam, prints it, shows every screen and ends with 0', async () => {
  const shots = join(home, 'shots');
  const { args, env } = launchArguments(join(home, 'data'), { args: ['--demo', '--screenshots', shots] });
  const child = spawn(electronExecutable(), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text.toString(); });
  const code = await new Promise((resolve) => { child.once('exit', resolve); });
  expect(code, said).toBe(0);
  expect(said).toMatch(/The sample exam\s+Reading: {2}complete/);
  expect(said).toMatch(/Coverage: (\d+) of \1 slices read/);
  expect((await readdir(shots)).sort()).toEqual(['exam.png', 'queue.png', 'settings.png', 'spend.png', 'welcome.png']);
});
