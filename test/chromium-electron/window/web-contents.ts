import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { browser, type WindowPlace } from '../chromium/browser.ts';
import type { Protocol } from '../chromium/cdp-connection.ts';
import { ipcMain } from '../api/ipc-main.ts';
import { createFromBuffer } from '../api/native-image.ts';
import type { StandinSession } from '../api/session.ts';
import { notImplemented } from '../not-implemented.ts';
import { buildPageScripts } from '../page/page-scripts.ts';
import type { FromPage } from '../page/isolated-world.ts';
import { preventableEvent } from '../preventable-event.ts';
import { fromLoopback } from '../protocol-server.ts';
import { applyPermissions } from './page-permissions.ts';
import { PageHost } from './page-host.ts';
import { decideRequest } from './request-guard.ts';
import type { StandinFrame } from './web-frame-main.ts';

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

/** The methods and properties of electron's WebContents that the stand-in has. */
export type WebContentsMembers = Pick<
  Electron.WebContents,
  | 'id' | 'send' | 'mainFrame' | 'getURL' | 'getTitle' | 'session' | 'isDestroyed' | 'reload' | 'stop' | 'close' | 'focus' | 'isFocused' | 'isLoading'
  | 'isCrashed' | 'loadURL' | 'executeJavaScript' | 'insertCSS' | 'capturePage' | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'setZoomFactor'
  | 'getZoomFactor' | 'setZoomLevel' | 'getZoomLevel' | 'getType' | 'setWindowOpenHandler' | 'getUserAgent' | 'setUserAgent' | 'setVisualZoomLevelLimits'
  | 'setBackgroundThrottling' | 'print' | 'getOSProcessId' | 'forcefullyCrashRenderer' | 'setIgnoreMenuShortcuts' | 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll'
>;

const all = new Map<number, StandinWebContents>();
let lastId = 0;

/** One page as electron's WebContents, driven over DevTools. */
export class StandinWebContents extends EventEmitter implements WebContentsMembers {
  readonly id: number = ++lastId;
  readonly session: StandinSession & Electron.Session;
  readonly host: PageHost;
  readonly #preload: string | undefined;
  #openHandler: WindowOpenHandler | undefined;
  #title = '';
  #url = '';
  #isLoading = false;
  #isDestroyed = false;
  #isCrashed = false;
  #isFirstLoad = true;
  #zoom = 1;
  readonly #own = new Map<string, number>();
  #userAgent = '';

