import * as z from 'zod';
import { modelOverridesSchema } from './model-overrides.ts';
import { readingPlans } from './reading.ts';
import { fallbackWaySchema, firstRelayId, referenceRelayBaseUrl, relaySettingSchema } from './relay-setting.ts';
import { readingModes } from './request-plan.ts';

/** What the admin and the reader can set; parsed at the door, stored as one row per key. */
export const settingsSchema = z.strictObject({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['dark', 'light']),
  /** In order of preference; the first is the one in use, the others stand in for it. Ids are unique. */
  relays: z.array(relaySettingSchema).min(1).max(8).refine((relays) => new Set(relays.map(({ id }) => id)).size === relays.length),
  /** Other models that may stand in when the chosen one cannot be had on any relay, in order; nothing else ever does. */
  allowedFallbacks: z.array(fallbackWaySchema).max(16),
  /** Model for routine readings; null means the catalogue's default for the relay in use. */
  standardModel: z.string().max(200).nullable(),
  /** Model for high-priority readings. */
  accurateModel: z.string().max(200).nullable(),
  requestsInFlight: z.int().min(1).max(8),
  imagesPerRequest: z.int().min(1).max(20),
  settleSeconds: z.int().min(1).max(3600),
  /** Hard monthly limit in micro-USD; null means no limit. */
  monthlyBudgetMicroUsd: z.int().min(0).nullable(),
  /** IANA zone that decides which month a cost belongs to; null means the machine's zone. */
  billingTimeZone: z.string().max(64).nullable(),
  /** How exams are read from now on: by a relay beside the device, or by the device alone. */
  readingPlan: z.enum(readingPlans),
  /** How a relay's models are shown an exam, from now on. */
  readingMode: z.enum(readingModes),
  /** A second reader: nobody, the same model with everything mirrored, or another model on the same relay. */
  secondReader: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('mirrored') }),
    z.strictObject({ kind: z.literal('model'), model: z.string().min(1).max(200) }),
  ]),
  /** Asked about what the two differ on, and about nothing else; null: nobody. */
  thirdReaderModel: z.string().min(1).max(200).nullable(),
  /** What the clinic knows better than the catalogue, by relay and model. */
  modelOverrides: modelOverridesSchema,
  /** Candidates of the device that are kept for each exam, best first. */
  candidatesPerExam: z.int().min(30).max(60),
  welcomeSeen: z.boolean(),
});

/** LungDesk's settings. */
export type Settings = z.infer<typeof settingsSchema>;

/** Settings of a fresh installation. */
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'dark',
  relays: [{
    id: firstRelayId, name: '', baseUrl: referenceRelayBaseUrl, extraHeaders: {}, confirmedHost: null, countryNote: '', priceMultiplierPercent: 100,
  }],
  allowedFallbacks: [],
  standardModel: null,
  accurateModel: null,
  requestsInFlight: 5,
  imagesPerRequest: 20,
  settleSeconds: 20,
  monthlyBudgetMicroUsd: null,
  billingTimeZone: null,
  readingPlan: 'relay',
  readingMode: 'sweep-and-verify',
  secondReader: { kind: 'none' },
  thirdReaderModel: null,
  modelOverrides: [],
  candidatesPerExam: 40,
  welcomeSeen: false,
};
