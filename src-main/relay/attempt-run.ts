import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { AnswerFormat } from './answer-format.ts';
import { runBookedCall } from './booked-call.ts';
import type { BookedEnd } from './booked-call.ts';
import { forecastRequest } from './forecast.ts';
import type { CatalogueModel } from './model-catalogue.ts';
import { outcomeOfReply } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { tileNumbersOf } from './picture-plan.ts';
import { allTiles, answersOf, envelopeProblem } from './replay.ts';
import { readReply } from './reply.ts';
import { requestBody, requestTextLength } from './request-body.ts';
import type { RelaySenderDeps, SendOptions } from './sender-deps.ts';
import type { RelayTarget, TileRequest } from './tile-request.ts';

/** One HTTP request to make. */
export interface AttemptPlan {
  /** Its pictures are those that hold a tile without a valid answer. */
  readonly request: TileRequest;
  readonly target: RelayTarget;
  readonly row: CatalogueModel;
  readonly format: AnswerFormat;
  readonly maxOutputTokens: number;
}

/** What came of one HTTP request; `outcome` is null when every tile got what it asked for. */
export interface AttemptRun extends Omit<BookedEnd, 'reply'> {
  readonly outcome: Outcome | null;
  /** Of the tiles on the pictures that were sent. */
  readonly answers: ReadonlyMap<number, TileAnswer>;
  readonly repaired: boolean;
}

/**
 * Makes one HTTP request with its ledger row, and reads the answer once the row is settled.
 *
 * @param deps - Of the sender.
 * @param plan - What to send.
 * @param options - Signal and progress.
 */
export async function runAttempt(deps: RelaySenderDeps, plan: AttemptPlan, options: SendOptions): Promise<AttemptRun> {
  const { request, target, row, format, maxOutputTokens } = plan;
  const numbers = tileNumbersOf(request.pictures);
  const size = { purpose: request.purpose, pictures: request.pictures, tileCount: numbers.length, textLength: requestTextLength(request, format).all };
  const { reply, ...end } = await runBookedCall(deps, {
    target,
    opening: {
      requestId: request.requestId,
      readingId: request.readingId,
      relayName: target.name,
      model: request.model,
      purpose: request.purpose,
      priceMultiplierPercent: target.priceMultiplierPercent,
      forecast: forecastRequest(row, size, maxOutputTokens),
    },
    body: () => requestBody({ request, row, format, maxOutputTokens }),
    problemOf: (envelope) => envelopeProblem(request, envelope, deps.catalogue),
  }, options);
  if (end.outcome !== null || reply === null) return { ...end, repaired: false, answers: allTiles(numbers, end.outcome?.code ?? 'unexpected') };
  return { ...end, ...readAnswers(deps, plan, reply.choice, numbers) };
}

function readAnswers(
  deps: RelaySenderDeps,
  { request, target, format }: AttemptPlan,
  choice: Parameters<typeof readReply>[0],
  numbers: readonly number[],
): Pick<AttemptRun, 'outcome' | 'answers' | 'repaired'> {
  const reading = readReply(choice, request);
  const answers = answersOf(reading, numbers);
  if (reading.ok) {
    deps.ladders.kept(target.id, request.model, format);
    const gap = [...answers.values()].find((answer) => answer.state === 'failed');
    return { answers, repaired: reading.repaired, outcome: gap === undefined ? null : outcomeOfReply(gap.code) };
  }
  if (reading.code === 'answer-invalid' || reading.code === 'answer-not-json') deps.ladders.strayed(target.id, request.model, format);
  return { answers, repaired: false, outcome: outcomeOfReply(reading.code) };
}
