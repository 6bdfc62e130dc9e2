import { runBookedCall } from './booked-call.ts';
import type { BookedEnd } from './booked-call.ts';
import type { ProbeResult } from './breaker-gate.ts';
import { healthOf } from './circuit-breaker.ts';
import { forecastRequest } from './forecast.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayTarget } from './tile-request.ts';

const words = 'Connection test. Answer with the single word OK.';
const maxOutputTokens = 16;

/** What a test request told, and how it ended. */
export interface ProbeEnd {
  readonly result: ProbeResult;
  readonly end: BookedEnd;
}

/**
 * Sends one cheap test request, words without a picture, with a ledger row of its own: does the model answer again?
 *
 * @param deps - Of the sender.
 * @param target - The relay.
 * @param model - Name as the relay wants it.
 * @param options - Signal.
 */
export async function probeModel(deps: RelaySenderDeps, target: RelayTarget, model: string, options: Pick<SendOptions, 'signal'>): Promise<ProbeEnd> {
  const row = deps.catalogue.modelOrUnknown(model);
  const end = await runBookedCall(deps, {
    target,
    opening: {
      requestId: null,
      readingId: null,
      relayName: target.name,
      model,
      purpose: 'probe',
      priceMultiplierPercent: target.priceMultiplierPercent,
      forecast: forecastRequest(row, { purpose: 'image', pictures: [], tileCount: 0, textLength: words.length }, maxOutputTokens),
    },
    body: () => [Buffer.from(probeBody(model, row))],
    problemOf: () => null,
  }, options);
  return { result: resultOf(end), end };
}

function probeBody(model: string, { parameters }: CatalogueModel): string {
  return JSON.stringify({
    model,
    messages: [{ role: 'user', content: words }],
    [parameters.maxTokensField]: maxOutputTokens,
    ...(parameters.reasoningEffort === null ? {} : { reasoning_effort: parameters.reasoningEffort }),
    ...(parameters.acceptsStore ? { store: false } : {}),
  });
}

function resultOf({ outcome, reserved }: BookedEnd): ProbeResult {
  const code = outcome?.code ?? null;
  if (!reserved || code === 'cancelled' || code === 'database-full') return 'undecided';
  // A relay that finds fault with the words of the test is there again.
  return healthOf(code) === 'good' || code === 'relay-refused-request' ? 'good' : 'failed';
}
