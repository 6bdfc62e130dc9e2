import { problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { relayKeyAccount } from '../../src-shared/domain/relay-setting.ts';
import type { RelaySetting } from '../../src-shared/domain/relay-setting.ts';
import { relayTitle } from '../../src-shared/domain/relay-title.ts';
import type { Settings } from '../../src-shared/domain/settings.ts';
import type { RelayKeyDoor } from '../platform/relay-key.ts';
import type { RelayKeys } from '../platform/relay-keys.ts';
import { isLoopbackHost, parseRelayBaseUrl } from '../relay/relay-address.ts';
import type { RelayTarget } from '../relay/relay.ts';
import type { RelayTransport } from '../relay/transport.ts';

/** A relay named on the command line; whoever names it there wants the images to go there. */
export interface RelayOverride {
  readonly baseUrl: string;
  readonly key: string | null;
}

/** What finding the relays needs. */
export interface RelayPlacesParts {
  readonly settings: () => Promise<Settings>;
  readonly keys: RelayKeys;
  /** Way to relays on the network. */
  readonly transport: RelayTransport;
  readonly override: RelayOverride | null;
}

/** A relay as it can be used now. unset: it needs a key and has none. withheld: the keychain does not give its key now. */
export type RelayPlace =
  | { readonly kind: 'ready'; readonly target: RelayTarget; readonly confirmed: boolean }
  | { readonly kind: 'unset' }
  | { readonly kind: 'withheld'; readonly code: ErrorCode };

/** Name, host and key of a relay, whether it can be used or not. */
export interface RelaySign {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly confirmed: boolean;
  readonly keyDoor: RelayKeyDoor;
}

/** The relays of the settings, or the one of the command line in their place. */
export interface RelayPlaces {
  readonly isOverridden: boolean;
  /** In order of preference; never empty. */
  list(): Promise<readonly RelaySetting[]>;
  /** @throws {AppError} relay-address-refused */
  sign(relay: RelaySetting): RelaySign;
  place(relay: RelaySetting): Promise<RelayPlace>;
}

const overrideId = 'override';

/** Finds the relays; nothing is kept, so that every change counts at once. */
export function createRelayPlaces(parts: RelayPlacesParts): RelayPlaces {
  function sign(relay: RelaySetting): RelaySign {
    const { host } = parseRelayBaseUrl(relay.baseUrl);
    // A key for the address of the command line is the one that was stored for that host, if any.
    const account = relay.id === overrideId ? host : relayKeyAccount(relay.id, host);
    return { id: relay.id, title: relayTitle(relay, host), host, confirmed: relay.confirmedHost === host, keyDoor: parts.keys.door(account) };
  }
  return {
    isOverridden: parts.override !== null,
    async list() {
      return parts.override === null ? (await parts.settings()).relays : [overriding(parts.override)];
    },
    sign,
    async place(relay) {
      try {
        const baseUrl = parseRelayBaseUrl(relay.baseUrl);
        const { title, confirmed, keyDoor } = sign(relay);
        const key = parts.override?.key ?? (await keyDoor.key());
        // A relay on this machine may need no key; that it is meant at all shows in the consent.
        if (key === null && !(isLoopbackHost(baseUrl.hostname) && confirmed)) return { kind: 'unset' };
        const { id, extraHeaders, priceMultiplierPercent } = relay;
        const target = { id, name: title, baseUrl, key, extraHeaders, priceMultiplierPercent, practice: false, transport: parts.transport };
        return { kind: 'ready', target, confirmed };
      } catch (thrown) {
        return { kind: 'withheld', code: problemOf(thrown).code };
      }
    },
  };
}

function overriding({ baseUrl }: RelayOverride): RelaySetting {
  const { host } = parseRelayBaseUrl(baseUrl);
  return { id: overrideId, name: '', baseUrl, extraHeaders: {}, confirmedHost: host, countryNote: '', priceMultiplierPercent: 100 };
}

/**
 * The relay that the ledger names so.
 *
 * @param relays - Of the settings.
 * @param relayName - Its name or, where it has none, its host.
 */
export function relayNamed(relays: readonly RelaySetting[], relayName: string): RelaySetting | undefined {
  return relays.find((relay) => relayTitle(relay, parseRelayBaseUrl(relay.baseUrl).host) === relayName);
}
