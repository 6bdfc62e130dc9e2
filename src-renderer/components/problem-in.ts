import type { CallError } from '../../src-shared/ipc/contract.ts';
import { WorkstationError } from '../workstation.ts';

/** Reads the code of anything that was thrown; a fault of the window itself is 'unexpected'. */
export function problemIn(error: unknown): CallError {
  if (error instanceof WorkstationError) return { code: error.code, message: error.message, retryable: error.retryable };
  return { code: 'unexpected', message: 'a fault inside LungDesk', retryable: true };
}
