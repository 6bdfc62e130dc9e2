import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { notImplemented } from '../not-implemented.ts';
import { preventableEvent } from '../preventable-event.ts';
import { openWindows } from '../window/window-list.ts';
import { getPath, setPath } from './app-paths.ts';
import { StandinCommandLine } from './command-line.ts';
import { SingleInstance } from './single-instance.ts';

/** The members of electron's app that the stand-in has. */
export type AppMembers = Pick<
  Electron.App,
  | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'relaunch' | 'getPath' | 'setPath' | 'getAppPath' | 'getVersion' | 'getName' | 'setName' | 'name' | 'isPackaged'
  | 'requestSingleInstanceLock' | 'releaseSingleInstanceLock' | 'hasSingleInstanceLock' | 'enableSandbox' | 'setBadgeCount' | 'getBadgeCount' | 'badgeCount'
  | 'getLocale' | 'getSystemLocale' | 'getLocaleCountryCode' | 'getPreferredSystemLanguages' | 'setAppUserModelId' | 'disableHardwareAcceleration'
  | 'userAgentFallback' | 'setAboutPanelOptions' | 'showAboutPanel' | 'focus' | 'hide' | 'show' | 'setAppLogsPath' | 'isHardwareAccelerationEnabled' | 'isAccessibilitySupportEnabled'
  | 'setAccessibilitySupportEnabled' | 'setDesktopName' | 'addRecentDocument' | 'clearRecentDocuments' | 'setLoginItemSettings' | 'setAsDefaultProtocolClient' | 'applicationMenu'
>;

/** electron's app: name, paths and the life of the process. */
export class StandinApp extends EventEmitter implements AppMembers {
  readonly commandLine = new StandinCommandLine();
  readonly isPackaged = false;
  readonly runningUnderARM64Translation = false;
  readonly #single = new SingleInstance();
  readonly #ready = Promise.withResolvers<void>();
  applicationMenu: Electron.Menu | null = null;
  badgeCount = 0;
  userAgentFallback = '';
  name = 'Electron';
  /** Set by the loader from the app's package.json. */
  version = process.versions.node;
  appPath = process.cwd();
  #isReady = false;
  #isQuitting = false;
  #hasExited = false;

  constructor() {
    super();
    this.setMaxListeners(0);
    openWindows.on('created', (window) => {
      this.emit('web-contents-created', preventableEvent(), window.webContents);
      this.emit('browser-window-created', preventableEvent(), window);
      window.webContents.on('render-process-gone', (event, details) => this.emit('render-process-gone', event, window.webContents, details));
    });
    openWindows.on('focus', (window) => this.emit('browser-window-focus', preventableEvent(), window));
    openWindows.on('close-refused', () => {
      this.#isQuitting = false;
    });
    openWindows.on('closed', () => this.#afterClosed());
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  /** Tells the app that windows may be opened now. */
  becomeReady(): void {
    if (this.#hasExited) return;
    this.#isReady = true;
    this.#ready.resolve();
    // Through the public emit: Playwright replaces it to hold "ready" back until it is connected.
    (this as EventEmitter).emit('ready', preventableEvent(), {});
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  quit(): void {
    if (this.#isQuitting || this.#hasExited) return;
    const event = preventableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.#isQuitting = true;
    const windows = openWindows.all();
    if (windows.length === 0) this.#leave();
    // A window that refuses ends the quitting; those after it stay open.
    windows.every((window) => {
      window.close();
      return this.#isQuitting;
    });
  }

  exit(exitCode = 0): void {
    if (this.#hasExited) return;
    this.#hasExited = true;
    for (const window of openWindows.all()) window.destroy();
    this.emit('quit', preventableEvent(), exitCode);
    this.#single.release();
    process.exit(exitCode);
  }

  relaunch(): void {
    throw notImplemented('app.relaunch');
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const start = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
    return this.#single.request(this.getPath('userData'), start, (second) => {
      void this.#ready.promise.then(() => this.emit('second-instance', preventableEvent(), second.argv, second.workingDirectory, second.additionalData));
    });
  }

  releaseSingleInstanceLock(): void {
    this.#single.release();
  }

  hasSingleInstanceLock(): boolean {
    return this.#single.isHeld;
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    return getPath(name, this.name);
  }

  setPath(name: string, path: string): void {
    setPath(name, path);
  }

  setBadgeCount(count = 0): boolean {
    this.badgeCount = count;
    return true;
  }

  getAppPath = (): string => this.appPath;
  getVersion = (): string => this.version;
  getName = (): string => this.name;
  setName = (name: string): void => void (this.name = name);
  getBadgeCount = (): number => this.badgeCount;
  getLocale = (): string => languages()[0] ?? 'en-US';
  getSystemLocale = (): string => this.getLocale();
  getLocaleCountryCode = (): string => this.getLocale().split('-')[1] ?? '';
  getPreferredSystemLanguages = (): string[] => languages();
  isHardwareAccelerationEnabled = (): boolean => false;
  isAccessibilitySupportEnabled = (): boolean => false;
  setLoginItemSettings = (): void => undefined;
  setAsDefaultProtocolClient = (): boolean => false;
  // Accepted without effect: the sandbox is Chromium's own business, the desktop's shell is not there.
  enableSandbox = (): void => undefined;
  setAppUserModelId = (): void => undefined;
  setDesktopName = (): void => undefined;
  disableHardwareAcceleration = (): void => undefined;
  setAccessibilitySupportEnabled = (): void => undefined;
  setAboutPanelOptions = (): void => undefined;
  showAboutPanel = (): void => undefined;
  setAppLogsPath = (): void => undefined;
  addRecentDocument = (): void => undefined;
  clearRecentDocuments = (): void => undefined;
  focus = (): void => openWindows.all()[0]?.focus();
  hide = (): void => undefined;
  show = (): void => undefined;

  #afterClosed(): void {
    if (openWindows.all().length > 0 || this.#hasExited) return;
    if (this.#isQuitting) this.#leave();
    else if (!this.emit('window-all-closed')) this.quit();
  }

  #leave(): void {
    const event = preventableEvent();
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#isQuitting = false;
      return;
    }
    this.exit(0);
  }
}

function languages(): string[] {
  const list = process.env['LANGUAGE']?.split(':') ?? [];
  const words = [...list, process.env['LC_ALL'], process.env['LANG']].map((word) => word?.split('.')[0]?.replace('_', '-'));
  const known = words.filter((word): word is string => word !== undefined && /^[a-z]{2}(-[A-Z]{2})?$/.test(word));
  return known.length > 0 ? [...new Set(known)] : ['en-US'];
}

/** The one app. */
export const app = new StandinApp();
