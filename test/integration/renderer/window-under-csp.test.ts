import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildWindow } from '../../helpers/renderer-harness/build-window.ts';
import type { BuiltFiles } from '../../helpers/renderer-harness/build-window.ts';
import { decodeSeries, syntheticSeries } from '../../helpers/renderer-harness/decode-series.ts';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import type { FakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { launchBrowser, openWindow } from '../../helpers/renderer-harness/open-window.ts';
import type { OpenWindow } from '../../helpers/renderer-harness/open-window.ts';
import { manyRows } from '../../helpers/renderer-harness/sample-rows.ts';
import { sampleSettings } from '../../helpers/renderer-harness/sample-settings.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const shared = sharedData('dev-ct-lidc-0001');
const series = shared === null ? syntheticSeries(107) : decodeSeries(join(shared, 'series'));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let files: BuiltFiles;
let open: OpenWindow | null = null;

beforeAll(async () => {
  files = await buildWindow();
  browser = await launchBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  // Whatever a test did: the policy held, nothing was thrown, nothing left for the network.
  const complaints = open?.complaints ?? [];
  await open?.close();
  open = null;
  expect(complaints).toEqual([]);
});

async function show(hash: string, state: FakeState = fakeState()): Promise<Page> {
  open = await openWindow(browser, files, series, state);
  await open.go(hash);
  return open.page;
}

async function showExam(readingId: string, state?: FakeState): Promise<Page> {
  const page = await show(`#/exam/${readingId}`, state);
  await page.locator('.viewport[data-rendered]').waitFor();
  return page;
}

async function seriousFaults(page: Page): Promise<readonly string[]> {
  // Playwright evaluates past the policy; the window itself could not load this.
  await page.evaluate(axeSource);
  const results = await page.evaluate(() => (window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe.run(document, { resultTypes: ['violations'] }));
  return results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`));
}

describe('the window', () => {
  it.each(['dark', 'light'] as const)('has no serious fault of accessibility on any screen (%s)', async (theme) => {
    const page = await show('#/queue', fakeState({ settings: sampleSettings({ theme }) }));
    for (const [hash, mark] of [['#/queue', '.queue-body-row'], ['#/spend', '.data-table'], ['#/settings', '.doctor'], ['#/exam/critical', '.viewport[data-rendered]'], ['#/exam/incomplete', '.unread'], ['#/exam/failed', '.stage-panel']] as const) {
      await open?.go(hash);
      await page.locator(mark).first().waitFor();
      expect(await seriousFaults(page), hash).toEqual([]);
    }
  });

  it('shows the welcome once, and leaves it for the sample exam', async () => {
    const state = fakeState({ settings: sampleSettings({ welcomeSeen: false }) });
    const page = await show('', state);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Read the sample exam' }).click();
    await page.locator('.viewport[data-rendered]').waitFor();
    expect(state.settings.settings.welcomeSeen).toBe(true);
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

describe('the queue', () => {
  it('is worked from the keyboard: arrows, Enter, filter, shortcuts', async () => {
    const page = await show('#/queue');
    await page.getByRole('grid').focus();
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
    await open?.emit('readingsChanged', { readingIds: ['reading'] });
    await page.getByText('Reading, request 5/6').waitFor();
  });

  it('never says "no findings" of an exam that was not fully read', async () => {
    const page = await show('#/queue');
    await page.locator('#row-nothing-incomplete').waitFor();
    expect(await page.locator('#row-nothing-incomplete .cell-findings').innerText()).toBe('Not fully read');
    expect(await page.locator('#row-clear .cell-findings').innerText()).toBe('No findings');
    expect(await page.locator('#row-held .cell-findings').innerText()).toBe('Not read');
  });
});

describe('the reading room', () => {
  it('shows HU under the cursor as stored, where the frame of a finding is', async () => {
    const page = await showExam('critical');
    const frame = await page.locator('.region-selected .region-frame').boundingBox();
    if (frame === null) throw new Error('no frame');
    await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2);
    const text = await page.locator('.corner-cursor').innerText();
    const [, hounsfield = '', column = '', row = ''] = /^(-?[\d,]+) HU at (\d+), (\d+)$/.exec(text) ?? [];
    const slice = series[Number(/Slice (\d+)/.exec(await page.locator('.corner-top-left').innerText())?.[1]) - 1];
    if (slice === undefined) throw new Error('no slice');
    expect(Number(hounsfield.replaceAll(',', ''))).toBe(slice.hounsfield[Number(row) * slice.columns + Number(column)]);
    // The middle of the frame is the finding's centre, in millimetres of the patient.
    expect(slice.origin[0] + Number(column) * slice.pixelSpacing[1]).toBeCloseTo(56.4, -1);
    expect(slice.origin[1] + Number(row) * slice.pixelSpacing[0]).toBeCloseTo(86.4, -1);
  });

  it('keeps the frame on the finding when zoomed, panned and reset', async () => {
    const page = await showExam('critical');
    const frame = page.locator('.region-selected .region-frame');
    const before = await frame.boundingBox();
    const view = await page.locator('.viewport').boundingBox();
    if (before === null || view === null) throw new Error('no frame');
    const [x, y] = [view.x + view.width / 2, view.y + view.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'middle' });
    await page.mouse.move(x + 60, y + 30, { steps: 3 });
    await page.mouse.up({ button: 'middle' });
    await expect.poll(async () => Math.round(((await frame.boundingBox())?.x ?? 0) - before.x)).toBe(60);
    await page.keyboard.press('r');
    await expect.poll(async () => Math.round(((await frame.boundingBox())?.x ?? 0) - before.x)).toBe(0);
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    await page.mouse.move(x, y + 80, { steps: 4 });
    await page.mouse.up({ button: 'right' });
    await expect.poll(async () => Math.abs(((await frame.boundingBox())?.width ?? 0) - before.width)).toBeGreaterThan(2);
  });

  it('scrolls with wheel and keys towards feet and head, and jumps to findings', async () => {
    const page = await showExam('critical');
    const at = async () => Number(await page.getByRole('slider').getAttribute('aria-valuenow'));
    const start = await at();
    await page.locator('.viewport-host').hover();
    await page.mouse.wheel(0, 100);
    await expect.poll(at).toBe(start - 1);
    await page.keyboard.press('ArrowUp');
    await expect.poll(at).toBe(start);
    await page.keyboard.press('End');
    await expect.poll(at).toBe(1);
    await expect.poll(() => page.locator('.viewport').getAttribute('data-rendered')).toBe('0');
    await page.keyboard.press('n');
    await expect.poll(at).toBe(51);
    expect(await page.locator('.finding[aria-current=true] .finding-place').innerText()).toBe('Right, lobe not determined');
    await page.keyboard.press('i');
    await expect.poll(() => page.locator('.region').count()).toBe(0);
  });

  it('changes the window with the number keys and by dragging', async () => {
    const page = await showExam('critical');
    const corner = page.locator('.corner-bottom-right');
    await page.keyboard.press('2');
    await expect.poll(() => corner.innerText()).toContain('C 40  W 400');
    const view = await page.locator('.viewport').boundingBox();
    if (view === null) throw new Error('no viewport');
    await page.mouse.move(view.x + 300, view.y + 300);
    await page.mouse.down();
    await page.mouse.move(view.x + 360, view.y + 320, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => corner.innerText()).toContain('Own window');
    await page.keyboard.press('1');
    await expect.poll(() => corner.innerText()).toContain('C -600  W 1,500');
  });

  it('shows names that a relay chose as text and nothing more', async () => {
    const page = await showExam('critical');
    await page.getByText('<img src=x onerror=alert(1)> relay/model', { exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await expect.poll(() => page.locator('.finding').last().innerText()).toContain('model said 0.31');
  });

  it('says which slices nobody read, and that a slice could not be prepared', async () => {
    const page = await showExam('nothing-incomplete');
    await page.getByText('Reading not complete: 106 of 107 slices').waitFor();
    await page.getByRole('button', { name: /^Slice 107 at/ }).click();
    await page.getByText('This slice could not be prepared, so nobody read it.').waitFor();
    expect(await page.getByText('No findings').count()).toBe(0);
  });

  it('shows slices as they get ready', async () => {
    const state = fakeState();
    const page = await showExam('preparing', state);
    await page.keyboard.press('Home');
    await page.getByText('This slice is not prepared yet.').waitFor();
    state.rows = state.rows.map((row) => row.readingId === 'preparing' ? { ...row, stageDone: 107 } : row);
    await open?.emit('readingsChanged', { readingIds: ['preparing'] });
    await page.getByText('This slice is not prepared yet.').waitFor({ state: 'detached' });
    const frame = page.locator('.viewport-host');
    const centre = await frame.boundingBox();
    if (centre === null) throw new Error('no viewport');
    await page.mouse.move(centre.x + centre.width / 2, centre.y + centre.height / 2);
    await page.mouse.move(centre.x + centre.width / 2 + 1, centre.y + centre.height / 2);
    await expect.poll(() => page.locator('.corner-cursor').innerText()).toMatch(/HU at/);
  });

  it('shows exactly what was sent', async () => {
    const page = await showExam('critical');
    await page.getByRole('tab', { name: 'Sent' }).click();
    const picture = page.getByRole('img', { name: 'Picture of slice 64 as sent' });
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(series[0]?.columns);
    expect(await page.locator('.sent-words').innerText()).toContain('labelled T01 to T20');
  });
});

describe('the settings', () => {
  it('hand the key over and show only its last four', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByLabel('Key', { exact: true }).fill('sk-secret-1234');
    await page.getByRole('button', { name: 'Save in the keychain' }).click();
    await page.getByText('•••• 1234').waitFor();
    expect(state.called).toContainEqual({ name: 'setRelayKey', request: { key: 'sk-secret-1234', sessionOnly: false } });
    expect(await page.content()).not.toContain('sk-secret');
  });

  it('say plainly when a key cannot be kept', async () => {
    const state = fakeState({ settings: sampleSettings({}, { key: { state: 'none', lastFour: null, keychain: 'unavailable' } }) });
    const page = await show('#/settings', state);
    await page.getByText('This machine offers no keychain', { exact: true }).waitFor();
    await page.getByLabel('Key', { exact: true }).fill('sk-secret-1234');
    await page.getByRole('button', { name: 'Use for this session' }).click();
    await expect.poll(() => state.called.find(({ name }) => name === 'setRelayKey')?.request).toEqual({ key: 'sk-secret-1234', sessionOnly: true });
  });

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

  it('name the host that pictures may go to', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByRole('checkbox', { name: 'Pictures of exams may be sent to api.relay.example' }).check();
    await expect.poll(() => state.settings.settings.dataFlowConfirmedHost).toBe('api.relay.example');
  });
});
