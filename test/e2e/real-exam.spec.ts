import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type {} from '../../src-renderer/workstation.ts';
import { launchApp } from '../helpers/launch-app.ts';
import { sharedData } from '../helpers/shared-data.ts';

const exam = sharedData('dev-ct-lidc-0001');
let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lungdesk-watched-'));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('an exam that is copied slice by slice is seen arriving, settles, is read whole and shows its findings', async () => {
  test.skip(exam === null, 'the public data set is not beside this checkout');
  test.setTimeout(300_000);
  const { app, page, problems, output, close } = await launchApp();
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
  }, folder);

  // The exam must not settle before its last slice is there, however slow the machine.
  await page.evaluate(() => window.lungdesk.updateSettings({ settleSeconds: 3600 }));
  await page.getByRole('button', { name: 'Choose a folder to watch' }).click();

  const source = join(exam ?? '', 'series');
  const slices = (await readdir(source)).filter((name) => name.endsWith('.dcm'));
  await mkdir(join(folder, 'exam'));
  const grid = page.getByRole('grid', { name: 'Queue' });
  for (const [index, name] of slices.entries()) {
    await copyFile(join(source, name), join(folder, 'exam', name));
    if (index === 20) await expect(grid.getByText(/\d+ slices, whole in/)).toBeVisible();
  }
  await expect(grid.getByText(`${slices.length} slices, whole in`)).toBeVisible();
  await page.evaluate(() => window.lungdesk.updateSettings({ settleSeconds: 1 }));

  await expect(grid.getByText('Fully read')).toBeVisible({ timeout: 200_000 });
  await expect(grid.getByText(/^(\d+)\/\1$/)).toBeVisible();
  await expect(grid.getByText('$0.00')).toBeVisible();
  await expect(page.getByText('Practice relay – not a real reading').first()).toBeVisible();

  await grid.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await expect(page.getByText('100%')).toBeVisible();
  await expect(panel.getByText(/lobe/).first()).toBeVisible();
  // The viewer shows pixels: the canvas is not one colour.
  const canvas = page.locator('canvas').first();
  await expect(canvas).toBeVisible();
  await expect.poll(async () => new Set(await canvas.screenshot()).size).toBeGreaterThan(100);

  // Next finding by keyboard: the slice changes and a region is drawn over it.
  const slice = page.getByText(/^Slice \d+ of 107$/);
  await expect(slice).toBeVisible();
  const before = await slice.textContent();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(slice).not.toHaveText(before ?? '');

  await page.getByRole('tab', { name: 'Exam' }).click();
  await expect(panel.getByText(/^Lungs outlined: \d\.\d L .*slices \d+–\d+ of 107\.$/)).toBeVisible();

  const readings = await page.evaluate(() => window.lungdesk.listQueue());
  if (!readings.ok) throw new Error(readings.error.code);
  const [reading] = readings.value;
  expect(reading).toMatchObject({ state: 'merged', status: 'complete', practice: true });
  // Slices outside of the lungs are not read; all others are.
  const planned = 107 - (reading?.coverage.outsideLungs ?? 0);
  expect(planned).toBeGreaterThan(80);
  expect(reading?.coverage).toMatchObject({ planned, sent: planned, answered: planned, valid: planned });
  expect(problems(), output()).toEqual([]);
  await close();
});
