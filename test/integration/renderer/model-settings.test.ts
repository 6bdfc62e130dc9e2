import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import type { FakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { clinicSettings } from '../../helpers/renderer-harness/sample-settings.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { show } = windowTests();
const clinic = (): FakeState => fakeState({ settings: clinicSettings() });
const row = (page: Page, id: string) => page.locator('.catalogue tbody tr').filter({ has: page.locator('code', { hasText: new RegExp(`^${id}$`) }) });

describe('the models', () => {
  it('that cannot be chosen say why, in the table and in the choice, and one click chooses another', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await row(page, 'text-only-v3').getByText('This model cannot see pictures.').waitFor();
    await row(page, 'old-vision').getByText('This model is no longer offered.').waitFor();
    await page.getByRole('combobox', { name: 'Standard' }).click();
    const option = page.getByRole('option', { name: /Text Only v3/ });
    expect(await option.innerText()).toContain('This model cannot see pictures.');
    await option.click({ force: true });
    expect(state.settings.settings.standardModel).toBeNull();
    await page.keyboard.press('Escape');
    await row(page, 'text-only-v3').getByRole('button', { name: 'Choose Vision Mini as standard' }).click();
    await expect.poll(() => state.settings.settings.standardModel).toBe('vision-mini');
  });

  it('show prices with what they depend on, controls, and a proof with its day', async () => {
    const page = await show('#/settings', clinic());
    await row(page, 'vision-standard').getByText('above 200,000 tokens $0.50 / $3.00').waitFor();
    await row(page, 'vision-mini').getByText('now ×1.5 (Mon–Fri 1–10 h UTC)').waitFor();
    await row(page, 'vision-accurate-3').getByText('your price; list $2.00 / $10.00').waitFor();
    await row(page, 'vision-standard').getByText('normal lung 47/48').waitFor();
    await row(page, 'vision-standard').getByText('nodules 45/47').waitFor();
    expect(await row(page, 'vision-standard').innerText()).toMatch(/Proven, with doubts\s+Nov 21, 2026/);
  });

  it('are offered or not once the relay was asked, also under other names', async () => {
    const page = await show('#/settings', clinic());
    await page.getByRole('button', { name: 'Check Radiology gateway' }).click();
    await row(page, 'vision-standard').getByText('Offered', { exact: true }).waitFor();
    await row(page, 'vision-accurate-2').getByText('maker/vision-accurate-2').waitFor();
    await row(page, 'vision-accurate-3').getByText('Not offered').waitFor();
    await page.getByRole('button', { name: /Only the relay knows/ }).click();
    await page.locator('.catalogue').getByText('house-vision-7b').waitFor();
  });

  it('that end soon are told of in the queue, and replaced wherever they are chosen', async () => {
    const state = clinic();
    const page = await show('#/queue', state);
    await page.getByText('Vision Accurate 2 ends on Dec 6, 2026, in 12 days').waitFor();
    await page.getByRole('button', { name: 'Replace by Vision Accurate 3' }).click();
    await expect.poll(() => state.settings.settings.accurateModel).toBe('vision-accurate-3');
    expect(state.settings.settings.thirdReaderModel).toBe('vision-accurate-3');
    await page.locator('.model-ends').waitFor({ state: 'detached' });
  });
});

describe('a price of the clinic\'s own', () => {
  it('is asked about twice when it is 50 times off', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Own price and permission for Vision Standard' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'The relay charges a price of its own' }).click();
    await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('0.00025');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/You typed \$0.00025 \/ \$2.00; the catalogue says \$0.25 \/ \$2.00/).waitFor();
    expect(state.called.some(({ name }) => name === 'updateSettings')).toBe(false);
    await dialog.getByRole('textbox', { name: 'Input', exact: true }).fill('0.2');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(state.settings.settings.modelOverrides).toContainEqual({ relayId: 'first', model: 'vision-standard', price: { input: 200_000, cachedInput: 25_000, cacheWrite: null, output: 2_000_000 }, multiplierPercent: null, choice: null, tokenRule: null });
  });

  it('goes with its last word; a model is ruled out and let in again', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Own price and permission for Vision Abroad' }).click();
    await page.getByRole('dialog').getByText('As others').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => state.settings.settings.modelOverrides.map(({ model }) => model)).toEqual(['vision-accurate-3']);
    await page.getByRole('checkbox', { name: /only when they are allowed one by one/ }).click();
    await expect.poll(() => state.settings.settings.modelOverrides.find(({ model }) => model === null)?.choice).toBe('deny');
  });
});

describe('how exams are read', () => {
  it('is chosen with a sentence on what each way covers and costs', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    expect(await page.getByRole('radio', { name: /Sweep and verify/ }).isChecked()).toBe(true);
    await page.getByText(/what the device missed, no model sees/).click();
    await expect.poll(() => state.settings.settings.readingMode).toBe('verify');
  });

  it('has a second reader and a third only beside it', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByText('Same model, mirrored').click();
    await expect.poll(() => state.settings.settings.secondReader).toEqual({ kind: 'mirrored' });
    await page.getByText('None', { exact: true }).click();
    await expect.poll(() => state.settings.settings.secondReader).toEqual({ kind: 'none' });
    await page.getByRole('combobox', { name: 'Asked where the two differ' }).waitFor({ state: 'detached' });
  });

  it('has stand-ins in an order, and no other', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Move Vision Standard up' }).click();
    await expect.poll(() => state.settings.settings.allowedFallbacks.map(({ model }) => model)).toEqual(['vision-standard', 'vision-mini']);
    await page.getByRole('combobox', { name: 'Model', exact: true }).click();
    await page.getByRole('option', { name: /Vision Accurate 3/ }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await expect.poll(() => state.settings.settings.allowedFallbacks.at(-1)).toEqual({ relayId: 'first', model: 'vision-accurate-3' });
    await page.locator('.fallback-list').getByRole('button', { name: 'Remove Vision Mini' }).click();
    await expect.poll(() => state.settings.settings.allowedFallbacks.map(({ model }) => model)).toEqual(['vision-standard', 'vision-accurate-3']);
  });
});
