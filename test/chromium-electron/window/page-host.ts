import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { browser, type OpenPage, type WindowPlace } from '../chromium/browser.ts';
import type { CdpSession, Protocol } from '../chromium/cdp-connection.ts';
import { PRELOAD_WORLD, type PageScripts } from '../page/page-scripts.ts';
import type { FromPage, ToPage } from '../page/isolated-world.ts';
import { NODE_BYTES } from '../page/node-bytes.ts';
import { encodeValue } from '../page/wire.ts';
import { StandinFrame, type FramePage } from './web-frame-main.ts';

/** What a page tells its owner. */
export interface PageHostEvents {
  message: [frame: StandinFrame, message: FromPage];
  'window-bounds': [];
  navigated: [frame: StandinFrame, isMainFrame: boolean];
  'navigated-in-page': [url: string];
  loading: [isLoading: boolean];
  lifecycle: [name: string];
  gone: [];
  crashed: [];
  request: [session: CdpSession, event: Protocol.Fetch.requestPausedPayload];
  console: [event: Protocol.Runtime.consoleAPICalledPayload];
  'window-open': [event: Protocol.Page.windowOpenPayload];
  dialog: [event: Protocol.Page.javascriptDialogOpeningPayload];
}

let frameNumbers = 0;

/** One page of Chromium: its session, frames, preload world and the text that goes to and fro. */
export class PageHost extends EventEmitter<PageHostEvents> implements FramePage {
  readonly opened: Promise<OpenPage>;
  readonly mainFrame = new StandinFrame(this, '', null, ++frameNumbers);
  readonly #frames = new Map<string, StandinFrame>();
  readonly #requestedByPage = new Set<string>();
  readonly #contexts = new Map<number, { readonly frameId: string; readonly isPreloadWorld: boolean }>();
  readonly #loaded = new Set<string>();
  #page: OpenPage | undefined;
  #scripts: PageScripts | undefined;

  constructor(place: WindowPlace, scripts: () => PageScripts) {
    super();
    this.opened = browser
      .openPage(place, () => this.emit('gone'))
      .then(async (page) => {
        this.#page = page;
        this.#scripts = scripts();
        await this.#prepare(page, this.#scripts);
        return page;
      });
    // Whoever needs the page awaits `opened` and sees the error; a page nobody uses must not end the process.
    this.opened.catch(() => undefined);
  }

  get targetId(): string | undefined {
    return this.#page?.targetId;
  }

  frame(frameId: string): StandinFrame | undefined {
    return this.#frames.get(frameId);
  }

  async session(): Promise<CdpSession> {
    return (await this.opened).session;
  }

  /**
   * Tells whether a navigation that waits in Chromium was started by the page itself (a link, a script), which alone
   * emits will-navigate; not by the app, Playwright or the history.
   */
  async isStartedByPage(session: CdpSession, frameId: string): Promise<boolean> {
    // The page reports its wish on another road than the request takes: one round trip to the page lets it arrive.
    // Chromium answers none while somebody else's navigation replaces the page, hence the deadline.
    if (!this.#requestedByPage.has(frameId)) {
      await Promise.race([session.send('Runtime.evaluate', { expression: '0' }).catch(() => undefined), setTimeout(250, undefined, { ref: false })]);
    }
    return this.#requestedByPage.delete(frameId);
  }

  /** Waits until the document with this loader fired its load event. */
  loaded(loaderId: string): Promise<void> {
    return new Promise((resolve) => {
      const done = (): boolean => this.#loaded.has(loaderId) || this.#loaded.has('gone');
      if (done()) return resolve();
      const check = (): void => {
        if (!done()) return;
        this.off('lifecycle', check).off('gone', check);
        resolve();
      };
      this.on('lifecycle', check).on('gone', check);
    });
  }

