import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { manyRows } from '../../helpers/renderer-harness/sample-rows.ts';
import { clinicSettings, sampleSettings } from '../../helpers/renderer-harness/sample-settings.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { show, shown } = windowTests();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function seriousFaults(page: Page): Promise<readonly string[]> {
  // Playwright evaluates past the policy; the window itself could not load this.
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => (window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run(document, { resultTypes: ['violations'] }));
  return results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}

describe('the window', () => {
  it.each(['dark', 'light'] as const)('has no serious fault of accessibility on any screen (%s)', async (theme) => {
    const page = await show('#/queue', fakeState({ settings: sampleSettings({ theme }) }));
    for (const [hash, mark] of [['#/queue', '.queue-body-row'], ['#/spend', '.data-table'], ['#/settings', '.doctor'], ['#/exam/critical', '.viewport[data-rendered]'], ['#/exam/incomplete', '.unread'], ['#/exam/failed', '.stage-panel'], ['#/exam/device-only', '.candidate-planes'], ['#/exam/device-failed', '.search-state'], ['#/exam/held-budget', '.plan-notes']] as const) {
      await shown().go(hash);
      await page.locator(mark).first().waitFor();
      expect(await seriousFaults(page), hash).toEqual([]);
    }
  });

  it.each(['dark', 'light'] as const)('has no serious fault of accessibility in what was sent, said and drafted (%s)', async (theme) => {
    const page = await show('#/exam/two-readers', fakeState({ settings: sampleSettings({ theme }) }));
    await page.locator('.viewport[data-rendered]').waitFor();
    for (const [key, mark] of [['n', '.finding[aria-current=true]'], ['j', '.opinions'], ['.', '.tile-list'], ['e', '.sheet-stage'], ['x', '.compare-table'], ['Escape', '.viewport'], ['d', '.report-text']] as const) {
      await page.keyboard.press(key);
      await page.locator(mark).first().waitFor();
      expect(await seriousFaults(page), key).toEqual([]);
    }
  });

  it.each(['dark', 'light'] as const)('has none in the settings of a clinic, with a relay, its diagnosis and a price open (%s)', async (theme) => {
    const page = await show('#/settings', fakeState({ settings: clinicSettings({ theme }) }));
    await page.locator('.relay-open').nth(1).click();
    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.locator('.header-row input').first().fill('x-api-key');
    await page.getByRole('button', { name: 'Diagnose Radiology gateway' }).click();
    await page.locator('.checks').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Own price and permission for Vision Accurate 3' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Input', exact: true }).fill('0.0002');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.locator('.override .notice-warn').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('shows the welcome once, and leaves it for the sample exam', async () => {
    const state = fakeState({ settings: sampleSettings({ welcomeSeen: false }) });
    const page = await show('', state);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Read the sample exam' }).click();
    await page.locator('.viewport[data-rendered]').waitFor();
    expect(state.settings.settings.welcomeSeen).toBe(true);
  });

  it('says at the welcome where a key stays on a machine without a keychain', async () => {
    const state = fakeState({ settings: sampleSettings({ welcomeSeen: false }, { key: { state: 'none', lastFour: null, keychain: 'unavailable' } }) });
    const page = await show('', state);
    await page.getByText(/kept for the session only/).waitFor();
    expect(await page.getByText(/lies in this system's keychain/).count()).toBe(0);
  });

  it('says how many requests have no known price', async () => {
    const page = await show('#/spend');
    await page.locator('.spend-totals').getByText('2 requests without a known price').waitFor();
    await page.locator('.spend-tables').getByText('1 request without a known price').waitFor();
    await page.getByRole('link', { name: 'Lindqvist Erik · CT CHEST SCREENING' }).waitFor();
  });

  it('speaks Chinese when told to, at once', async () => {
    const page = await show('#/settings');
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '简体中文' }).click();
    await page.getByRole('heading', { name: '设置', exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });

  it('shows what went wrong and what to do when a call fails', async () => {
    const state = fakeState();
    state.failing.set('cancelReading', { code: 'database-full', message: 'raw words', retryable: true });
    const page = await show('#/exam/arriving', state);
    await page.getByRole('button', { name: 'Cancel reading' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel reading' }).click();
    await page.getByText('The disk is full; nothing was sent.').waitFor();
    await page.getByText('Free some space, then resume.').waitFor();
  });
});

describe('the end', () => {
  it('says what LungDesk waits for while it closes', async () => {
    await show('#/queue');
    await shown().emit('closing', { readings: 2 });
    await shown().page.getByText(/2 readings wait for requests that are on their way/).waitFor();
  });
});

describe('the queue', () => {
  it('is worked from the keyboard: arrows, Enter, filter, shortcuts', async () => {
    const page = await show('#/queue');
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '王, 小明' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('heading', { name: 'Spend' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('kaur');
    await expect.poll(() => page.locator('.queue-body-row').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard and mouse' }).waitFor();
  });

  it('draws only the rows in sight, and reaches the last', async () => {
    const page = await show('#/queue', fakeState({ rows: manyRows(5_000) }));
    await page.getByRole('grid').focus();
    expect(await page.locator('.queue-body-row').count()).toBeLessThan(60);
    await page.keyboard.press('End');
    await page.locator('[aria-rowindex="5001"]').waitFor();
  });

  it('follows the main process without a click', async () => {
    const state = fakeState();
    const page = await show('#/queue', state);
    await page.getByText('Reading, request 3/6').waitFor();
    state.rows = state.rows.map((row) => row.readingId === 'reading' ? { ...row, stageDone: 5 } : row);
    await shown().emit('readingsChanged', { readingIds: ['reading'] });
    await page.getByText('Reading, request 5/6').waitFor();
  });

  it('shows a copy as the same exam, without a state of its own', async () => {
    const page = await show('#/queue');
    const row = page.locator('#row-same');
    await row.getByText('Same exam, read already').waitFor();
    expect(await row.innerText()).not.toMatch(/Cancelled|Not read|Unknown|Failed/);
    expect(await row.getByRole('button', { name: 'Resume reading' }).count()).toBe(0);
    await row.dblclick();
    await page.getByRole('tab', { name: 'Exam', selected: true }).waitFor();
    expect(await page.getByText('Cancelled').count()).toBe(0);
  });

  it('never says "no findings" of an exam that was not fully read', async () => {
    const page = await show('#/queue');
    await page.locator('#row-nothing-incomplete').waitFor();
    expect(await page.locator('#row-nothing-incomplete .cell-findings').innerText()).toBe('Not fully read');
    expect(await page.locator('#row-clear .cell-findings').innerText()).toBe('No findings');
    expect(await page.locator('#row-held .cell-findings').innerText()).toMatch(/^Not read$/m);
  });
});

describe('the settings', () => {
  it('stop watching a folder only after asking', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Stop watching /srv/imaging/inbox/chest-ct' }).click();
    await page.getByRole('button', { name: 'Keep as it is' }).click();
    expect(state.settings.folders).toHaveLength(2);
    await page.getByRole('button', { name: 'Stop watching /srv/imaging/inbox/chest-ct' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop watching' }).click();
    await expect.poll(() => state.settings.folders.length).toBe(1);
  });
});
