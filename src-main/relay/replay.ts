import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { TileAnswer } from '../../src-shared/domain/tile-answer.ts';
import type { ModelCatalogue } from './catalogue.ts';
import { readEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { isBlind } from './forecast.ts';
import { picturesToAskAgain, tileNumbersOf } from './picture-plan.ts';
import type { AskedRequest } from './picture-plan.ts';
import { promptLength, promptParts } from './prompt.ts';
import { choiceProblem, readReply } from './reply.ts';
import type { ReplyReading } from './reply.ts';
import type { TileRequestResult } from './tile-request.ts';

/** What has to be known of a request to read its answer; a TileRequest is one. */
export interface AnsweredRequest extends AskedRequest {
  readonly model: string;
}

/**
 * What a reply's envelope tells before the model's words are read: null when they can be read.
 *
 * Finds models that did not see the pictures, by the tokens they were charged for or by the name they answer under.
 *
 * @param request - What was sent; pictures of this attempt.
 * @param envelope - The reply.
 * @param catalogue - For the token rules.
 */
export function envelopeProblem(request: AnsweredRequest, envelope: Extract<Envelope, { kind: 'reply' }>, catalogue: ModelCatalogue): ErrorCode | null {
  const problem = choiceProblem(envelope.choice);
  if (problem !== null) return problem;
  if (envelope.model !== null && catalogue.findModel(envelope.model)?.vision === false) return 'answer-blind';
  if (envelope.usage === null) return null;
  const words = promptLength(promptParts(request));
  return isBlind(envelope.usage, catalogue.modelOrUnknown(request.model), request.pictures, words) ? 'answer-blind' : null;
}

/**
 * Reads a stored answer again, instead of paying again, after LungDesk ended between settling it and using it. Pure.
 *
 * @param request - What was sent; pictures of this attempt.
 * @param responseBody - As the attempt book stored it.
 * @param catalogue - For the token rules.
 */
export function replayAnswer(
  request: AnsweredRequest,
  responseBody: string,
  catalogue: ModelCatalogue,
): Pick<TileRequestResult, 'answers' | 'modelServed' | 'repaired'> {
  const numbers = tileNumbersOf(request.pictures);
  const envelope = readEnvelope(responseBody);
  if (envelope.kind !== 'reply') return { answers: allTiles(numbers, 'answer-not-json'), modelServed: null, repaired: false };
  const reading = readReply(envelope.choice, request);
  // Should the attempt have carried fewer pictures than are known here, tokens are demanded only for those it answers for.
  const pictures = reading.ok ? request.pictures.filter((picture) => picture.tiles.some((tile) => isAnswered(reading.answers.get(tile.number)))) : request.pictures;
  const problem = envelopeProblem({ ...request, pictures }, envelope, catalogue);
  if (problem !== null) return { answers: allTiles(numbers, problem), modelServed: envelope.model, repaired: false };
  return { answers: answersOf(reading, numbers), modelServed: envelope.model, repaired: reading.ok && reading.repaired };
}

/**
 * Reads all stored answers of a request again, in the order in which they came: each was asked for the pictures that the
 * ones before had left without valid answers.
 *
 * @param request - The whole request, as it was planned.
 * @param stored - Body and model of each attempt that was answered.
 * @param catalogue - For the token rules.
 * @returns Empty where nothing is stored.
 */
export function replayAnswers(
  request: AskedRequest,
  stored: readonly { readonly model: string; readonly body: string }[],
  catalogue: ModelCatalogue,
): ReadonlyMap<number, TileAnswer> {
  let answers: ReadonlyMap<number, TileAnswer> = new Map();
  for (const { model, body } of stored) {
    const pictures = picturesToAskAgain(request.pictures, answers);
    answers = mergeAnswers(answers, replayAnswer({ ...request, model, pictures }, body, catalogue).answers);
  }
  return answers;
}

/**
 * Answers of a reading of a reply, one for every tile.
 *
 * @param reading - From readReply.
 * @param tileNumbers - Tiles that were sent.
 */
export function answersOf(reading: ReplyReading, tileNumbers: readonly number[]): ReadonlyMap<number, TileAnswer> {
  return reading.ok ? reading.answers : allTiles(tileNumbers, reading.code);
}

/**
 * One and the same fate for all tiles; a refusal is a refusal, the rest are failures.
 *
 * @param tileNumbers - Tiles of the request.
 * @param code - Why.
 */
export function allTiles(tileNumbers: readonly number[], code: ErrorCode): ReadonlyMap<number, TileAnswer> {
  return new Map(tileNumbers.map((number) => [number, { state: code === 'answer-refused' ? 'refused' : 'failed', code }]));
}

/**
 * Puts a later attempt's answers over earlier ones; what was valid once stays valid.
 *
 * @param earlier - Answers so far.
 * @param later - Answers of a later attempt, possibly of fewer tiles.
 */
export function mergeAnswers(earlier: ReadonlyMap<number, TileAnswer>, later: ReadonlyMap<number, TileAnswer>): ReadonlyMap<number, TileAnswer> {
  const merged = new Map(earlier);
  for (const [number, answer] of later) {
    if (merged.get(number)?.state !== 'valid') merged.set(number, answer);
  }
  return merged;
}

function isAnswered(answer: TileAnswer | undefined): boolean {
  return answer !== undefined && !(answer.state === 'failed' && answer.code === 'answer-invalid');
}
