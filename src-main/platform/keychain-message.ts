import * as z from 'zod';

/** One thing the keychain helper is asked to do. */
export interface KeychainRequest {
  readonly id: number;
  readonly action: 'get' | 'set' | 'delete';
  readonly service: string;
  readonly account: string;
  /** With 'set' only. */
  readonly value: string | null;
}

/** What the helper answers; `value` with 'get' only. */
export const keychainAnswerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.int(), ok: z.literal(true), value: z.string().nullable() }),
  z.strictObject({ id: z.int(), ok: z.literal(false), fault: z.enum(['locked', 'unavailable', 'timeout']) }),
]);

/** The helper's answer, parsed. */
export type KeychainAnswer = z.infer<typeof keychainAnswerSchema>;

/**
 * Sorts the error texts of keytar and libsecret; the texts themselves go no further.
 *
 * @param text - Of the error.
 */
export function keychainFaultOf(text: string): 'locked' | 'unavailable' | 'timeout' {
  if (/timeout|timed out/i.test(text)) return 'timeout';
  // libsecret: "Cannot create an item in a locked collection"; macOS: errSecInteractionNotAllowed, errSecAuthFailed.
  if (/locked|dismissed|interaction is not allowed|not correct/i.test(text)) return 'locked';
  return 'unavailable';
}
