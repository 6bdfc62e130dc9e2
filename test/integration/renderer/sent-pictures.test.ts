import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { showExam } = windowTests();

describe('what was sent', () => {
  it('is shown picture by picture, with what each tile shows and what was said of it, controls as controls', async () => {
    const page = await showExam('two-readers');
    await page.getByRole('tab', { name: 'Sent' }).click();
    await page.getByText('Exactly this left the workstation.').waitFor();
    await page.getByText('Picture 1 of 7').waitFor();
    const picture = page.getByRole('img', { name: 'Picture as it is sent' });
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1008);
    await page.getByRole('button', { name: /^1 right lung, slices 7–11 nothing focal seen/ }).waitFor();
    await page.getByRole('button', { name: /^5 a nodule that LungDesk drew\s*control found, as it should be: nodule-like, solid, smooth, high certainty/ }).waitFor();
    expect(await page.locator('.findings').count()).toBe(0);
    await page.getByRole('button', { name: 'The words with it' }).click();
    expect(await page.locator('.sent-words').innerText()).toContain('Research annotation of de-identified pictures');
  });

  it('is paged, stepped through and enlarged by keys, and leads to the slice or candidate of a tile', async () => {
    const page = await showExam('two-readers');
    const slice = async (): Promise<string> => page.locator('.corner-top-left strong').innerText();
    await page.keyboard.press('.');
    await page.getByText('Picture 2 of 7').waitFor();
    await page.keyboard.press('t');
    await expect.poll(slice).toMatch(/^Slice 65 of/);
    await page.keyboard.press('.');
    await page.getByRole('button', { name: /^2 candidate 1 nodule-like, solid, smooth, high certainty/ }).click();
    await expect.poll(() => page.locator('.outline-selected').count()).toBe(1);
    await page.getByRole('tab', { name: 'Sent', selected: true }).waitFor();
    await page.keyboard.press('z');
    await expect.poll(() => page.locator('.sheet').evaluate((sheet) => sheet.clientWidth)).toBe(800);
    await page.keyboard.press('e');
    await page.locator('.sheet-stage .sheet-tile.is-chosen').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.sheet-stage').count()).toBe(0);
    await page.keyboard.press('z');
    await page.keyboard.press('z');
    await page.keyboard.press('.');
    await page.getByText('Picture 4 of 7').waitFor();
    await page.locator('.sheet-tile').nth(2).click();
    await expect.poll(slice).toMatch(/^Slice 17 of/);
    await page.getByRole('button', { name: 'picture 1, tile 3' }).click();
    await page.getByText('Picture 1 of 7').waitFor();
  });

  it('says why nothing of a request counts, in the list and in its pictures', async () => {
    const page = await showExam('control-failed');
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByRole('button', { name: /Sweep, slices 7–91 failed a hidden control/ }).click();
    await page.locator('.request-problem').getByText(/hidden test picture that shows nothing/).waitFor();
    await page.getByRole('button', { name: 'Show the pictures' }).click();
    await page.getByRole('button', { name: /^1 right lung, slices 7–11 not read: The model reported something/ }).waitFor();
    await page.getByRole('tab', { name: 'Findings' }).click();
    await page.locator('.plan-limits').getByText(/does not look for ground-glass nodules/).waitFor();
  });

  it('tells of earlier versions and of exams that are not planned yet', async () => {
    const page = await showExam('old');
    await page.locator('.finding').getByText('model said 0.80').waitFor();
    await page.getByRole('tab', { name: 'Sent' }).click();
    await page.getByRole('heading', { name: 'The pictures are not here any more' }).waitFor();
  });
});

describe('the plan', () => {
  it('tells the price and what is left out before anything is sent', async () => {
    const page = await showExam('held-budget');
    const plan = page.getByRole('region', { name: 'What is planned to be sent' });
    expect(await plan.innerText()).toMatch(/Sweep and candidates[\s\S]*about \$0\.0041[\s\S]*at most \$0\.0119/);
    for (const text of [/4 candidates are not shown to the model, to stay within the budget: 8–9, 11–12/, /pixels of 1\.6 mm/, 'Nothing of this exam has been sent yet.']) await plan.getByText(text).waitFor();
    expect(await page.locator('.candidate').count()).toBe(12);
    await page.getByRole('tab', { name: 'Sent' }).click();
    await page.getByText('Exactly this would leave the workstation. It has not been sent.').waitFor();
  });

  it('says that a price is not known', async () => {
    const state = fakeState();
    state.rows = state.rows.map((row) => row.readingId === 'gap' ? { ...row, state: 'held', status: 'held', heldFor: 'consent' } : row);
    const page = await showExam('gap', state);
    expect(await page.locator('.plan-price').innerText()).toBe('price unknown');
  });
});
