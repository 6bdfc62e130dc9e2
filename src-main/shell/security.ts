import type { App, Session, WebContents } from 'electron';
import { isAllowedWindowRequest } from './request-rules.ts';
import type { ShellReport } from './shell-report.ts';

/** In-memory partition of LungDesk's window: nothing it stores survives, and no other page shares it. */
export const windowPartition = 'lungdesk';

/**
 * Closes a session: no permission, no device, no network but the program's own protocol, no download, no spell checker
 * (its dictionaries come from the network), nothing left over from before.
 *
 * @see facts/reliability.md 1.1 items 5 and 15, 1.3
 */
export async function hardenSession(session: Session, developerTools: boolean, report: ShellReport): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    report('permission-refused');
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // An empty answer is Electron's way to refuse a capture.
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isAllowedWindowRequest(details.url, developerTools);
    if (!allowed) report('network-refused');
    answer({ cancel: !allowed });
  });
  session.on('will-download', (event) => event.preventDefault());
  await session.clearStorageData();
}

/**
 * Keeps every page of the program where it is: no navigation, no redirect, no new window, no webview, in any frame.
 *
 * Reloading the page after its process died is done by the main process and is not a navigation of the page's own.
 *
 * @see facts/reliability.md 1.1 items 12 to 14
 */
export function confineContents(contents: WebContents, report: ShellReport): void {
  function refuse(event: { preventDefault(): void }): void {
    event.preventDefault();
    report('navigation-refused');
  }
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.setWindowOpenHandler(() => {
    report('navigation-refused');
    return { action: 'deny' };
  });
}

/** Confines every page from the moment it is made, also those nobody planned. */
export function confineAllContents(app: App, report: ShellReport): void {
  app.on('web-contents-created', (_event, contents) => confineContents(contents, report));
}
