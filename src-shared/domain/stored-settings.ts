import { firstRelayId } from './relay-setting.ts';
import { defaultSettings, settingsSchema } from './settings.ts';
import type { Settings } from './settings.ts';

/**
 * Settings from their stored rows; a missing or no longer valid value is the default's. Pure.
 *
 * Versions that knew one relay stored its address as `relayBaseUrl` and the consent as `dataFlowConfirmedHost`: they
 * become the first relay, until several relays are stored.
 *
 * @param rows - Key and parsed JSON of every row.
 */
export function settingsFromRows(rows: Iterable<readonly [key: string, value: unknown]>): Settings {
  const stored = new Map(rows);
  if (!stored.has('relays')) stored.set('relays', [relayOfOneRelayVersions(stored)]);
  let settings = defaultSettings;
  for (const key of Object.keys(defaultSettings)) {
    if (!stored.has(key)) continue;
    const candidate = settingsSchema.safeParse({ ...settings, [key]: stored.get(key) });
    if (candidate.success) settings = candidate.data;
  }
  return settings;
}

function relayOfOneRelayVersions(stored: ReadonlyMap<string, unknown>): unknown {
  const baseUrl = stored.get('relayBaseUrl');
  const confirmedHost = stored.get('dataFlowConfirmedHost') ?? null;
  return { ...defaultSettings.relays[0], id: firstRelayId, ...(typeof baseUrl === 'string' ? { baseUrl } : {}), confirmedHost };
}
