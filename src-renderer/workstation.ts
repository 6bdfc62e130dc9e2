import type { CallError, CallName, Envelope, Events, LungDeskApi, RequestOf, ResponseOf } from '../src-shared/ipc/contract.ts';
import type { ErrorCode } from '../src-shared/domain/errors.ts';

declare global {
  interface Window {
    /** The preload's typed door to the main process. */
    readonly lungdesk: LungDeskApi;
  }
}

/** A call that failed in the main process: its stable code, its words, and whether trying again may help. */
export class WorkstationError extends Error {
  override readonly name = 'WorkstationError';
  readonly code: ErrorCode;
  readonly retryable: boolean;

  /** @param error - The error half of the envelope. */
  constructor(error: CallError) {
    super(error.message);
    this.code = error.code;
    this.retryable = error.retryable;
  }
}

type Ask<Name extends CallName> = (...request: readonly RequestOf<Name>[]) => Promise<Envelope<ResponseOf<Name>>>;

/**
 * Calls the main process and unwraps its envelope.
 *
 * @param name - Method of the contract.
 * @param request - What the method takes; nothing for methods without a request.
 * @throws {WorkstationError} when the main process answers with an error.
 */
export async function ask<Name extends CallName>(
  name: Name,
  ...request: RequestOf<Name> extends undefined ? [] : [RequestOf<Name>]
): Promise<ResponseOf<Name>> {
  const method = window.lungdesk[name] as unknown as Ask<Name>;
  const envelope = await method(...(request as RequestOf<Name>[]));
  if (!envelope.ok) throw new WorkstationError(envelope.error);
  return envelope.value;
}

/**
 * Listens to an event of the main process.
 *
 * @returns Ends the subscription.
 */
export function listen<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
  return window.lungdesk.on(name, listener);
}
