import { EventEmitter } from 'node:events';
import { isAbsolute } from 'node:path';
import type * as Electron from 'electron';
import { session, type StandinSession } from '../api/session.ts';
import { browser } from '../chromium/browser.ts';
import { preventableEvent } from '../preventable-event.ts';
import { StandinWebContents } from './web-contents.ts';
import { WindowBounds } from './window-bounds.ts';
import { announceWindow, openWindows } from './window-list.ts';

/** The members of electron's BrowserWindow that the stand-in has. */
export type BrowserWindowMembers = Pick<
  Electron.BrowserWindow,
  | 'id' | 'loadURL' | 'loadFile' | 'show' | 'showInactive' | 'hide' | 'close' | 'destroy' | 'isDestroyed' | 'focus' | 'blur' | 'isFocused' | 'minimize' | 'maximize'
  | 'unmaximize' | 'restore' | 'isMaximized' | 'isMinimized' | 'isVisible' | 'isFullScreen' | 'setFullScreen' | 'getBounds' | 'setBounds' | 'getNormalBounds'
  | 'getContentSize' | 'setContentSize' | 'getContentBounds' | 'getSize' | 'setSize' | 'getPosition' | 'setPosition' | 'center' | 'setTitle' | 'getTitle' | 'setProgressBar' | 'setMenuBarVisibility'
  | 'setAutoHideMenuBar' | 'setMenu' | 'removeMenu' | 'setContentProtection' | 'flashFrame' | 'setMinimumSize' | 'setBackgroundColor' | 'setIcon' | 'setOverlayIcon' | 'moveTop'
  | 'setAlwaysOnTop' | 'isAlwaysOnTop' | 'reload' | 'capturePage' | 'setEnabled' | 'isEnabled' | 'isResizable' | 'setResizable' | 'getParentWindow' | 'getChildWindows' | 'isModal' | 'setSkipTaskbar'
>;

let lastId = 0;

