import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TokenForecast } from '../../src-shared/domain/attempt.ts';
import { answerName } from './answer-format.ts';
import type { AnswerFormat } from './answer-format.ts';
import { runBookedCall } from './booked-call.ts';
import type { BookedEnd } from './booked-call.ts';
import { textTokens } from './forecast.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import { outcomeOfReply } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { probeModel } from './probe.ts';
import { isLoopbackHost } from './relay-address.ts';
import { choiceProblem } from './reply.ts';
import { decideRetry, freshRetryBudget } from './retry.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import { readTextReply } from './text-reply.ts';
import type { RelayTarget } from './tile-request.ts';

/** A request of words alone that asks for one JSON object. */
export interface TextRequest<Value> {
  readonly readingId: string;
  readonly purpose: 'report';
  /** As the relay wants it. */
  readonly model: string;
  readonly words: string;
  /** Of the answer, in the strictest common subset (facts/relay.md 4.1). */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Tokens that the answer is expected to have, without reasoning. */
  readonly answerTokens: number;
  /** Makes a value of parsed JSON; null where it is not what was asked for. */
  readonly read: (json: unknown) => Value | null;
}

/** What became of a text request. */
export type TextRequestResult<Value> = {
  /** HTTP requests it took; each has its row in the ledger. */
  readonly attempts: number;
  readonly modelServed: string | null;
} & (
  | { readonly ok: true; readonly value: Value }
  /** `isModel`: it is this model that cannot be had, and another one may be asked. */
  | { readonly ok: false; readonly code: ErrorCode; readonly isModel: boolean }
);

/** HTTP requests that one text request may take: its answer is a comfort, not a need. */
const mostAttempts = 4;

/**
 * Sends a text request: one ledger row for each HTTP request, the program's own pace, breaker, ladder and retry policy. Nothing
 * that may have been billed is tried again, and every failure is a value.
 *
 * @param deps - Of the sender.
 * @param request - Words and what is made of the answer.
 * @param target - The relay.
 * @param options - Signal and progress.
 */
export async function sendText<Value>(deps: RelaySenderDeps, request: TextRequest<Value>, target: RelayTarget, options: SendOptions = {}): Promise<TextRequestResult<Value>> {
  if (target.key === null && !isLoopbackHost(target.baseUrl.hostname)) return { ok: false, code: 'key-missing', isModel: false, attempts: 0, modelServed: null };
  const row = deps.catalogue.modelOrUnknown(request.model);
  let format = deps.ladders.formatFor(target.id, request.model, row.firstFormat);
  let budget = freshRetryBudget(0);
  let outputFactor = 1;
  let modelServed: string | null = null;
  deps.traffic.retries.noteRequest();
  for (let attempts = 0; ;) {
    if (!(await isAdmitted(deps, request, target, options))) return { ok: false, code: 'relay-paused', isModel: true, attempts, modelServed };
    const run = await runText(deps, { request, target, row, format, maxOutputTokens: outputFactor * outputLimit(row, request) }, options);
    attempts += run.end.reserved ? 1 : 0;
    modelServed = run.end.modelServed ?? modelServed;
    if (run.ok) return { ok: true, value: run.value, attempts, modelServed };
    const { outcome } = run;
    const failed = { ok: false, code: outcome.code, isModel: outcome.stop?.scope === 'model', attempts, modelServed } as const;
    if (attempts >= mostAttempts) return failed;
    if (outcome.retry === 'step-down') {
      const below = deps.ladders.refused(target.id, request.model, format);
      if (below === null) return failed;
      format = below;
      continue;
    }
    if (outcome.code === 'answer-truncated') outputFactor = 2;
    format = deps.ladders.formatFor(target.id, request.model, format);
    const decision = decideRetry(outcome, budget, run.end.retryAfterMs, deps.clock.random());
    if (!decision.retry || !deps.traffic.retries.take()) return failed;
    ({ budget } = decision);
    options.onAttempt?.('retrying');
    try {
      await deps.clock.wait(decision.waitMs, options.signal);
    } catch (error) {
      if (options.signal?.aborted === true) return { ...failed, code: 'cancelled', isModel: false };
      throw error;
    }
  }
}

