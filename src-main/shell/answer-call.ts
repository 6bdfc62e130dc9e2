import { calls } from '../../src-shared/ipc/contract.ts';
import type { CallHandlers, CallName, Envelope } from '../../src-shared/ipc/contract.ts';
import { AppError } from '../../src-shared/domain/errors.ts';

/** Largest request the window may make, as JSON characters; the largest real one is a relay key. */
const maxRequestLength = 64 * 1024;

/**
 * Runs one call: parse the request, run its handler, answer with an envelope.
 *
 * @param handlers - One handler per call.
 * @param name - The call.
 * @param args - What the window sent, as it arrived; at most one value.
 * @returns Always an envelope; of an error that is not an AppError nothing but 'unexpected' gets out.
 */
export async function answerCall(handlers: CallHandlers, name: CallName, args: readonly unknown[]): Promise<Envelope<unknown>> {
  try {
    const request = parseRequest(name, args);
    // The schema of this very call produced the request; the compiler cannot follow that through the union.
    const handler = handlers[name] as (request: unknown) => Promise<unknown>;
    return { ok: true, value: await handler(request) };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) {
      return { ok: false, error: { code: 'unexpected', message: 'a fault inside LungDesk', retryable: false } };
    }
    return { ok: false, error: { code: thrown.code, message: thrown.message, retryable: thrown.retryable } };
  }
}

function parseRequest(name: CallName, args: readonly unknown[]): unknown {
  if (args.length > 1 || !isSmallPlainData(args[0])) throw invalidRequest(name);
  const parsed = calls[name].request.safeParse(args[0]);
  // The schema's own message would repeat what was sent.
  if (!parsed.success) throw invalidRequest(name);
  return parsed.data;
}

function isSmallPlainData(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    return JSON.stringify(value).length <= maxRequestLength;
  } catch {
    // Functions, cycles and big integers cannot be written as JSON and are in no request.
    return false;
  }
}

function invalidRequest(name: CallName): AppError {
  return new AppError('request-invalid', `the call ${name} was made with something it does not take`);
}