  /** Evaluates code in a frame's own world and returns its awaited value. */
  async evaluate(expression: string, frameId?: string): Promise<unknown> {
    const session = await this.session();
    const [contextId] = [...this.#contexts].find(([, context]) => context.frameId === frameId && !context.isPreloadWorld) ?? [];
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
      ...(contextId === undefined ? {} : { contextId }),
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Sends text to the preload's world of the main frame; dropped while no document is there to take it. */
  post(message: ToPage): void {
    const session = this.#page?.session;
    const mainId = this.#page?.targetId;
    const [contextId] = [...this.#contexts].find(([, context]) => context.frameId === mainId && context.isPreloadWorld) ?? [];
    if (session === undefined || contextId === undefined || this.#scripts === undefined) return;
    void session
      .send('Runtime.callFunctionOn', {
        executionContextId: contextId,
        functionDeclaration: `function (text) { globalThis[${JSON.stringify(this.#scripts.receiver)}]?.(text); }`,
        arguments: [{ value: JSON.stringify(message) }],
        silent: true,
      })
      // The document may leave while the message is on its way, as in Electron.
      .catch(() => undefined);
  }

  /**
   * Sends one message to ipcRenderer listeners of the main frame.
   *
   * @throws {Error} "An object could not be cloned."
   */
  send(channel: string, args: readonly unknown[]): void {
    this.post({ kind: 'send', channel, args: encodeValue(args, NODE_BYTES) });
  }

  async #prepare(page: OpenPage, scripts: PageScripts): Promise<void> {
    const { session } = page;
    this.mainFrame.frameId = page.targetId;
    this.#frames.set(page.targetId, this.mainFrame);
    this.#listen(session, scripts);
    await Promise.all([
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      session.send('Runtime.addBinding', { name: scripts.binding, executionContextName: PRELOAD_WORLD }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.mainWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.isolatedWorld, worldName: PRELOAD_WORLD }),
      this.#guardRequests(session),
      session.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  /** Puts every request of the page, its frames and workers to the owner before it leaves. */
  async #guardRequests(session: CdpSession): Promise<void> {
    session.on('Page.frameRequestedNavigation', ({ frameId }) => void this.#requestedByPage.add(frameId));
    session.on('Fetch.requestPaused', (event) => this.emit('request', session, event));
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const child = browser.running?.connection.session(sessionId);
      if (child === undefined) return;
      if (targetInfo.type === 'iframe') void child.send('Page.enable').catch(() => undefined);
      void this.#guardRequests(child).catch(() => undefined);
      void child.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    });
    await Promise.all([
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Request' }] }),
      session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ]);
  }

  #isMain(frameId: string): boolean {
    return frameId === this.#page?.targetId;
  }

  #listen(session: CdpSession, scripts: PageScripts): void {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId ?? '';
      if (context.name === PRELOAD_WORLD || context.name === '') {
        this.#contexts.set(context.id, { frameId, isPreloadWorld: context.name === PRELOAD_WORLD });
      }
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => void this.#contexts.delete(executionContextId));
    session.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
    session.on('Runtime.consoleAPICalled', (event) => this.emit('console', event));
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const context = this.#contexts.get(executionContextId);
      const frame = this.#frames.get(context?.frameId ?? '');
      if (name === scripts.binding && context?.isPreloadWorld === true && frame !== undefined) {
        this.emit('message', frame, JSON.parse(payload) as FromPage);
      }
    });
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.#frames.get(parentFrameId) ?? null;
      if (!this.#frames.has(frameId)) this.#frames.set(frameId, new StandinFrame(this, frameId, parent, ++frameNumbers));
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'swap') return;
      this.#frames.get(frameId)?.leave();
      this.#frames.delete(frameId);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      const known = this.#frames.get(frame.id);
      if (known === undefined) return;
      known.name = frame.name ?? '';
      known.arriveAt(frame.unreachableUrl ?? `${frame.url}${frame.urlFragment ?? ''}`);
      this.emit('navigated', known, this.#isMain(frame.id));
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      this.#frames.get(frameId)?.arriveAt(url);
      if (this.#isMain(frameId)) this.emit('navigated-in-page', url);
    });
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (this.#isMain(frameId)) this.emit('loading', true);
    });
    session.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (this.#isMain(frameId)) this.emit('loading', false);
    });
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (!this.#isMain(frameId)) return;
      if (name === 'load') this.#loaded.add(loaderId);
      this.emit('lifecycle', name);
    });
    session.on('Page.frameResized', () => this.emit('window-bounds'));
    session.on('Page.windowOpen', (event) => this.emit('window-open', event));
    session.on('Page.javascriptDialogOpening', (event) => this.emit('dialog', event));
    session.on('Inspector.targetCrashed', () => this.emit('crashed'));
    this.once('gone', () => this.#loaded.add('gone'));
  }
}

