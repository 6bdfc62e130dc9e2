import type { RelaySetting } from '../../../../src-shared/domain/relay-setting.ts';
import type { RelayHealthView } from '../../../../src-shared/domain/views.ts';

/** What a relay is for at present. */
export type RelayRole = 'in-use' | 'stands-in' | 'not-set-up';

/** The one thing about a relay that matters most now. */
export type RelayStanding = 'no-key' | 'keychain-closed' | 'no-consent' | 'not-checked' | 'paused' | 'ok' | 'trouble';

/**
 * Host (with port) of a relay's address, as consent is given to it; null for what is no address.
 *
 * @param baseUrl - Of the settings.
 */
export function hostOf(baseUrl: string): string | null {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : null;
}

/** A relay on this machine may do without a key. */
export function isOnThisMachine(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(new URL(baseUrl).hostname);
}

/** Whether readings could begin with it. */
function isSetUp(relay: RelaySetting, health: RelayHealthView | undefined): boolean {
  if (health === undefined) return false;
  return health.key.state !== 'none' || (isOnThisMachine(relay.baseUrl) && health.confirmed);
}

/**
 * Which relay is in use and which stand in: the first that is set up, and those after it.
 *
 * @param relays - In order of preference.
 * @param health - Of each that is known.
 * @returns Same order.
 */
export function rolesOf(relays: readonly RelaySetting[], health: readonly RelayHealthView[]): readonly RelayRole[] {
  const ready = relays.map((relay) => isSetUp(relay, health.find(({ relayId }) => relayId === relay.id)));
  const first = ready.indexOf(true);
  return ready.map((isReady, index) => (!isReady ? 'not-set-up' : index === first ? 'in-use' : 'stands-in'));
}

/**
 * What to say first of a relay.
 *
 * @param relay - Of the settings.
 * @param health - As LungDesk knows it.
 */
export function standingOf(relay: RelaySetting, health: RelayHealthView): RelayStanding {
  const { key, check, paused } = health;
  if (key.state === 'locked' || (key.state === 'unavailable' && !isOnThisMachine(relay.baseUrl))) return 'keychain-closed';
  if (key.state === 'none' && !isOnThisMachine(relay.baseUrl)) return 'no-key';
  if (!health.confirmed) return 'no-consent';
  if (check !== null && check.state !== 'ok') return 'trouble';
  if (paused.length > 0) return 'paused';
  return check === null ? 'not-checked' : 'ok';
}
