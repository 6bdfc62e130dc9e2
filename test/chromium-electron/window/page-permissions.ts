import type * as Electron from 'electron';
import { browser } from '../chromium/browser.ts';
import { fromLoopback } from '../protocol-server.ts';
import type { StandinWebContents } from './web-contents.ts';

type Asked = Parameters<Exclude<Parameters<Electron.Session['setPermissionRequestHandler']>[0], null>>[1];

/** Chromium's permission names, and what Electron calls them when it asks the app. */
const PERMISSIONS: readonly (readonly [chromium: string, electron: Asked])[] = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['camera', 'media'],
  ['microphone', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
  ['local-fonts', 'unknown'],
];

/**
 * Asks the session's handlers about every permission before a page loads, and sets Chromium's answers for its origin.
 * Chromium cannot ask while the page runs, so an answer holds until the next load.
 */
export async function applyPermissions(contents: StandinWebContents, origin: string): Promise<void> {
  const { requestHandler, checkHandler } = contents.session.permissions;
  if ((requestHandler === null && checkHandler === null) || origin === 'null') return;
  const root = await browser.started;
  const asContents = contents as unknown as Electron.WebContents;
  const requestingUrl = fromLoopback(origin);
  await Promise.all(
    PERMISSIONS.map(async ([chromium, electron]) => {
      const checked = checkHandler?.(asContents, electron, requestingUrl, { isMainFrame: true, requestingUrl }) ?? true;
      const granted = await new Promise<boolean>((resolve) => {
        if (requestHandler === null) resolve(true);
        else requestHandler(asContents, electron, resolve, { isMainFrame: true, requestingUrl });
      });
      await root
        .send('Browser.setPermission', { permission: { name: chromium }, setting: checked && granted ? 'granted' : 'denied', origin })
        // A name this Chromium does not know cannot be granted either.
        .catch(() => undefined);
    }),
  );
}