/**
 * Output limit of a text request: twice what is expected, a frame, and room for reasoning.
 *
 * @param row - The model.
 * @param request - With the tokens that are expected.
 */
export function outputLimit(row: CatalogueModel, { answerTokens }: Pick<TextRequest<unknown>, 'answerTokens'>): number {
  return 2 * answerTokens + 120 + row.parameters.reasoningAllowanceTokens;
}

interface TextPlan<Value> {
  readonly request: TextRequest<Value>;
  readonly target: RelayTarget;
  readonly row: CatalogueModel;
  readonly format: AnswerFormat;
  readonly maxOutputTokens: number;
}

type TextRun<Value> = { readonly end: BookedEnd } & ({ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly outcome: Outcome });

async function runText<Value>(deps: RelaySenderDeps, plan: TextPlan<Value>, options: SendOptions): Promise<TextRun<Value>> {
  const { request, target, format } = plan;
  const end = await runBookedCall(deps, {
    target,
    opening: {
      requestId: null,
      readingId: request.readingId,
      relayName: target.name,
      model: request.model,
      purpose: request.purpose,
      priceMultiplierPercent: target.priceMultiplierPercent,
      forecast: forecastText(plan),
    },
    body: () => [Buffer.from(textBody(plan))],
    problemOf: (reply) => choiceProblem(reply.choice),
  }, options);
  if (end.outcome !== null || end.reply === null) return { ok: false, outcome: end.outcome ?? outcomeOfReply('unexpected'), end };
  const reading = readTextReply(end.reply.choice, request.read);
  if (reading.ok) {
    deps.ladders.kept(target.id, request.model, format);
    return { ok: true, value: reading.value, end };
  }
  if (reading.code === 'answer-invalid' || reading.code === 'answer-not-json') deps.ladders.strayed(target.id, request.model, format);
  return { ok: false, outcome: outcomeOfReply(reading.code), end };
}

function isAdmitted<Value>(deps: RelaySenderDeps, { model }: TextRequest<Value>, target: RelayTarget, options: SendOptions): Promise<boolean> {
  const { gate } = deps.traffic.lane(target.id).model(model);
  return gate.admit(async () => (await probeModel(deps, target, model, options)).result);
}

function forecastText<Value>({ request, row, format, maxOutputTokens }: TextPlan<Value>): TokenForecast {
  const length = request.words.length + JSON.stringify(formatFields(format, request.schema)).length;
  const expected = request.answerTokens + Math.ceil(row.parameters.reasoningAllowanceTokens / 4);
  return { inputTokens: textTokens(length), imageTokens: 0, expectedOutputTokens: Math.min(maxOutputTokens, expected), maxOutputTokens };
}

/** Only allow-listed fields, as in requests with pictures. */
function textBody<Value>({ request, row: { parameters }, format, maxOutputTokens }: TextPlan<Value>): string {
  // GPT-6 calls tools only without reasoning (facts/relay.md 4.1).
  const effort = parameters.reasoningEffort !== null && format === 'tool' ? 'none' : parameters.reasoningEffort;
  return JSON.stringify({
    model: request.model,
    messages: [{ role: 'user', content: request.words }],
    [parameters.maxTokensField]: maxOutputTokens,
    ...(parameters.temperature === null ? {} : { temperature: parameters.temperature }),
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...(parameters.acceptsStore ? { store: false } : {}),
    ...formatFields(format, request.schema),
  });
}

function formatFields(format: AnswerFormat, schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  switch (format) {
    case 'json-schema': return { response_format: { type: 'json_schema', json_schema: { name: answerName, strict: true, schema } } };
    // The envelope reads the arguments of LungDesk's one tool, whatever it was asked for.
    case 'tool': return {
      tools: [{ type: 'function', function: { name: answerName, description: 'Hands over the answer.', parameters: schema } }],
      tool_choice: { type: 'function', function: { name: answerName } },
    };
    case 'json-object': return { response_format: { type: 'json_object' } };
    case 'prompt': return {};
  }
}
