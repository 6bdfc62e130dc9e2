import type { TokenForecast, TokenUsage } from '../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** What is about to be sent, as the ledger has to know it before it reserves money for it. */
export interface AttemptOpening {
  readonly requestId: string | null;
  readonly readingId: string | null;
  readonly relayName: string;
  readonly model: string;
  readonly forecast: TokenForecast;
}

/**
 * How a relay bills an answer.
 *
 * reported: usage is given (null usage: booked at its forecast, state 'estimated'). not-billed: an error that providers
 * do not bill. possible: it may have been billed (408, 504, 52x, 200 with an error inside).
 *
 * @see facts/relay.md 5.3, 5.4
 */
export type Billing = 'reported' | 'not-billed' | 'possible';

/** How an answered attempt ended; `outcome` is what the envelope told, before the answer's content was looked at. */
export interface AttemptEnd {
  readonly httpStatus: number;
  readonly modelServed: string | null;
  readonly usage: TokenUsage | null;
  readonly responseBody: string;
  readonly outcome: ErrorCode | 'ok';
  readonly billing: Billing;
}

/** The ledger as the relay room sees it: one durable row per HTTP request. */
export interface AttemptBook {
  /**
   * Writes a durable 'reserved' row and returns its id.
   *
   * @throws {AppError} 'budget-reached' or 'database-full'; then nothing may be sent.
   */
  reserve(attempt: AttemptOpening): Promise<string>;
  /** Durable before the first byte leaves. */
  markSent(attemptId: string): Promise<void>;
  /**
   * Called in the same breath as the first byte: after a crash of LungDesk (not of the machine) it tells what was really
   * sent from what was only about to be.
   *
   * @throws {AppError} 'database-full' when it cannot be noted; then nothing may be sent.
   */
  noteFirstByte(attemptId: string): void;
  /** The relay answered; called with the raw body before the answer's content is parsed. */
  settle(attemptId: string, end: AttemptEnd): Promise<void>;
  /** Provably nothing was sent; comes from 'reserved', and from 'sent' where the connection died under the first byte. */
  voidAttempt(attemptId: string, outcome: ErrorCode): Promise<void>;
  /** Sent, outcome unknown. */
  markUnknown(attemptId: string, outcome: ErrorCode): Promise<void>;
}
