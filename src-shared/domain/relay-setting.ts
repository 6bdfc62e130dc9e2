import * as z from 'zod';

/** Base URL of the reference pipeline's relay (reference tutorial, step 1). */
export const referenceRelayBaseUrl = 'https://api.holysheep.ai/v1';

/** Id of the relay of a fresh installation, and of the one relay that versions before several relays had. */
export const firstRelayId = 'first';

const idSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Headers that the connection itself, the key or LungDesk's own words need. */
const reservedHeaders = /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|origin|referer|user-agent|date|via|forwarded|accept(-.*)?|content-.*|sec-.*|proxy-.*)$/;

/** Headers that are there to hold a secret. */
const secretHeaders = /^(.*authorization.*|.*cookie.*|.*password.*|.*secret.*|.*token|.*api-?key)$/;

/** What a key or a password begins with when it is put where a plain value belongs. */
const secretValue = /^\s*(bearer|basic)\s|^\s*(sk|pk|gsk|xai|key)[-_][\w-]{12,}\s*$/i;

/**
 * Why an extra header cannot be sent.
 *
 * shape: not a header's name. secret: made to hold one. reserved: LungDesk or the connection sets it.
 *
 * @param name - In lower case.
 * @returns null when it can be sent.
 */
export function headerNameFault(name: string): 'shape' | 'secret' | 'reserved' | null {
  if (!/^[a-z0-9-]{1,60}$/.test(name)) return 'shape';
  if (secretHeaders.test(name)) return 'secret';
  return reservedHeaders.test(name) ? 'reserved' : null;
}

/**
 * Why a person should not save a header's value; the settings themselves refuse only what is no header value.
 *
 * @param value - As typed.
 */
export function headerValueFault(value: string): 'shape' | 'secret' | null {
  if (!headerValue.test(value)) return 'shape';
  return secretValue.test(value) ? 'secret' : null;
}

const headerValue = /^[\x20-\x7e]{1,2000}$/;
const headerNameSchema = z.string().refine((name) => headerNameFault(name) === null);

/** One relay as it is set up. Its key is not here: it is in the keychain. */
export const relaySettingSchema = z.strictObject({
  /** Never changes; settings and readings name the relay by it. 'practice' is the relay built in. */
  id: idSchema.refine((id) => id !== 'practice'),
  /** What people call it; '' shows its host. */
  name: z.string().max(60).refine((name) => name.trim().toLowerCase() !== 'practice'),
  baseUrl: z.string().max(500),
  /**
   * Sent with every request, as gateways want it; visible ASCII. Never the key or another secret: they are stored as plain text.
   */
  extraHeaders: z.record(headerNameSchema, z.string().regex(headerValue)).refine((headers) => Object.keys(headers).length <= 16),
  /** Host (with port, where there is one) a person has agreed to send images to; images go nowhere else. */
  confirmedHost: z.string().max(255).nullable(),
  /** Where the relay's machines stand, as the clinic knows it; shown beside the consent. */
  countryNote: z.string().max(200),
  /** What the relay takes of the model's list price, percent. */
  priceMultiplierPercent: z.int().min(0).max(10_000),
});

/** See relaySettingSchema. */
export type RelaySetting = z.infer<typeof relaySettingSchema>;

/** A model on a relay. */
export const fallbackWaySchema = z.strictObject({ relayId: idSchema, model: z.string().min(1).max(200) });

/** See fallbackWaySchema. */
export type FallbackWay = z.infer<typeof fallbackWaySchema>;

/**
 * Name under which a relay's key is kept in the keychain.
 *
 * It holds the host, so that a key is never sent to another host when the address is changed. The first relay's is the
 * host alone, as in versions that knew one relay: the key stored then stays in use.
 *
 * @param relayId - Of the settings.
 * @param host - Host (with port, where there is one) of its address.
 */
export function relayKeyAccount(relayId: string, host: string): string {
  return relayId === firstRelayId ? host : `${relayId}/${host}`;
}

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
