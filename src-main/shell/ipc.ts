import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { callNames } from '../../src-shared/ipc/channel-names.ts';
import type { CallHandlers, Envelope } from '../../src-shared/ipc/contract.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import { answerCall } from './answer-call.ts';
import type { ShellReport } from './shell-report.ts';
import { isTrustedSender } from './trusted-sender.ts';

/**
 * Answers every call of the contract, for the program's own windows only.
 *
 * @param ipc - Electron's ipcMain.
 * @param handlers - One handler per call.
 * @param windowIds - Asks for the webContents ids of the program's windows at the time of the call.
 * @param report - Told of every refused and failed call.
 */
export function answerCalls(
  ipc: Pick<IpcMain, 'handle'>,
  handlers: CallHandlers,
  windowIds: () => ReadonlySet<number>,
  report: ShellReport,
): void {
  for (const name of callNames) {
    ipc.handle(name, async (event: IpcMainInvokeEvent, ...args: unknown[]): Promise<Envelope<unknown>> => {
      const answer = isTrustedSender(event, windowIds()) ? await answerCall(handlers, name, args) : untrusted;
      if (!answer.ok) report(eventOf(answer.error.code), answer.error.code);
      return answer;
    });
  }
}

function eventOf(code: ErrorCode): 'sender-refused' | 'request-refused' | 'call-failed' {
  if (code === 'sender-untrusted') return 'sender-refused';
  return code === 'request-invalid' ? 'request-refused' : 'call-failed';
}

const untrusted: Envelope<never> = {
  ok: false,
  error: { code: 'sender-untrusted', message: 'the call did not come from the LungDesk window', retryable: false },
};
