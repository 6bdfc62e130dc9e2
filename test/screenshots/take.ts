// npm run screenshots [-- <folder>]: pictures of every screen of the running LungDesk, in both sizes, themes and languages.
// Reads the sample exam first; two of the pictures are the README's.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type {} from '../../src-renderer/workstation.ts';
import { launchApp } from '../helpers/launch-app.ts';
import type { RunningApp } from '../helpers/launch-app.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, 'screenshots'));
const sizes = [[1440, 900], [1024, 700]] as const;
const looks = [['dark', 'en'], ['light', 'en'], ['dark', 'zh-CN'], ['light', 'zh-CN']] as const;

async function shot(running: RunningApp, name: string): Promise<void> {
  const { app, page } = running;
  for (const [width, height] of sizes) {
    await app.evaluate(({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, ...size });
    }, { width, height });
    await page.waitForFunction((wanted) => window.innerWidth <= wanted, width);
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-${width}x${height}.png`) });
  }
}

/** Two frames and no running request or animation later, the page shows what it will show. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined)));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

/** The device's own list, and one of it looked at; of the sample exam, the one patient who may be shown. */
async function takeCandidates(running: RunningApp, end: string): Promise<void> {
  const { page } = running;
  await page.getByRole('tab').filter({ hasText: /^(Candidates|候选)/ }).click();
  await page.locator('.candidate-picture img').first().waitFor();
  await shot(running, `candidates-${end}`);
  await page.keyboard.press('j');
  await page.locator('.candidate.is-selected .candidate-planes').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.candidate-details').waitFor();
  await shot(running, `candidate-${end}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('r');
}

/** What is asked and what was said: the other tabs and the windows over the pictures. */
async function takeReading(running: RunningApp, end: string): Promise<void> {
  const { page } = running;
  for (const [name, title] of [['requests', /^(Requests|请求)/], ['sent', /^(Sent|已发送|发送)/], ['exam-tab', /^(Exam|检查)/]] as const) {
    await page.getByRole('tab').filter({ hasText: title }).click();
    await shot(running, `${name}-${end}`);
  }
  for (const [name, key] of [['compare', 'x'], ['report', 'd']] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await shot(running, `${name}-${end}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
}

/** The settings, section by section: together they are longer than a window. */
async function takeSettings(running: RunningApp, end: string): Promise<void> {
  const { page } = running;
  await go(page, '#/settings');
  const sections = page.locator('.settings-nav button');
  for (const index of Array.from({ length: await sections.count() }, (_, at) => at)) {
    await sections.nth(index).click();
    await shot(running, `settings-${index + 1}-${end}`);
  }
}

async function takeAll(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const running = await launchApp({ args: ['--force-device-scale-factor=1'] });
  const { page } = running;
  await shot(running, 'welcome');
  await page.evaluate(() => window.lungdesk.updateSettings({ welcomeSeen: true, secondReader: { kind: 'mirrored' } }));
  const answer = await page.evaluate(() => window.lungdesk.readSampleExam());
  if (!answer.ok) throw new Error(answer.error.message);
  const { readingId } = answer.value;
  await page.evaluate(
    (id) =>
      new Promise<void>((done) => {
        async function look(): Promise<void> {
          const rows = await window.lungdesk.listQueue();
          if (rows.ok && rows.value.some((row) => row.readingId === id && row.status !== null)) done();
        }
        window.lungdesk.on('readingsChanged', () => void look());
        void look();
      }),
    readingId,
  );
  for (const [theme, language] of looks) {
    await page.evaluate((look) => window.lungdesk.updateSettings(look), { theme, language });
    await page.locator(`html[lang="${language}"][data-mantine-color-scheme="${theme}"]`).waitFor();
    const end = `${theme}-${language}`;
    for (const screen of ['queue', 'spend']) {
      await go(page, `#/${screen}`);
      await shot(running, `${screen}-${end}`);
    }
    await takeSettings(running, end);
    await go(page, `#/exam/${readingId}`);
    await page.locator('canvas').first().waitFor();
    await page.keyboard.press('n');
    await shot(running, `exam-${end}`);
    await takeCandidates(running, end);
    await takeReading(running, end);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await shot(running, `shortcuts-${end}`);
    await page.keyboard.press('Escape');
  }
  const problems = running.problems();
  await running.close();
  if (problems.length > 0) throw new Error(`the window reported: ${problems.join('; ')}`);
  const images = join(root, 'docs', 'images');
  mkdirSync(images, { recursive: true });
  copyFileSync(join(folder, 'exam-dark-en-1440x900.png'), join(images, 'exam.png'));
  copyFileSync(join(folder, 'queue-light-en-1440x900.png'), join(images, 'queue.png'));
  process.stdout.write(`Screenshots: ${folder}\n`);
}

await takeAll();
