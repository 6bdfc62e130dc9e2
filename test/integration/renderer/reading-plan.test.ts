import { describe, expect, it } from 'vitest';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { sampleSettings } from '../../helpers/renderer-harness/sample-settings.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { show, showExam } = windowTests();

describe('the plan', () => {
  it('shows candidates and the device alone in the queue, before any answer of a relay', async () => {
    const page = await show('#/queue');
    await page.locator('#row-reading .candidates-count').waitFor();
    expect(await page.locator('#row-reading .candidates-count').innerText()).toMatch(/^12 candidates\s+· device$/);
    await page.locator('#row-searching').getByRole('progressbar', { name: 'Device searching 43%' }).waitFor();
    await page.setViewportSize({ width: 1024, height: 700 });
    expect(await page.locator('#row-reading .candidates-device').evaluate((element) => element.getBoundingClientRect().width)).toBeGreaterThan(30);
    await page.locator('#row-device-only').getByText('Device only', { exact: true }).waitFor();
    const coverage = page.locator('#row-device-only .cell-coverage [role=img]');
    expect(await coverage.getAttribute('aria-label')).toBe('98 of 98 slices searched by the device');
    expect(await page.locator('#row-device-only').innerText()).not.toMatch(/Fully read|No findings/);
    expect(await page.locator('#row-same .candidates-count').count()).toBe(0);
  });

  it('finishes a waiting exam on the device at once: that costs nothing', async () => {
    const state = fakeState();
    const page = await showExam('held', state);
    await page.locator('.waiting').getByRole('button', { name: 'Finish on the device' }).click();
    await expect.poll(() => state.called.some(({ name }) => name === 'readOnDevice')).toBe(true);
    await page.getByText('The exam was finished on the device. Nothing more of it is sent.').waitFor();
    await page.getByText('Searched by device').waitFor();
  });

  it('sends to the relay only after asking, with the host in the question', async () => {
    const state = fakeState({ settings: sampleSettings({}, { practice: false }) });
    const page = await showExam('device-only', state);
    await page.getByRole('button', { name: 'Send to the relay' }).click();
    await page.getByRole('dialog').getByText(/is sent to api.relay.example and read there; that costs money/).waitFor();
    await page.getByRole('button', { name: 'Keep as it is' }).click();
    expect(state.called.some(({ name }) => name === 'readThroughRelay')).toBe(false);
    await page.getByRole('button', { name: 'Send to the relay' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send to the relay' }).click();
    await expect.poll(() => state.called.some(({ name }) => name === 'readThroughRelay')).toBe(true);
  });

  it('is set with a sentence on what it means', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByText('Device only', { exact: true }).click();
    await page.getByText(/No network, no key, no cost: nothing leaves this machine/).waitFor();
    await expect.poll(() => state.settings.settings.readingPlan).toBe('device-only');
    await page.getByRole('textbox', { name: 'Candidates per exam' }).fill('99');
    await page.keyboard.press('Enter');
    await expect.poll(() => state.settings.settings.candidatesPerExam).toBe(60);
  });

  it('tells searched slices from read ones in the bar below the pictures', async () => {
    const page = await showExam('device-only');
    expect(await page.locator('.coverage-cells .tile-searched').count()).toBe(98);
    await page.locator('.coverage-legend').getByText('searched by the device 98').waitFor();
    expect(await page.locator('.coverage-cells').getAttribute('aria-label')).toBe('98 of 98 slices searched by the device');
    await page.getByRole('tab', { name: 'Sent' }).click();
    await page.getByText('Nothing of this exam leaves this machine: it is read on the device alone.').waitFor();
  });
});