  constructor(options: { readonly session: StandinSession; readonly preload: string | undefined; readonly place: WindowPlace }) {
    super();
    this.setMaxListeners(0);
    all.set(this.id, this);
    this.#preload = options.preload;
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- it stands in for that class
    this.session = options.session as StandinSession & Electron.Session;
    // The constructor's caller sets its setWindowOpenHandler in the same turn: the scripts are built later, on opening.
    this.host = new PageHost(options.place, () => buildPageScripts(this.#preload, this.#openHandler !== undefined));
    this.#listen();
  }

  get mainFrame(): Electron.WebFrameMain {
    return this.host.mainFrame as unknown as Electron.WebFrameMain;
  }

  /** True once for the address the app itself asked to load. */
  takeOwnNavigation(url: string): boolean {
    const count = this.#own.get(url) ?? 0;
    if (count > 0) this.#own.set(url, count - 1);
    return count > 0;
  }

  async loadURL(url: string, options?: Electron.LoadURLOptions): Promise<void> {
    const session = await this.host.session();
    const address = await this.session.prepareAddress(url);
    await applyPermissions(this, new URL(address).origin);
    this.#expect(url);
    const referrer = typeof options?.httpReferrer === 'string' ? { referrer: options.httpReferrer } : {};
    const { errorText, loaderId } = await session.send('Page.navigate', { url: address, ...referrer });
    if (errorText !== undefined) {
      const code = errorText.replace(/^net::/, '');
      this.emit('did-fail-load', preventableEvent(), -2, code, url, true, 1, 1);
      throw Object.assign(new Error(`${code} (-2) loading '${url}'`), { code, errno: -2, url });
    }
    if (loaderId !== undefined) await this.host.loaded(loaderId);
  }

  reload(): void {
    this.#expect(this.#url);
    this.#isCrashed = false;
    void this.host.session().then((session) => session.send('Page.reload')).catch(() => undefined);
  }

  stop(): void {
    void this.host.session().then((session) => session.send('Page.stopLoading')).catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.host.send(channel, args);
  }

  /** Asks the page to close; its beforeunload may refuse. */
  close(options?: { readonly waitForBeforeUnload: boolean }): void {
    if (options?.waitForBeforeUnload === true) this.emit('close-requested');
    else this.emit('destroy-requested');
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.host.evaluate(code, this.host.targetId);
  }

  async insertCSS(css: string): Promise<string> {
    await this.executeJavaScript(`document.head.append(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} }))`);
    return '';
  }

  async capturePage(rect?: Electron.Rectangle): Promise<Electron.NativeImage> {
    const session = await this.host.session();
    const { data } = await session.send('Page.captureScreenshot', { format: 'png', ...(rect === undefined ? {} : { clip: { ...rect, scale: 1 } }) });
    return createFromBuffer(Buffer.from(data, 'base64'));
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  setZoomFactor(factor: number): void {
    this.#zoom = factor;
    void this.executeJavaScript(`document.documentElement.style.zoom = ${String(factor)}`).catch(() => undefined);
  }

  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
    void this.host.session().then((session) => session.send('Emulation.setUserAgentOverride', { userAgent })).catch(() => undefined);
  }

  getURL = (): string => this.#url;
  getTitle = (): string => this.#title;
  getType = (): 'window' => 'window';
  getUserAgent = (): string => this.#userAgent;
  getZoomFactor = (): number => this.#zoom;
  getZoomLevel = (): number => Math.log(this.#zoom) / Math.log(1.2);
  setZoomLevel = (level: number): void => this.setZoomFactor(1.2 ** level);
  setVisualZoomLevelLimits = (): Promise<void> => Promise.resolve();
  setBackgroundThrottling = (): void => undefined;
  setIgnoreMenuShortcuts = (): void => undefined;
  getOSProcessId = (): number => 0;
  isDestroyed = (): boolean => this.#isDestroyed;
  isLoading = (): boolean => this.#isLoading;
  isCrashed = (): boolean => this.#isCrashed;
  isFocused = (): boolean => false;
  openDevTools = (): void => undefined;
  closeDevTools = (): void => undefined;
  isDevToolsOpened = (): boolean => false;
  undo = (): void => this.#command('undo');
  redo = (): void => this.#command('redo');
  cut = (): void => this.#command('cut');
  copy = (): void => this.#command('copy');
  paste = (): void => this.#command('paste');
  selectAll = (): void => this.#command('selectAll');

  print(): void {
    throw notImplemented('webContents.print');
  }

  focus(): void {
    void this.host.session().then((session) => session.send('Page.bringToFront')).catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    void this.host.session().then((session) => session.send('Page.crash')).catch(() => undefined);
  }

  /** Marks the page as gone and says so; called by its window. */
  markDestroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    all.delete(this.id);
    this.emit('destroyed');
    if (this.host.targetId !== undefined) void browser.closePage(this.host.targetId);
    else void this.host.opened.then((page) => browser.closePage(page.targetId)).catch(() => undefined);
  }

  #command(name: string): void {
    void this.executeJavaScript(`document.execCommand(${JSON.stringify(name)})`).catch(() => undefined);
  }

  #expect(url: string): void {
    if (!URL.canParse(url)) return;
    const asSent = new URL(url).href;
    this.#own.set(asSent, (this.#own.get(asSent) ?? 0) + 1);
  }

