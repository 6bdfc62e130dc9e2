import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { sharedData } from '../shared-data.ts';
import { buildWindow } from './build-window.ts';
import { decodeSeries, syntheticSeries } from './decode-series.ts';
import { fakeState } from './fake-main.ts';
import { launchBrowser, openWindow } from './open-window.ts';
import { clinicSettings, sampleSettings } from './sample-settings.ts';

/** Writes a picture of every screen and state: `node test/helpers/renderer-harness/take-screenshots.ts <folder> [word of the names] [word of the looks]`. */
const [folder = 'window-screenshots', only = '', look = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const shared = sharedData('dev-ct-lidc-0001');
const series = shared === null ? syntheticSeries(107) : decodeSeries(join(shared, 'series'));
const files = await buildWindow();
const browser = await launchBrowser();

type Shot = readonly [name: string, hash: string, prepare?: (page: Page) => Promise<void>];
const tab = (name: number) => async (page: Page): Promise<void> => { await page.getByRole('tab').nth(name).click(); };
const press = (...keys: readonly string[]) => async (page: Page): Promise<void> => { for (const key of keys) await page.keyboard.press(key); };
const measureAt = (share: number) => async (page: Page): Promise<void> => {
  await page.keyboard.press('m');
  const view = await page.locator('.viewport').boundingBox();
  if (view !== null) await page.mouse.click(view.x + share * view.width, view.y + 0.45 * view.height);
  await page.locator('.measure-result:not(.is-empty)').waitFor();
};
const clinic = (section: number, then?: (page: Page) => Promise<void>) => async (page: Page): Promise<void> => { await page.locator('.settings-nav button').nth(section).click(); await then?.(page); };
const shots: readonly Shot[] = [
  ['candidates', '#/exam/device-only'],
  ['candidates-selected', '#/exam/device-only', press('j', 'j')],
  ['candidates-details', '#/exam/device-only', press('j', 'j', 'Enter')],
  ['candidates-unmeasured', '#/exam/device-only', press('k', 'k', 'k', 'k', 'k', 'k')],
  ['candidates-findings', '#/exam/critical', press('c', 'c', 'j')],
  ['candidates-searching', '#/exam/searching'],
  ['candidates-none', '#/exam/device-none'],
  ['candidates-failed', '#/exam/device-failed'],
  ['candidates-no-lungs', '#/exam/device-no-lungs'],
  ['candidates-held', '#/exam/held'],
  ['candidates-waiting', '#/exam/preparing'],
  ['candidates-unread', '#/exam/device-only', tab(1)],
  ['measure', '#/exam/device-only', measureAt(0.35)],
  ['measure-none', '#/exam/device-only', measureAt(0.7)],
  ['confirm-relay', '#/exam/device-only', async (page) => { await page.locator('.exam-commands button').last().click(); }],
  ['queue', '#/queue'],
  ['exam-findings', '#/exam/critical'],
  ['exam-bone', '#/exam/critical', async (page) => { await page.keyboard.press('3'); await page.keyboard.press('n'); }],
  ['exam-requests', '#/exam/reading', async (page) => { await tab(2)(page); await page.locator('.request-line').nth(1).click(); }],
  ['exam-requests-readers', '#/exam/two-readers', tab(2)],
  ['exam-requests-control', '#/exam/control-failed', async (page) => { await page.getByRole('tab').nth(2).click(); await page.locator('.request-line').first().click(); }],
  ['exam-sent', '#/exam/critical', tab(3)],
  ['exam-sent-tile', '#/exam/two-readers', press('.', '.', '.', 't', 't', 't')],
  ['exam-sent-native', '#/exam/two-readers', press('.', 't', 't', 'z')],
  ['exam-sent-large', '#/exam/two-readers', press('.', ',', 't', 'e')],
  ['exam-sent-large-native', '#/exam/two-readers', press('.', ',', 't', 't', 'z', 'e')],
  ['exam-sent-control', '#/exam/control-failed', tab(3)],
  ['exam-sent-words', '#/exam/critical', async (page) => { await page.getByRole('tab').nth(3).click(); await page.locator('.sent-toggle').click(); await page.locator('.sent-words').scrollIntoViewIfNeeded(); }],
  ['exam-sent-earlier', '#/exam/old', tab(3)],
  ['exam-sent-notyet', '#/exam/preparing', tab(3)],
  ['exam-sent-held', '#/exam/held-budget', tab(3)],
  ['exam-plan-consent', '#/exam/held'],
  ['exam-plan-budget', '#/exam/held-budget'],
  ['exam-plan-reading', '#/exam/reading'],
  ['exam-findings-tile', '#/exam/two-readers', press('n', 'n')],
  ['exam-findings-old', '#/exam/old'],
  ['exam-findings-control', '#/exam/control-failed'],
  ['exam-opinions', '#/exam/two-readers', press('j', 'j')],
  ['exam-compare', '#/exam/two-readers', press('x')],
  ['exam-report', '#/exam/two-readers', press('d')],
  ['exam-report-rejected', '#/exam/two-readers', async (page) => { await page.keyboard.press('d'); await page.locator('.report-ask button').click(); await page.locator('.report-source.is-warn').waitFor(); }],
  ['exam-report-waiting', '#/exam/two-readers', async (page) => { await page.keyboard.press('d'); await page.locator('.report-ask button').click(); await page.locator('.report-text.is-waiting').waitFor(); }],
  ['exam-about', '#/exam/nothing-incomplete', tab(4)],
  ['exam-reading', '#/exam/reading'],
  ['exam-incomplete', '#/exam/incomplete'],
  ['exam-nothing-incomplete', '#/exam/nothing-incomplete'],
  ['exam-clear', '#/exam/clear'],
  ['exam-arriving', '#/exam/arriving'],
  ['exam-settling', '#/exam/settling'],
  ['exam-preparing', '#/exam/preparing'],
  ['exam-held', '#/exam/held'],
  ['exam-failed', '#/exam/failed'],
  ['exam-late', '#/exam/late'],
  ['exam-missing', '#/exam/gone'],
  ['exam-gap', '#/exam/gap'],
  ['exam-same', '#/exam/same'],
  ['spend', '#/spend'],
  ['settings', '#/settings'],
  ['relays', '#/settings', clinic(1)],
  ['relays-open', '#/settings', clinic(1, async (page) => { await page.locator('.relay-open').first().click(); await page.locator('.relay-ways button').first().click(); await page.locator('.notice-good').waitFor(); })],
  ['relays-bottom', '#/settings', clinic(1, async (page) => { await page.locator('.relay-open').nth(1).click(); await page.locator('.header-add').click(); await page.locator('.header-row input').nth(0).fill('x-api-key'); await page.locator('.relay-health').scrollIntoViewIfNeeded(); })],
  ['relays-consent', '#/settings', clinic(1, async (page) => { await page.locator('.relay-open').nth(2).click(); const address = page.locator('.relay-fields input').nth(1); await address.fill('http://relay.example'); await address.press('Enter'); await page.locator('.relay-fields .mantine-Input-input[data-error]').waitFor(); })],
  ['relays-diagnosis', '#/settings', clinic(1, async (page) => { await page.locator('.relay-ways button').nth(1).click(); await page.locator('.checks').waitFor(); })],
  ['relays-removed', '#/settings', clinic(1, async (page) => { await page.locator('.relay').nth(2).locator('.relay-ways button').last().click(); await page.locator('.relay-removed').waitFor(); await page.locator('.settings-section header button').nth(1).click(); })],
  ['models', '#/settings', clinic(2)],
  ['models-checked', '#/settings', clinic(1, async (page) => { await page.locator('.relay-ways button').first().click(); await page.locator('.notice-good').waitFor(); await page.locator('.settings-nav button').nth(2).click(); })],
  ['models-end', '#/settings', clinic(2, async (page) => { await page.locator('.catalogue tbody tr').last().scrollIntoViewIfNeeded(); })],
  ['models-choose', '#/settings', clinic(2, async (page) => { await page.locator('#settings-models input').first().click(); })],
  ['models-override', '#/settings', clinic(2, async (page) => { await page.locator('.model-edit button').nth(2).click(); const field = page.locator('.override input[inputmode]').first(); await field.fill('0.002'); await page.locator('.override-ways button').last().click(); await page.locator('.override .notice-warn').waitFor(); })],
  ['reader-settings', '#/settings', clinic(3)],
  ['settings-end', '#/settings', clinic(6)],
  ['shortcuts', '#/queue', async (page) => { await page.keyboard.press('?'); }],
  ['menu', '#/queue', async (page) => { await page.locator('.row-actions button').last().click(); }],
  ['confirm', '#/exam/reading', async (page) => { await page.locator('.exam-commands button').last().click(); }],
];

async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null && document.querySelector('main') !== null);
  if (await page.locator('.viewport').count() > 0) await page.locator('.viewport[data-rendered]').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => { requestAnimationFrame(done); }); }));
}

