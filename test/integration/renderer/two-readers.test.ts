import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { showExam } = windowTests();

describe('two readers', () => {
  it('stand on every candidate in their own words, and hide none', async () => {
    const page = await showExam('two-readers');
    await page.getByRole('tab', { name: /^Candidates/ }).click();
    await page.getByText('10 of 10 looked at by the model').waitFor();
    expect(await page.locator('.candidate').count()).toBe(12);
    const third = page.locator('.candidate').nth(2);
    expect(await third.locator('.opinions').innerText()).toMatch(/gpt-6-luna-2026-08\s+\(first\): nothing focal seen\s+vision-accurate-2-2026-08\s+\(second\): nodule-like, ground-glass, ill-defined, could be a vessel, low certainty\s+· unproven model\s+readers differ/);
    expect(await page.locator('.candidate').nth(4).locator('.agreement').innerText()).toBe('differ; the third marked it');
    expect(await page.locator('.candidate').nth(11).locator('.opinions').count()).toBe(0);
  });

  it('are compared side by side by a key, with side flips, each row a way to its candidate', async () => {
    const page = await showExam('two-readers');
    await page.keyboard.press('x');
    const window = page.getByRole('dialog', { name: 'Readers side by side' });
    await window.getByText('8 the same, 1 differ, 1 settled by a third, 2 without both answers.').waitFor();
    expect(await window.locator('tbody tr').count()).toBe(12);
    await window.getByRole('button', { name: 'Differ 2' }).click();
    await expect.poll(() => window.locator('tbody tr').count()).toBe(2);
    await window.getByRole('button', { name: 'Candidate 3 of the device' }).click();
    await page.locator('.candidate.is-selected').getByText('Left upper lobe').first().waitFor();
    await page.getByRole('button', { name: 'Compare readers' }).first().click();
    await window.getByRole('button', { name: 'slices 63–67: A marks the left lung, B the right one' }).click();
    await expect.poll(() => page.locator('.corner-top-left strong').innerText()).toMatch(/^Slice 65 of/);
  });

  it('are not offered for comparison where there is one', async () => {
    const page = await showExam('critical');
    await page.keyboard.press('x');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Compare readers' }).count()).toBe(0);
  });

  it('mark a region without a place by a frame of its own kind, and the list says that it is not located', async () => {
    const page = await showExam('two-readers');
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    await page.locator('.region-tile.region-selected').waitFor();
    expect(await page.locator('.finding[aria-current=true]').innerText()).toMatch(/Somewhere in the left lung[\s\S]*slices 63–67\s+not located/);
  });
});

describe('the draft report', () => {
  it('is written by the template at once and by a model only when told to', async () => {
    const state = fakeState();
    const page = await showExam('two-readers', state);
    await page.keyboard.press('d');
    const window = page.getByRole('dialog', { name: 'Draft report' });
    await window.getByText('Written by LungDesk\'s own template. Nothing was sent.').waitFor();
    await window.getByText(/Draft, research use only/).waitFor();
    expect(state.called.filter(({ name }) => name === 'draftReport').map(({ request }) => request)).toEqual([{ readingId: 'two-readers', language: 'en', byModel: false }]);
    await window.getByRole('button', { name: 'Let a model phrase it' }).click();
    await window.getByText(/^Sentences by gpt-6-nano\./).waitFor();
    await window.getByRole('button', { name: 'Copy', exact: true }).click();
    await window.getByRole('button', { name: 'Copied' }).waitFor();
  });

  it('says sentence by sentence why a model\'s draft was rejected', async () => {
    const state = fakeState();
    state.draft = 'rejected';
    const page = await showExam('two-readers', state);
    await page.getByRole('button', { name: /^Draft report/ }).first().click();
    await page.getByRole('button', { name: 'Let a model phrase it' }).click();
    await page.getByText(/the draft of gpt-6-nano does not agree with the findings/).waitFor();
    const [finding = '', impression = '', whole = ''] = await page.locator('.report-source li').allInnerTexts();
    expect(finding).toMatch(/^Finding 2: a number that is not the finding's own – .*8\.5 mm/);
    expect(impression).toMatch(/^Impression, finding 1: another side – .*right/);
    expect(whole).toMatch(/^Impression: a diagnosis, likelihood, comparison or advice – .*malignant/);
  });

  it('is left behind by closing while a model is asked, with the template in sight until then', async () => {
    const state = fakeState();
    state.draft = 'never';
    const page = await showExam('two-readers', state);
    await page.keyboard.press('d');
    await page.getByRole('button', { name: 'Let a model phrase it' }).click();
    await page.getByText(/A model is being asked/).waitFor();
    expect(await page.locator('.report-text').innerText()).toContain('IMPRESSION');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});
