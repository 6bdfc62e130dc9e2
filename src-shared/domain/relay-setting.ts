import * as z from 'zod';
import { headerNameFault, headerValueFault } from './relay-header.ts';

/** Base URL of the reference pipeline's relay (reference tutorial, step 1). */
export const referenceRelayBaseUrl = 'https://api.holysheep.ai/v1';

/** Id of the relay of a fresh installation, and of the one relay that versions before several relays had. */
export const firstRelayId = 'first';

const idSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

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
  extraHeaders: z.record(headerNameSchema, z.string().refine((value) => headerValueFault(value) !== 'shape')).refine((headers) => Object.keys(headers).length <= 16),
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
