import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { callNames } from '../../src-shared/ipc/channel-names.ts';
import type { CallHandlers, CallName, Envelope } from '../../src-shared/ipc/contract.ts';
import { answerCall } from './answer-call.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** What became of a call that was not answered well: the call's name and the error's code, nothing of its content. */
export type CallReporter = (call: CallName, code: string) => void;

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
  report: CallReporter,
): void {
  for (const name of callNames) {
    ipc.handle(name, async (event: IpcMainInvokeEvent, ...args: unknown[]): Promise<Envelope<unknown>> => {
      const answer = isTrustedSender(event, windowIds()) ? await answerCall(handlers, name, args) : untrusted;
      if (!answer.ok) report(name, answer.error.code);
      return answer;
    });
  }
}

const untrusted: Envelope<never> = {
  ok: false,
  error: { code: 'sender-untrusted', message: 'the call did not come from the LungDesk window', retryable: false },
};
