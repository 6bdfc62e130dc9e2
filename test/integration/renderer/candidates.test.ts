import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { sampleCandidates } from '../../helpers/renderer-harness/sample-candidates.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { series, showExam, shown } = windowTests();
const candidates = sampleCandidates(series);

function sliceOf(rank: number): number {
  const candidate = candidates[rank - 1];
  return (candidate?.size.kind === 'nodule' ? candidate.size.sliceIndex : candidate?.sliceIndex ?? -1) + 1;
}

const selected = async (page: Page): Promise<string | null> => page.locator('.candidate.is-selected .candidate-rank').textContent();

describe('the list of candidates', () => {
  it('stands first for an exam of the device alone, says whose it is, and shows pictures', async () => {
    const page = await showExam('device-only');
    await page.getByRole('tab', { name: 'Candidates', selected: true }).waitFor();
    expect(await page.getByRole('tab').first().innerText()).toMatch(/^Candidates\s*12$/);
    expect(await page.locator('.candidate-header').innerText()).toContain('not judged by a model or a reader');
    await page.getByRole('button', { name: /^Candidate 1 of the device 28.3 mm mean 32.4 × 24.1 mm Left lower lobe estimate/ }).waitFor();
    const planes = page.getByRole('img', { name: /^Candidate 1, / });
    await expect.poll(() => planes.evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth > 0))).toEqual([true, true, true]);
  });

  it('opens and closes the details with Enter, also when a card has the focus', async () => {
    const page = await showExam('device-only');
    await page.getByRole('button', { name: /^Candidate 2 of the device/ }).click();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const card = page.locator('.candidate.is-selected');
    await card.getByText('Calcium-like density in 42% of it').waitFor();
    expect(await selected(page)).toBe('3');
    await card.getByText('much of its edge is an estimate, where it touches the wall or vessels').waitFor();
    const facts = await card.locator('.nodule-facts').innerText();
    for (const fact of ["3 of 12, by the device's score", '6.0 mm', '6.4 × 5.5 mm', '101 mm³', 'solid', 'Left upper lobe · estimate', '9.3 mm', 'fairly clear']) expect(facts).toContain(fact);
    await card.getByText('is no probability').waitFor();
    expect(await card.locator('.score tbody tr').count()).toBe(8);
    await page.keyboard.press('Enter');
    await expect.poll(() => card.locator('.candidate-details').count()).toBe(0);
    await page.getByRole('tab', { name: /^Candidates/ }).click();
    await page.keyboard.press('Enter');
    await card.locator('.candidate-details').waitFor();
  });

  it('is narrowed by size and ordered, in the list and for the keys alike', async () => {
    const page = await showExam('device-only');
    await page.getByRole('button', { name: 'Mean diameter of 8 mm and more' }).click();
    await expect.poll(() => page.locator('.candidate').count()).toBe(3);
    await page.getByText('3 of 12 candidates').waitFor();
    await page.getByRole('button', { name: 'By rank' }).click();
    await page.getByRole('menuitem', { name: 'Head to feet' }).click();
    await expect.poll(() => page.locator('.candidate-rank').allTextContents()).toEqual(['1', '2', '5']);
    await page.getByRole('button', { name: /^Candidate 2 of the device/ }).click();
    await page.keyboard.press('j');
    await expect.poll(() => selected(page)).toBe('5');
    await page.keyboard.press('j');
    await expect.poll(() => selected(page)).toBe('1');
  });

  it('says where nothing could be measured, why, and that the size is a rough one', async () => {
    const page = await showExam('device-only');
    await page.getByRole('button', { name: /^Candidate 7 of the device about 5.0 mm not measured Right, lobe not determined/ }).click();
    await page.getByText('Nothing could be measured here: no boundary could be found. The size is a rough one.').waitFor();
    await expect.poll(() => page.locator('.outline-selected .outline-rough').count()).toBe(1);
  });

  it('stands behind the findings once there are any, and stays beside them', async () => {
    const page = await showExam('critical');
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([expect.stringMatching(/^Findings/), expect.stringMatching(/^Candidates/), 'Requests', 'Sent', 'Exam']);
    await page.keyboard.press('j');
    await page.getByRole('tab', { name: /^Candidates/, selected: true }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('tab', { name: /^Findings/, selected: true }).waitFor();
  });
});

