import type * as Electron from 'electron';
import { ipcMain } from './api/ipc-main.ts';
import { nativeImage } from './api/native-image.ts';
import { session } from './api/session.ts';
import { app } from './lifecycle/app.ts';
import { electronExports, guard, missingModule } from './not-implemented.ts';
import { clipboard, isOnline, nativeTheme, powerMonitor, powerSaveBlocker, screen, shell, StandinNotification } from './system/desktop.ts';
import { makeDialog } from './system/dialog.ts';
import { StandinMenu, StandinMenuItem } from './system/menu.ts';
import { StandinTray } from './system/tray.ts';
import { utilityProcess } from './system/utility-process.ts';
import { StandinBrowserWindow } from './window/browser-window.ts';
import { StandinWebContents, webContents } from './window/web-contents.ts';
import { StandinSession } from './api/session.ts';

/** The names of electron's main-process exports that the stand-in has. */
export type ProvidedExports = Pick<
  typeof Electron,
  | 'app' | 'BrowserWindow' | 'webContents' | 'ipcMain' | 'session' | 'protocol' | 'net' | 'Menu' | 'MenuItem' | 'Tray' | 'nativeImage' | 'dialog' | 'shell'
  | 'powerMonitor' | 'powerSaveBlocker' | 'nativeTheme' | 'screen' | 'Notification' | 'utilityProcess' | 'clipboard'
>;

/**
 * Builds what require('electron') answers: our parts, each guarded so that a missing member throws by name, and for every
 * other export of Electron something that throws by name when used.
 */
export function makeElectronModule(): Readonly<Record<string, object>> {
  const provided = {
    app: guard(app, 'app', 'App'),
    BrowserWindow: guardClass(StandinBrowserWindow, 'BrowserWindow', 'BaseWindow'),
    webContents: guard(webContents, 'webContents', 'WebContents'),
    ipcMain: guard(ipcMain, 'ipcMain', 'IpcMain'),
    session: guard(session, 'session', 'Session'),
    // Electron's `protocol` is the default session's, reachable before ready.
    protocol: guard(session.defaultSession.protocol, 'protocol', 'Protocol'),
    net: guard({ fetch: (input: string | Request, init?: RequestInit) => session.defaultSession.fetch(input, init), isOnline, get online() { return isOnline(); } }, 'net', 'Net'),
    Menu: guardClass(StandinMenu, 'Menu'),
    MenuItem: StandinMenuItem,
    Tray: guardClass(StandinTray, 'Tray'),
    nativeImage: guard(nativeImage, 'nativeImage', 'NativeImage'),
    // Tests replace its functions, so it stays a plain object.
    dialog: makeDialog(),
    shell: guard(shell, 'shell', 'Shell'),
    powerMonitor: guard(powerMonitor, 'powerMonitor', 'PowerMonitor'),
    powerSaveBlocker,
    nativeTheme: guard(nativeTheme, 'nativeTheme', 'NativeTheme'),
    screen: guard(screen, 'screen', 'Screen'),
    Notification: guardClass(StandinNotification, 'Notification'),
    utilityProcess,
    clipboard: guard(clipboard, 'clipboard', 'Clipboard'),
  } satisfies Record<keyof ProvidedExports, object>;
  guard(StandinWebContents.prototype, 'webContents', 'WebContents');
  guard(StandinSession.prototype, 'session', 'Session');
  const missing = [...electronExports()].filter((name) => !(name in provided));
  return { ...Object.fromEntries(missing.map((name) => [name, missingModule(name)])), ...provided };
}

function guardClass<T extends { readonly prototype: object }>(constructor: T, name: string, ...more: readonly string[]): T {
  guard(constructor.prototype, name, name, ...more);
  return guard(constructor, name, name, ...more);
}
