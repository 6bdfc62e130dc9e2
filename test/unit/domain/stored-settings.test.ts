import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import { settingsFromRows } from '../../../src-shared/domain/stored-settings.ts';

const [first] = defaultSettings.relays;
const second = { ...first, id: 'second', baseUrl: 'https://second.example/v1' };

describe('settingsFromRows', () => {
  it('is the default where nothing is stored', () => {
    expect(settingsFromRows([])).toEqual(defaultSettings);
  });
  it('makes the one relay of earlier versions the first of several, with its consent', () => {
    const { relays } = settingsFromRows([['relayBaseUrl', 'https://relay.example/v1'], ['dataFlowConfirmedHost', 'relay.example']]);
    expect(relays).toEqual([{ ...first, baseUrl: 'https://relay.example/v1', confirmedHost: 'relay.example' }]);
  });
  it('keeps the consent of one who never changed the address', () => {
    expect(settingsFromRows([['dataFlowConfirmedHost', 'api.holysheep.ai']]).relays).toEqual([{ ...first, confirmedHost: 'api.holysheep.ai' }]);
  });
  it('never looks at the old rows once several relays are stored', () => {
    expect(settingsFromRows([['relayBaseUrl', 'https://relay.example/v1'], ['relays', [second]], ['dataFlowConfirmedHost', 'relay.example']]).relays).toEqual([second]);
  });
  it.each([['relayBaseUrl', 7], ['relayBaseUrl', 'x'.repeat(501)], ['dataFlowConfirmedHost', {}], ['relays', []], ['relays', 'x'], ['theme', 'pink'], ['unheard-of', 1]])('leaves out what is not valid: %s %j', (key, value) => {
    expect(settingsFromRows([[key, value]])).toEqual(defaultSettings);
  });
  it('keeps every other setting', () => {
    expect(settingsFromRows([['theme', 'light'], ['requestsInFlight', 3]])).toEqual({ ...defaultSettings, theme: 'light', requestsInFlight: 3 });
  });
});
