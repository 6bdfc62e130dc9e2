import type { RelaySetting } from './relay-setting.ts';

/**
 * What a relay is called where people see it.
 *
 * @param relay - Of the settings.
 * @param host - Host of its address.
 */
export function relayTitle(relay: Pick<RelaySetting, 'name'>, host: string): string {
  const name = relay.name.trim();
  return name === '' ? host : name;
}
