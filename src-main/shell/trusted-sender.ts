import { isAppUrl } from './app-origin.ts';

/** What of an IPC event decides whether its caller is trusted; matches Electron's IpcMainInvokeEvent. */
export interface CallSender {
  readonly sender: { readonly id: number };
  /** Null when the frame is gone (since Electron 33). */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null | undefined;
}

/**
 * Tells whether a call comes from the main frame of LungDesk's own page in LungDesk's own window.
 *
 * There is no exception for about:blank, for tests or for development.
 *
 * @param event - Who calls.
 * @param windowIds - webContents ids of the program's windows.
 */
export function isTrustedSender(event: CallSender, windowIds: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame === undefined) return false;
  if (frame.parent !== null) return false;
  return windowIds.has(event.sender.id) && isAppUrl(frame.url);
}
