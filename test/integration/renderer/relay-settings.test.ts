import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { RelaySetting } from '../../../src-shared/domain/relay-setting.ts';
import { fakeState } from '../../helpers/renderer-harness/fake-main.ts';
import type { FakeState } from '../../helpers/renderer-harness/fake-main.ts';
import { clinicSettings, sampleSettings } from '../../helpers/renderer-harness/sample-settings.ts';
import { windowTests } from '../../helpers/renderer-harness/window-tests.ts';

const { show } = windowTests();
const clinic = (): FakeState => fakeState({ settings: clinicSettings() });
const ids = (state: FakeState): readonly string[] => state.settings.settings.relays.map(({ id }) => id);
const relayOf = (state: FakeState, id: string): RelaySetting => state.settings.settings.relays.find((relay) => relay.id === id)!;
const open = (page: Page, name: string): Promise<void> => page.locator('.relay-open', { hasText: name }).click();

describe('a relay\'s key', () => {
  it('is handed over, and only its last four are shown', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill('sk-secret-1234');
    await page.getByRole('button', { name: 'Save in the keychain' }).click();
    await page.getByText('•••• 1234').waitFor();
    expect(state.called).toContainEqual({ name: 'setRelayKey', request: { relayId: 'first', key: 'sk-secret-1234', sessionOnly: false } });
    expect(await page.content()).not.toContain('sk-secret');
  });

  it('is kept for the session, plainly, where it cannot be kept', async () => {
    const state = fakeState({ settings: sampleSettings({}, { key: { state: 'none', lastFour: null, keychain: 'unavailable' } }) });
    const page = await show('#/settings', state);
    await page.getByText('This machine offers no keychain', { exact: true }).waitFor();
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill('sk-secret-1234');
    await page.getByRole('button', { name: 'Use for this session' }).click();
    await expect.poll(() => state.called.find(({ name }) => name === 'setRelayKey')?.request).toEqual({ relayId: 'first', key: 'sk-secret-1234', sessionOnly: true });
  });

  it('is refused at its own field', async () => {
    const state = fakeState();
    state.failing.set('setRelayKey', { code: 'key-malformed', message: 'raw words', retryable: false });
    const page = await show('#/settings', state);
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill('a b');
    await page.getByRole('button', { name: 'Save in the keychain' }).click();
    await page.locator('.relay-key .mantine-InputWrapper-error').waitFor();
    expect(await page.locator('.mantine-Notification-root').count()).toBe(0);
  });
});

describe('the consent', () => {
  it('names the host and the country that pictures go to', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByRole('textbox', { name: 'Where its machines stand' }).fill('Ireland');
    await page.keyboard.press('Enter');
    await page.getByText('Images leave this machine to api.relay.example (Ireland).').waitFor();
    await page.getByRole('checkbox', { name: 'Pictures of exams may be sent to api.relay.example' }).click();
    await expect.poll(() => relayOf(state, 'first').confirmedHost).toBe('api.relay.example');
    expect(relayOf(state, 'first').countryNote).toBe('Ireland');
  });

  it('is asked for anew when the address changes; a bad address is told at its field and saved nowhere', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await open(page, 'Radiology gateway');
    const address = page.getByRole('textbox', { name: 'Base address' });
    await address.fill('http://relay.example');
    await address.press('Enter');
    await page.locator('.relay-fields').getByText(/The address is not https/).waitFor();
    expect(relayOf(state, 'first').baseUrl).toBe('https://api.relay.example/v1');
    await address.fill('https://new.example/v1');
    await address.press('Enter');
    await expect.poll(() => relayOf(state, 'first').baseUrl).toBe('https://new.example/v1');
    expect(await page.getByRole('checkbox', { name: 'Pictures of exams may be sent to new.example' }).isChecked()).toBe(false);
  });
});

