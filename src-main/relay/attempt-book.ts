import type { AttemptEnd, AttemptOpening } from '../../src-shared/domain/attempt.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';

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
