import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type {} from '../../src-renderer/workstation.ts';
import type { ReadingDetail } from '../../src-shared/domain/views.ts';
import { launchApp } from '../helpers/launch-app.ts';

/** Starts the sample exam by the plan of the device alone and gives its reading. */
async function readSample(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Later' }).click();
  await page.evaluate(() => window.lungdesk.updateSettings({ readingPlan: 'device-only' }));
  const answer = await page.evaluate(() => window.lungdesk.readSampleExam());
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value.readingId;
}

async function open(page: Page, readingId: string): Promise<ReadingDetail> {
  const answer = await page.evaluate((id) => window.lungdesk.openReading({ readingId: id }), readingId);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

async function show(page: Page, readingId: string): Promise<void> {
  await page.evaluate((id) => { window.location.hash = `#/exam/${id}`; }, readingId);
}

test('the device alone finds candidates, which are stepped through by keys, and measures where the reader clicks', async () => {
  const { page, problems, output, close } = await launchApp();
  const readingId = await readSample(page);
  await show(page, readingId);
  await expect(page.getByText('Searched by device')).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.device-only')).toHaveText('Device only');
  await expect(page.locator('.exam-facts').getByText('$0.00')).toBeVisible();

  const { candidates, row, search, requests } = await open(page, readingId);
  expect(row).toMatchObject({ plan: 'device-only', state: 'merged', status: 'complete', candidateCount: candidates.length });
  expect([search?.state, requests]).toEqual(['done', []]);
  const cards = page.locator('.candidate');
  await expect(cards).toHaveCount(candidates.length);
  expect(candidates.length).toBeGreaterThan(4);
  await expect(page.getByText('not judged by a model or a reader')).toBeVisible();

  // The first measured one of the list that does not lie on the slice in view.
  const slice = page.getByRole('slider', { name: 'Slices' });
  const [first] = candidates;
  const next = candidates.findIndex(({ size }, index) => index > 0 && size.kind === 'nodule' && size.sliceIndex !== first?.sliceIndex);
  const chosen = candidates[next];
  if (chosen?.size.kind !== 'nodule') throw new Error('no other candidate was measured');
  await page.locator('.viewport[data-rendered]').waitFor();
  // Nothing is chosen yet where the pictures were there before the candidates; else the first is.
  const steps = (await page.locator('.candidate.is-selected').count()) === 0 ? next + 1 : next;
  for (let step = 0; step < steps; step += 1) await page.keyboard.press('j');
  await expect(page.locator('.candidate.is-selected .candidate-rank')).toHaveText(String(chosen.rank));
  await expect(slice).toHaveAttribute('aria-valuenow', String(chosen.size.sliceIndex + 1));
  const planes = page.locator('.candidate-planes img');
  await expect(planes).toHaveCount(3);
  await expect.poll(() => planes.evaluateAll((images) => images.every((image) => (image as HTMLImageElement).naturalWidth > 0))).toBe(true);

  // It is shown from near; a click on it measures.
  const [outline, view] = [await page.locator('.outline-selected .outline-line').boundingBox(), await page.locator('.viewport').boundingBox()];
  if (outline === null || view === null) throw new Error('nothing is drawn');
  const rulerPx = await page.locator('.ruler-bar').evaluate((element) => element.getBoundingClientRect().width);
  const fieldMm = (Math.min(view.width, view.height) / rulerPx) * Number.parseFloat(await page.locator('.ruler').innerText());
  expect(Math.abs(fieldMm - Math.max(110, 2.5 * chosen.size.axes.long.lengthMm))).toBeLessThan(2);
  expect(outline.x > view.x && outline.x + outline.width < view.x + view.width && outline.y > view.y && outline.y + outline.height < view.y + view.height).toBe(true);
  await page.keyboard.press('m');
  await page.mouse.click(outline.x + outline.width / 2, outline.y + outline.height / 2);
  const card = page.getByRole('region', { name: 'Measure' });
  await expect(card.getByText(/^(Measured here|Nothing measured here)/)).toBeVisible();
  // Air outside of the body is no nodule, and that is an answer.
  await page.keyboard.press('r');
  await page.mouse.click(view.x + view.width / 2, view.y + 12);
  await expect(card.getByText('Nothing measured here')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
  expect(problems(), output()).toEqual([]);
  await close();
});

test('a search that is cancelled leaves no candidates, and Resume searches anew', async () => {
  const { page, problems, output, close } = await launchApp();
  const cancelled = page.evaluate(() => new Promise<void>((done) => {
    let asked = false;
    window.lungdesk.on('readingsChanged', () => {
      void window.lungdesk.listQueue().then(async (rows) => {
        const running = rows.ok ? rows.value.find(({ searchState }) => searchState === 'running') : undefined;
        if (running === undefined || asked) return;
        asked = true;
        await window.lungdesk.cancelReading({ readingId: running.readingId });
        done();
      });
    });
  }));
  const readingId = await readSample(page);
  await cancelled;
  await show(page, readingId);
  await expect(page.locator('.exam-stage').getByText('Cancelled')).toBeVisible();
  expect(await open(page, readingId)).toMatchObject({ search: null, candidates: [], row: { state: 'cancelled', candidateCount: null } });
  await page.getByRole('tab', { name: 'Candidates' }).click();
  await page.locator('.search-state').getByRole('button', { name: 'Resume reading' }).click();
  await expect(page.getByText('Searched by device')).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('.candidate').first()).toBeVisible();
  expect(problems(), output()).toEqual([]);
  await close();
});