const clinicNames = /^(relays|models|reader-settings|settings-end)/;
const themes = ['dark', 'light'] as const;
const languages = ['en', 'zh-CN'] as const;
const sizes = [{ width: 1440, height: 900 }, { width: 1024, height: 700 }] as const;
let complaints = 0;
for (const theme of themes) for (const language of languages) for (const size of sizes) {
  const suffix = `${theme}-${language}-${size.width}`;
  if (!suffix.includes(look) || (only !== '' && !suffix.includes(only) && !shots.some(([name]) => name.includes(only)))) continue;
  const wanted = shots.filter(([name]) => only === '' || suffix.includes(only) || name.includes(only));
  for (const [name, hash, prepare] of wanted) {
    const state = fakeState({ settings: clinicNames.test(name) ? clinicSettings({ theme, language }) : sampleSettings({ theme, language, monthlyBudgetMicroUsd: 50_000_000 }) });
    state.draft = name.endsWith('waiting') ? 'never' : 'rejected';
    const window = await openWindow(browser, files, series, state, size);
    await window.go(hash);
    await settle(window.page);
    await prepare?.(window.page);
    await settle(window.page);
    await window.page.waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'));
    await window.page.screenshot({ path: join(folder, `${name}-${suffix}.png`) });
    complaints += window.complaints.length;
    for (const complaint of window.complaints) console.log(`${name}-${suffix}: ${complaint}`);
    await window.close();
  }
  for (const [name, state] of [
    ['welcome', fakeState({ rows: [], settings: sampleSettings({ theme, language, welcomeSeen: false }, { folders: [] }) })],
    ['queue-empty', fakeState({ rows: [], settings: sampleSettings({ theme, language }) })],
    ['spend-empty', fakeState({ spendEmpty: true, settings: sampleSettings({ theme, language }) })],
  ] as const) {
    if (only !== '' && !name.includes(only) && !suffix.includes(only)) continue;
    const window = await openWindow(browser, files, series, state, size);
    if (name === 'spend-empty') await window.go('#/spend');
    await settle(window.page);
    await window.page.screenshot({ path: join(folder, `${name}-${suffix}.png`) });
    for (const complaint of window.complaints) console.log(`${name}-${suffix}: ${complaint}`);
    await window.close();
  }
}
await browser.close();
console.log(`complaints: ${complaints}`);
