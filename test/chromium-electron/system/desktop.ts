import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import type * as Electron from 'electron';
import { browser } from '../chromium/browser.ts';
import { openWindows } from '../window/window-list.ts';

type ShellMembers = Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep' | 'trashItem'>;

/** Opens something with the desktop; answers '' or the reason it could not. */
function xdgOpen(target: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn('xdg-open', [target], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve('chromium-electron: xdg-open is not installed'));
    child.once('exit', (code) => resolve(code === 0 ? '' : `chromium-electron: xdg-open ended with ${String(code)}`));
    child.unref();
  });
}

/** electron's shell, through xdg-open where there is one. */
export const shell: Omit<ShellMembers, 'trashItem'> = {
  openExternal: async (url) => {
    const problem = await xdgOpen(url);
    if (problem !== '') process.stderr.write(`${problem}\n`);
  },
  openPath: xdgOpen,
  showItemInFolder: (path) => void xdgOpen(dirname(path)),
  beep: () => undefined,
};

class StandinNativeTheme extends EventEmitter {
  #source: Electron.NativeTheme['themeSource'] = 'system';
  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;

  constructor() {
    super();
    openWindows.on('created', () => this.#apply());
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    const wasDark = this.shouldUseDarkColors;
    this.#source = source;
    this.#apply();
    if (wasDark !== this.shouldUseDarkColors) this.emit('updated');
  }

  #apply(): void {
    const features = this.#source === 'system' ? [] : [{ name: 'prefers-color-scheme', value: this.#source }];
    for (const { webContents } of openWindows.all()) {
      void webContents.host.session().then((page) => page.send('Emulation.setEmulatedMedia', { features })).catch(() => undefined);
    }
  }
}

/** electron's nativeTheme: themeSource reaches every window's prefers-color-scheme. */
export const nativeTheme = new StandinNativeTheme();

class StandinPowerMonitor extends EventEmitter implements Pick<Electron.PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'> {
  readonly onBatteryPower = false;
  getSystemIdleState = (): 'active' => 'active';
  getSystemIdleTime = (): number => 0;
  isOnBatteryPower = (): boolean => false;
}

/** electron's powerMonitor: never suspends by itself; tests emit its events. */
export const powerMonitor = new StandinPowerMonitor();

const blockers = new Set<number>();
let lastBlocker = 0;

/** electron's powerSaveBlocker: counted, without effect. */
export const powerSaveBlocker: Electron.PowerSaveBlocker = {
  start: () => {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    return lastBlocker;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
};

const DISPLAY = {
  id: 1, label: '', scaleFactor: 1, rotation: 0, touchSupport: 'unknown', internal: false, colorDepth: 24, depthPerComponent: 8, displayFrequency: 60,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 }, size: { width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1080 }, workAreaSize: { width: 1920, height: 1080 },
} as unknown as Electron.Display;

class StandinScreen extends EventEmitter implements Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'> {
  getPrimaryDisplay = (): Electron.Display => DISPLAY;
  getAllDisplays = (): Electron.Display[] => [DISPLAY];
  getDisplayMatching = (): Electron.Display => DISPLAY;
  getDisplayNearestPoint = (): Electron.Display => DISPLAY;
  getCursorScreenPoint = (): Electron.Point => ({ x: 0, y: 0 });
}

/** electron's screen: one display of 1920 x 1080. */
export const screen = new StandinScreen();

/** electron's Notification: none are shown. */
export class StandinNotification extends EventEmitter {
  readonly options: Electron.NotificationConstructorOptions;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.options = options;
  }

  show = (): void => undefined;
  close = (): void => undefined;
  static isSupported = (): boolean => false;
}

let clipboardText = '';

/** electron's clipboard: text within this process only. */
export const clipboard = {
  writeText: (text: string): Promise<void> => {
    clipboardText = text;
    return Promise.resolve();
  },
  readText: (): Promise<string> => Promise.resolve(clipboardText),
  clear: (): Promise<void> => clipboard.writeText(''),
};

/** True once Chromium runs; the net module's hint. */
export function isOnline(): boolean {
  return browser.running !== undefined;
}