/** electron's BrowserWindow: one page of Chromium with a window of its own. */
export class StandinBrowserWindow extends EventEmitter implements BrowserWindowMembers {
  readonly id: number = ++lastId;
  readonly webContents: StandinWebContents & Electron.WebContents;
  readonly #bounds: WindowBounds;
  #title: string;
  #isVisible: boolean;
  #isDestroyed = false;
  #isClosing = false;
  #state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal';

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.setMaxListeners(0);
    const preferences = options.webPreferences ?? {};
    const { width = 800, height = 600, x = 0, y = 0 } = options;
    this.#title = options.title ?? 'Electron';
    this.#isVisible = options.show !== false;
    if (preferences.preload !== undefined && !isAbsolute(preferences.preload)) throw new Error('preload must be an absolute path');
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it stands in for that class
    this.webContents = new StandinWebContents({
      session: sessionOf(preferences),
      preload: preferences.preload,
      place: { x, y, width, height },
    }) as StandinWebContents & Electron.WebContents;
    this.#bounds = new WindowBounds(this.webContents.host, { x, y, width, height });
    this.#listen();
    announceWindow(this);
  }

  loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    return this.webContents.loadURL(url, options);
  }

  loadFile(path: string): Promise<void> {
    return this.webContents.loadURL(new URL(path, `file://${process.cwd()}/`).href);
  }

  close(): void {
    if (this.#isDestroyed || this.#isClosing) return;
    const event = preventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented || this.isDestroyed()) {
      openWindows.emit('close-refused', this);
      return;
    }
    this.#isClosing = true;
    void this.#closePage();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.webContents.markDestroyed();
    openWindows.remove(this);
    this.emit('closed');
    openWindows.emit('closed', this);
  }

  show(): void {
    const wasVisible = this.#isVisible;
    this.#isVisible = true;
    if (this.#state === 'minimized') this.restore();
    else if (!wasVisible && browser.isHeaded) this.#bounds.setState('normal');
    this.emit('show', preventableEvent());
    this.focus();
  }

  showInactive(): void {
    this.#isVisible = true;
    this.emit('show', preventableEvent());
  }

  hide(): void {
    this.#isVisible = false;
    if (browser.isHeaded) this.#bounds.setState('minimized');
    this.emit('hide', preventableEvent());
  }

  focus(): void {
    this.webContents.focus();
    this.#gainFocus();
  }

  blur(): void {
    if (openWindows.focused !== this) return;
    openWindows.focused = undefined;
    this.emit('blur', preventableEvent());
  }

  minimize(): void {
    this.#enter('minimized', 'minimize');
  }

  maximize(): void {
    this.#isVisible = true;
    this.#enter('maximized', 'maximize');
  }

  unmaximize(): void {
    if (this.#state === 'maximized') this.#enter('normal', 'unmaximize');
  }

  restore(): void {
    if (this.#state !== 'normal') this.#enter('normal', this.#state === 'maximized' ? 'unmaximize' : 'restore');
  }

  setFullScreen(flag: boolean): void {
    if (flag !== this.isFullScreen()) this.#enter(flag ? 'fullscreen' : 'normal', flag ? 'enter-full-screen' : 'leave-full-screen');
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { x, y, width, height } = this.#bounds.current;
    this.#bounds.set(bounds);
    const now = this.#bounds.current;
    if (now.width !== width || now.height !== height) this.emit('resize');
    if (now.x !== x || now.y !== y) this.emit('move');
  }

  getContentBounds = (): Electron.Rectangle => this.#bounds.current;
  getBounds = (): Electron.Rectangle => this.#bounds.current;
  getNormalBounds = (): Electron.Rectangle => this.#bounds.current;
  getSize = (): number[] => [this.#bounds.current.width, this.#bounds.current.height];
  getContentSize = (): number[] => this.getSize();
  getPosition = (): number[] => [this.#bounds.current.x, this.#bounds.current.y];
  setSize = (width: number, height: number): void => this.setBounds({ width, height });
  setContentSize = (width: number, height: number): void => this.setBounds({ width, height });
  setPosition = (x: number, y: number): void => this.setBounds({ x, y });
  center = (): void => undefined;
  isDestroyed = (): boolean => this.#isDestroyed;
  isVisible = (): boolean => this.#isVisible && !this.#isDestroyed;
  isFocused = (): boolean => openWindows.focused === this;
  isMaximized = (): boolean => this.#state === 'maximized';
  isMinimized = (): boolean => this.#state === 'minimized';
  isFullScreen = (): boolean => this.#state === 'fullscreen';
  getTitle = (): string => this.#title;
  setTitle = (title: string): void => void (this.#title = title);
  reload = (): void => this.webContents.reload();
  capturePage = (rect?: Electron.Rectangle): Promise<Electron.NativeImage> => this.webContents.capturePage(rect);
  isAlwaysOnTop = (): boolean => false;
  isEnabled = (): boolean => true;
  isResizable = (): boolean => true;
  isModal = (): boolean => false;
  getParentWindow = (): null => null;
  getChildWindows = (): [] => [];
  // Chromium's window shows none of these; they are accepted so that the app runs unchanged.
  setProgressBar = (): void => undefined;
  setMenuBarVisibility = (): void => undefined;
  setAutoHideMenuBar = (): void => undefined;
  setMenu = (): void => undefined;
  removeMenu = (): void => undefined;
  setContentProtection = (): void => undefined;
  flashFrame = (): void => undefined;
  setMinimumSize = (): void => undefined;
  setBackgroundColor = (): void => undefined;
  setIcon = (): void => undefined;
  setOverlayIcon = (): void => undefined;
  setAlwaysOnTop = (): void => undefined;
  setEnabled = (): void => undefined;
  setResizable = (): void => undefined;
  setSkipTaskbar = (): void => undefined;
  moveTop = (): void => undefined;

  static getAllWindows = (): StandinBrowserWindow[] => openWindows.all();
  static getFocusedWindow = (): StandinBrowserWindow | null => openWindows.focused ?? null;
  static fromId = (id: number): StandinBrowserWindow | null => openWindows.all().find((window) => window.id === id) ?? null;
  static fromWebContents = (contents: unknown): StandinBrowserWindow | null => openWindows.all().find((window) => window.webContents === contents) ?? null;

  #gainFocus(): void {
    const before = openWindows.focused;
    if (before === this) return;
    openWindows.focused = this;
    before?.emit('blur', preventableEvent());
    this.emit('focus', preventableEvent());
    openWindows.emit('focus', this);
  }

  /** The person moved, resized or maximized Chromium's window. */
  async #followWindow(): Promise<void> {
    const before = this.#bounds.current;
    const state = await this.#bounds.read();
    if (state === undefined || this.#isDestroyed) return;
    const now = this.#bounds.current;
    if (now.width !== before.width || now.height !== before.height) this.emit('resize');
    if (now.x !== before.x || now.y !== before.y) this.emit('move');
    if (state === this.#state) return;
    const left = this.#state;
    this.#state = state;
    this.emit(state === 'maximized' ? 'maximize' : state === 'minimized' ? 'minimize' : left === 'maximized' ? 'unmaximize' : 'restore', preventableEvent());
  }

  #enter(state: 'normal' | 'minimized' | 'maximized' | 'fullscreen', event: string): void {
    this.#state = state;
    this.#bounds.setState(state);
    this.emit(event, preventableEvent());
  }

  /** Lets the page's beforeunload speak; a page that never answers is closed after a while. */
  async #closePage(): Promise<void> {
    const patience = setTimeout(() => {
      this.emit('unresponsive', preventableEvent());
      this.destroy();
    }, 5000);
    patience.unref();
    this.once('closed', () => clearTimeout(patience));
    const page = await this.webContents.host.opened.catch(() => undefined);
    await page?.session.send('Page.close').catch(() => undefined);
  }

  #listen(): void {
    const { webContents } = this;
    const { host } = webContents;
    webContents.on('ready-to-show', () => this.emit('ready-to-show'));
    webContents.on('focus-changed', (hasFocus: boolean) => (hasFocus ? this.#gainFocus() : this.blur()));
    host.on('window-bounds', () => void this.#followWindow());
    webContents.on('close-requested', () => this.close());
    webContents.on('destroy-requested', () => this.destroy());
    webContents.on('page-title-updated', (event: { readonly defaultPrevented: boolean }, title: string, isExplicit: boolean) => {
      this.emit('page-title-updated', event, title, isExplicit);
      if (!event.defaultPrevented) this.#title = title;
    });
    host.on('dialog', ({ type }) => {
      if (type !== 'beforeunload') return;
      const event = preventableEvent();
      webContents.emit('will-prevent-unload', event);
      if (!event.defaultPrevented) {
        this.#isClosing = false;
        openWindows.emit('close-refused', this);
      }
      void host.session().then((page) => page.send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented })).catch(() => undefined);
    });
    host.on('gone', () => {
      // The person closed Chromium's window: the app is told, but it is too late to refuse.
      if (!this.#isClosing && !this.#isDestroyed) this.emit('close', preventableEvent());
      this.destroy();
    });
  }
}

function sessionOf(preferences: Electron.WebPreferences): StandinSession {
  if (preferences.session !== undefined) return preferences.session as unknown as StandinSession;
  return preferences.partition === undefined ? session.defaultSession : session.fromPartition(preferences.partition);
}
