import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { sampleCandidates } from '../../helpers/renderer-harness/sample-candidates.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { series, showExam } = windowTests();
const candidates = sampleCandidates(series);

function sliceOf(rank: number): number {
  const candidate = candidates[rank - 1];
  return (candidate?.size.kind === 'nodule' ? candidate.size.sliceIndex : candidate?.sliceIndex ?? -1) + 1;
}

// Pictures are drawn without a graphics card.
const patient = { timeout: 15_000 };

const at = async (page: Page): Promise<number> => Number(await page.getByRole('slider').getAttribute('aria-valuenow'));
const selected = async (page: Page): Promise<string | null> => page.locator('.candidate.is-selected .candidate-rank').textContent();

async function pxPerMm(page: Page): Promise<number> {
  const bar = await page.locator('.ruler-bar').evaluate((element) => element.getBoundingClientRect().width);
  return bar / Number.parseFloat(await page.locator('.ruler').innerText());
}

/** Millimetres along the shorter edge of the viewport. */
async function fieldMm(page: Page): Promise<number> {
  const view = await page.locator('.viewport').boundingBox();
  return view === null ? NaN : Math.min(view.width, view.height) / await pxPerMm(page);
}

/**
 * Where the selected outline lies in the viewport, along both axes, px.
 *
 * off: from the middle. before, after: from the picture's edges to the viewport's; below 0 the viewport shows what lies beyond the picture.
 */
async function layout(page: Page, rank: number): Promise<readonly { readonly off: number; readonly before: number; readonly after: number }[]> {
  const [outline, view, scale] = [await page.locator('.outline-selected .outline-line').boundingBox(), await page.locator('.viewport').boundingBox(), await pxPerMm(page)];
  const candidate = candidates[rank - 1];
  const slice = series[0];
  if (outline === null || view === null || candidate === undefined || slice === undefined) return [];
  return [
    { at: outline.x + outline.width / 2 - view.x, size: view.width, mm: candidate.centreMm[0] - slice.origin[0], count: slice.columns, spacing: slice.pixelSpacing[1] },
    { at: outline.y + outline.height / 2 - view.y, size: view.height, mm: candidate.centreMm[1] - slice.origin[1], count: slice.rows, spacing: slice.pixelSpacing[0] },
  ].map(({ at: place, size, mm, count, spacing }) => ({
    off: Math.abs(place - size / 2), before: (mm + spacing / 2) * scale - place, after: (count * spacing - mm - spacing / 2) * scale - (size - place),
  }));
}

// In the middle, or as near to it as the picture's edge lets it.
function isWellShown(axes: Awaited<ReturnType<typeof layout>>): boolean {
  return axes.length === 2 && axes.every(({ off, before, after }) => before > -2 && after > -2 && (off < 2 || Math.min(before, after) < 2));
}

describe('the close view of a candidate', () => {
  it('is stepped through by keys: slice, close view, list and focus follow', async () => {
    const page = await showExam('device-only');
    expect(await fieldMm(page)).toBeGreaterThan(300);
    // The eighth lies so far at the side that its middle would leave a margin.
    for (const [key, rank] of [['j', 2], ['j', 3], ['k', 2], ['k', 1], ['k', 12], ['k', 11], ['k', 10], ['k', 9], ['k', 8]] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => at(page), patient).toBe(sliceOf(rank));
      expect(await selected(page)).toBe(String(rank));
      await expect.poll(async () => isWellShown(await layout(page, rank)), patient).toBe(true);
      expect(Math.abs((await fieldMm(page)) - 110)).toBeLessThan(1);
    }
    expect((await layout(page, 8))[0]?.off).toBeGreaterThan(20);
    await page.setViewportSize({ width: 1300, height: 720 });
    await expect.poll(async () => isWellShown(await layout(page, 8)), patient).toBe(true);
    // The reader's own way is not undone: other slices and the reset view stay as they are.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('r');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => fieldMm(page), patient).toBeGreaterThan(300);
  });

  it('is left for the whole picture by Escape, and then for the queue', async () => {
    const page = await showExam('device-only');
    const wholeMm = await fieldMm(page);
    await page.keyboard.press('2');
    await page.keyboard.press('j');
    await expect.poll(() => fieldMm(page), patient).toBeLessThan(120);
    await page.keyboard.press('Escape');
    await expect.poll(() => fieldMm(page), patient).toBeCloseTo(wholeMm, 0);
    expect(await page.locator('.corner-bottom-right').innerText()).toContain('Mediastinum');
    await page.keyboard.press('Escape');
    await page.getByRole('grid').waitFor();
  });

  it('keeps a closer view that the reader has chosen', async () => {
    const page = await showExam('device-only');
    await page.keyboard.press('j');
    await expect.poll(() => fieldMm(page), patient).toBeLessThan(120);
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
    await page.keyboard.down('Control');
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.keyboard.press('j');
    await expect.poll(async () => isWellShown(await layout(page, 3)), patient).toBe(true);
    const own = await fieldMm(page);
    expect(own).toBeLessThan(100);
    await page.keyboard.press('j');
    await expect.poll(async () => isWellShown(await layout(page, 4)), patient).toBe(true);
    expect(await fieldMm(page)).toBeCloseTo(own, 0);
  });
});