  #listen(): void {
    const { host } = this;
    host.on('request', (session, event) => {
      // The page may be gone before the answer; nothing is left to decide then.
      decideRequest(this, session, event).catch(() => undefined);
    });
    host.on('message', (frame, message) => this.#receive(frame, message));
    host.on('navigated', (frame, isMainFrame) => {
      if (isMainFrame) this.#url = frame.url;
      if (isMainFrame && frame.url !== 'about:blank') this.emit('did-navigate', preventableEvent(), frame.url, 200, 'OK');
      this.emit('did-frame-navigate', preventableEvent(), frame.url, 200, 'OK', isMainFrame, 1, frame.routingId);
    });
    host.on('navigated-in-page', (url) => {
      this.#url = fromLoopback(url);
      this.emit('did-navigate-in-page', preventableEvent(), this.#url, true, 1, 1);
    });
    host.on('loading', (isLoading) => {
      this.#isLoading = isLoading;
      this.emit(isLoading ? 'did-start-loading' : 'did-stop-loading');
    });
    host.on('lifecycle', (name) => {
      if (this.#url === '' || this.#url === 'about:blank') return;
      if (name === 'DOMContentLoaded') this.emit('dom-ready', preventableEvent());
      if (name === 'load') this.emit('did-finish-load', preventableEvent());
      if (this.#isFirstLoad && (name === 'firstPaint' || name === 'load')) {
        this.#isFirstLoad = false;
        this.emit('ready-to-show');
      }
    });
    host.on('crashed', () => {
      this.#isCrashed = true;
      this.emit('render-process-gone', preventableEvent(), { reason: 'crashed', exitCode: 1 });
    });
    host.on('console', (event) => this.#console(event));
    host.on('window-open', ({ url, windowName, windowFeatures }) => this.#askToOpen(url, windowName, windowFeatures.join(',')));
  }

  #receive(frame: StandinFrame, message: FromPage): void {
    if (message.kind === 'send') ipcMain.receive(this, frame, message);
    else if (message.kind === 'invoke') void ipcMain.answer(this, frame, message);
    else if (message.kind === 'window-open') this.#askToOpen(message.url, message.target, message.features);
    else if (message.kind === 'title') {
      this.#title = message.title;
      this.emit('page-title-updated', preventableEvent(), message.title, true);
    } else if (message.kind === 'focus') this.emit('focus-changed', message.hasFocus);
    else {
      const details = preventableEvent({ url: message.url, isSameDocument: false, isMainFrame: true, frame, initiator: frame });
      this.emit('will-frame-navigate', details, message.url, false, true, 1, frame.routingId);
      this.emit('will-navigate', details, message.url, false, true, 1, frame.routingId);
      if (!details.defaultPrevented) void this.loadURL(message.url).catch(() => undefined);
    }
  }

  #askToOpen(url: string, frameName: string, features: string): void {
    const details = { url: fromLoopback(url), frameName, features, disposition: 'foreground-tab', referrer: { url: '', policy: 'default' } };
    const answer = this.#openHandler?.(details as Electron.HandlerDetails);
    // Chromium's page is closed in either case: opening windows from a page is not what this app does.
    if (answer?.action !== 'deny') process.stderr.write(`${notImplemented('window.open without { action: "deny" }').message}\n`);
  }

  #console({ type, args, stackTrace }: Protocol.Runtime.consoleAPICalledPayload): void {
    const message = args.map((arg) => (arg.value === undefined ? (arg.description ?? '') : String(arg.value))).join(' ');
    const level = type === 'error' || type === 'assert' ? 'error' : type === 'warning' ? 'warning' : type === 'debug' ? 'debug' : 'info';
    const at = stackTrace?.callFrames[0];
    const details = preventableEvent({ message, level, lineNumber: (at?.lineNumber ?? 0) + 1, sourceId: fromLoopback(at?.url ?? ''), frame: this.host.mainFrame });
    this.emit('console-message', details, ['debug', 'info', 'warning', 'error'].indexOf(level), message, details.lineNumber, details.sourceId);
  }
}

/** The statics of electron's webContents module. */
export const webContents = {
  getAllWebContents: () => [...all.values()],
  getFocusedWebContents: () => null,
  fromId: (id: number) => all.get(id),
  fromDevToolsTargetId: (targetId: string) => [...all.values()].find((contents) => contents.host.targetId === targetId),
  fromFrame: (frame: unknown) => [...all.values()].find((contents) => contents.host.mainFrame === frame),
};
