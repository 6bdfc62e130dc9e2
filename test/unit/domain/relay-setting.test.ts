import { describe, expect, it } from 'vitest';
import { relayKeyAccount, relaySettingSchema } from '../../../src-shared/domain/relay-setting.ts';
import { defaultSettings, settingsSchema } from '../../../src-shared/domain/settings.ts';

const relay = { id: 'second', name: 'Second', baseUrl: 'https://relay.example/v1', extraHeaders: {}, confirmedHost: null, countryNote: '', priceMultiplierPercent: 100 };

describe('relaySettingSchema', () => {
  it.each(['x-portkey-provider', 'x-portkey-custom-host', 'x-portkey-virtual-key', 'http-referer', 'x-title', 'helicone-user-id', 'openai-organization'])('takes the header %s', (name) => {
    expect(relaySettingSchema.safeParse({ ...relay, extraHeaders: { [name]: 'value' } }).success).toBe(true);
  });
  it.each([
    'authorization', 'proxy-authorization', 'x-authorization', 'cookie', 'set-cookie', 'api-key', 'x-api-key', 'x-portkey-api-key', 'x-auth-token', 'x-secret', 'x-password', 'host',
    'content-length', 'content-type', 'connection', 'transfer-encoding', 'user-agent', 'accept-encoding', 'upgrade', 'te', 'X-Title', 'x title', 'x_title', '', 'x'.repeat(61), 'x\r\n',
  ])('refuses the header %j', (name) => {
    expect(relaySettingSchema.safeParse({ ...relay, extraHeaders: { [name]: 'value' } }).success).toBe(false);
  });
  it.each(['', 'a\r\nx-evil: 1', 'ü', '\0', 'x'.repeat(2001)])('refuses the header value %j', (value) => {
    expect(relaySettingSchema.safeParse({ ...relay, extraHeaders: { 'x-title': value } }).success).toBe(false);
  });
  it.each([{ id: 'practice' }, { id: 'A' }, { id: '' }, { name: ' Practice ' }, { priceMultiplierPercent: -1 }, { priceMultiplierPercent: 1.5 }, { key: 'sk' }])('refuses %o', (change) => {
    expect(relaySettingSchema.safeParse({ ...relay, ...change }).success).toBe(false);
  });
  it('keeps ids apart, and at least one relay', () => {
    expect(settingsSchema.safeParse({ ...defaultSettings, relays: [relay, relay] }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...defaultSettings, relays: [] }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...defaultSettings, relays: [relay, { ...relay, id: 'third' }] }).success).toBe(true);
  });
});

describe('relayKeyAccount', () => {
  it.each([['first', 'relay.example', 'relay.example'], ['second', 'relay.example', 'second/relay.example'], ['second', 'relay.example:8443', 'second/relay.example:8443']])('of %s at %s is %s', (id, host, account) => {
    expect(relayKeyAccount(id, host)).toBe(account);
  });
});