describe('the list of relays', () => {
  it('is put in order by button and by keyboard', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Move models.other-relay.example:8443 up' }).click();
    await expect.poll(() => ids(state)).toEqual(['relay-b2', 'first', 'relay-c3']);
    await page.locator('.relay-open', { hasText: 'Server in the basement' }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => ids(state)).toEqual(['relay-b2', 'relay-c3', 'first']);
  });

  it('says which is in use, which stands in and which is not set up', async () => {
    const page = await show('#/settings', clinic());
    await page.locator('.role-in-use').waitFor();
    expect(await page.locator('.relay-role').allInnerTexts()).toEqual(['in use', 'stands in', 'not set up']);
    await page.locator('.relay', { hasText: '8443' }).getByText('Key refused').waitFor();
  });

  it('gives a removed relay back whole with one click; with a key it asks first', async () => {
    const state = clinic();
    const before = state.settings.settings.relays;
    const page = await show('#/settings', state);
    await page.locator('.standing').first().waitFor();
    await page.getByRole('button', { name: 'Remove Server in the basement' }).click();
    await expect.poll(() => ids(state)).toEqual(['first', 'relay-b2']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => state.settings.settings.relays).toEqual(before);
    await page.getByRole('button', { name: 'Remove Radiology gateway' }).click();
    await page.getByRole('dialog').getByText(/Its key cannot: it is deleted/).waitFor();
    expect(ids(state)).toHaveLength(3);
    await page.getByRole('button', { name: 'Keep as it is' }).click();
    expect(ids(state)).toHaveLength(3);
  });

  it('takes one more, and keeps the only one', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    expect(await page.getByRole('button', { name: 'Remove api.relay.example' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Add a relay' }).click();
    await page.keyboard.type('ftp://x');
    await page.keyboard.press('Enter');
    await page.locator('.new-relay .mantine-InputWrapper-error').waitFor();
    await page.locator('.new-relay input').fill('https://second.example/v1');
    await page.keyboard.press('Enter');
    await page.locator('.relay-body').waitFor();
    expect(state.settings.settings.relays.map(({ baseUrl }) => baseUrl)).toEqual(['https://api.relay.example/v1', 'https://second.example/v1']);
    expect(state.settings.settings.relays[1]?.id).toMatch(/^relay-[0-9a-f]{12}$/);
  });

  it('refuses a secret as a header, says why, and saves the rest only when it is right', async () => {
    const state = fakeState();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Add a header' }).click();
    const [name, value] = [page.locator('.header-row input').nth(0), page.locator('.header-row input').nth(1)];
    await name.fill('X-Api-Key');
    await value.fill('abc');
    await value.press('Tab');
    await page.getByText(/A header of this name holds a secret/).waitFor();
    expect(relayOf(state, 'first').extraHeaders).toEqual({});
    await name.fill('X-Title');
    await value.fill('Bearer abc');
    await page.getByText(/This looks like a key/).waitFor();
    await value.fill('LungDesk');
    await value.press('Tab');
    await expect.poll(() => relayOf(state, 'first').extraHeaders).toEqual({ 'x-title': 'LungDesk' });
  });
});

describe('a diagnosis', () => {
  it('names its price before, and shows line by line what failed', async () => {
    const state = clinic();
    const page = await show('#/settings', state);
    await page.getByRole('button', { name: 'Diagnose Radiology gateway' }).click();
    await page.getByText('Up to 3 requests, $0.0064 at most').waitFor();
    expect(state.called.some(({ name }) => name === 'diagnoseRelay')).toBe(false);
    await page.getByRole('button', { name: 'Check Radiology gateway' }).click();
    await page.locator('.notice-good').waitFor();
    await page.getByRole('combobox', { name: 'Model to diagnose' }).click();
    await page.getByRole('option', { name: 'house-vision-7b' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Failed: nothing this model says is drawn onto pictures.').waitFor();
    await page.locator('.check-failed', { hasText: 'What it says is not what was drawn' }).waitFor();
    expect(await page.locator('.check').count()).toBe(11);
    expect(state.called).toContainEqual({ name: 'diagnoseRelay', request: { relayId: 'first', model: 'house-vision-7b' } });
  });
});