describe('what stands in place of the list', () => {
  it('shows the search running with its progress, and cancels it', async () => {
    const state = fakeState();
    const page = await showExam('searching', state);
    expect(await page.getByRole('progressbar', { name: 'Search by the device' }).getAttribute('aria-valuenow')).toBe('43');
    // Slices are there to be looked at, though none of these is a picture for the relay yet.
    await page.keyboard.press('Home');
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.move(view.x + view.width / 2, view.y + view.height / 2);
    await page.mouse.move(view.x + view.width / 2 + 1, view.y + view.height / 2);
    await expect.poll(() => page.locator('.corner-cursor').innerText()).toMatch(/HU at/);
    expect(await page.getByText('This slice is not prepared yet.').count()).toBe(0);
    await page.locator('.search-state').getByRole('button', { name: 'Cancel reading' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel reading' }).click();
    await expect.poll(() => state.called.some(({ name, request }) => name === 'cancelReading' && (request as { readingId: string }).readingId === 'searching')).toBe(true);
  });

  it('shows candidates as soon as they are there, without a click', async () => {
    const state = fakeState();
    const page = await showExam('searching', state);
    await page.getByText('The device is searching').waitFor();
    state.rows = state.rows.map((row) => row.readingId === 'searching' ? { ...row, searchState: 'done', searchProgress: null, candidateCount: 12 } : row);
    await shown().emit('readingsChanged', { readingIds: ['searching'] });
    await page.getByRole('button', { name: /^Candidate 1 of the device/ }).waitFor();
  });

  it('says that none found does not mean none there, and what the spacing costs', async () => {
    const page = await showExam('device-none');
    await page.getByText(/It searched 98 slices. That does not mean that there is no nodule/).waitFor();
    await page.getByText(/so far apart that small nodules may be missed/).waitFor();
    await page.getByRole('tab', { name: 'Findings' }).click();
    await page.getByRole('heading', { name: 'No model has read this exam' }).waitFor();
    expect(await page.getByText('No findings').count()).toBe(0);
  });

  it('says where the device looked when the lungs could not be outlined, and claims no lobe', async () => {
    const page = await showExam('device-no-lungs');
    await page.locator('.search-note').getByText(/lungs could not be outlined.*searched the whole body: a candidate may lie outside of the lungs/).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const facts = page.locator('.candidate.is-selected .nodule-facts');
    await facts.getByText('Side not determined').waitFor();
    await facts.getByText('not known').waitFor();
    expect(await facts.getByText('estimate').count()).toBe(0);
  });

  it('says that the search failed and what that does not mean, and searches again', async () => {
    const state = fakeState();
    const page = await showExam('device-failed', state);
    await page.locator('.search-state').getByText(/could not search this exam.*does not mean that there is no nodule/).waitFor();
    await page.locator('.coverage-legend').getByText('not searched 98').waitFor();
    await page.getByRole('button', { name: 'Search again' }).click();
    await expect.poll(() => state.called.some(({ name }) => name === 'resumeReading')).toBe(true);
  });
});

describe('the outlines of the device', () => {
  it('are dashed, tagged, without filling, and go with a key', async () => {
    const page = await showExam('critical');
    const line = page.locator('.outline-line').first();
    await line.waitFor();
    const look = await line.evaluate((element) => { const { fill, strokeDasharray } = getComputedStyle(element); return { fill, strokeDasharray }; });
    expect(look.fill).toBe('none');
    expect(look.strokeDasharray).not.toBe('none');
    expect(await page.locator('.outline-tag').first().textContent()).toBe('1 device');
    await page.keyboard.press('j');
    await expect.poll(() => page.locator('.calliper').count()).toBe(2);
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.outline').count()).toBe(0);
    expect(await page.locator('.region').count()).toBe(2);
    await page.keyboard.press('c');
    await page.locator('.outline').first().waitFor();
  });
});

describe('measuring', () => {
  async function click(page: Page, share: number): Promise<void> {
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.click(view.x + share * view.width, view.y + 0.45 * view.height);
  }

  it('answers a click with millimetres beside the picture, and says that nothing is stored', async () => {
    const state = fakeState();
    const page = await showExam('device-only', state);
    const window = await page.locator('.corner-bottom-right').innerText();
    await page.keyboard.press('m');
    await click(page, 0.35);
    const card = page.getByRole('region', { name: 'Measure' });
    await card.getByText(/^7\.8 mm/).waitFor();
    await card.getByText('8.7 × 6.9 mm').waitFor();
    await card.getByText(/^Not stored/).waitFor();
    const asked = state.called.find(({ name }) => name === 'sizeNodule')?.request as { sliceIndex: number; column: number; row: number };
    expect(asked.sliceIndex).toBe(sliceOf(1) - 1);
    // What is drawn lies where the click was.
    const [drawn, view] = [await page.locator('.outline-selected .outline-line').last().boundingBox(), await page.locator('.viewport').boundingBox()];
    if (drawn === null || view === null) throw new Error('nothing drawn');
    expect(Math.abs(drawn.x + drawn.width / 2 - (view.x + 0.35 * view.width))).toBeLessThan(3);
    expect(await page.locator('.corner-bottom-right').innerText()).toBe(window);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await page.keyboard.press('m');
    expect(await page.locator('.measure-mean').count()).toBe(0);
  });

  it('says in words that no region grows, and what went wrong', async () => {
    const state = fakeState();
    const page = await showExam('device-only', state);
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await click(page, 0.7);
    await page.getByText('Reason: nothing here is denser than lung.', { exact: false }).waitFor();
    state.failing.set('sizeNodule', { code: 'file-changed', message: 'raw words', retryable: true });
    await click(page, 0.35);
    await page.getByRole('region', { name: 'Measure' }).getByText('A file has changed since it was looked at.').waitFor();
    // Said in one place only.
    expect(await page.getByText('A file has changed since it was looked at.').count()).toBe(1);
  });

  it('leaves the left button to the window when it ends', async () => {
    const page = await showExam('device-only');
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.move(view.x + 300, view.y + 300);
    await page.mouse.down();
    await page.mouse.move(view.x + 360, view.y + 320, { steps: 4 });
    await page.mouse.up();
    await page.getByText('Own window').waitFor();
  });
});
