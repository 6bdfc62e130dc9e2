import { openAppWindow, startChromium, type RunningChromium } from './chromium-process.ts';
import type { CdpSession, Protocol } from './cdp-connection.ts';

/** One open page and the session that drives it. */
export interface OpenPage {
  readonly targetId: string;
  readonly session: CdpSession;
}

/** Where a page's window should be, in CSS pixels. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The address an app window starts at until its BrowserWindow loads something. */
export const BLANK_WINDOW = 'data:text/html;blank-window=';

type TargetInfo = Protocol.Target.TargetInfo;

/** The one Chromium of this run, seen as a thing that opens and closes pages. */
export class Browser {
  readonly #departures = new Map<string, () => void>();
  readonly #attached = new Map<string, (page: OpenPage) => void>();
  readonly #early = new Map<string, OpenPage>();
  #running: RunningChromium | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #creating = 0;
  #lastWindow = 0;
  #resolveStarted: (root: CdpSession) => void = () => undefined;
  /** Resolves with the browser-wide session once Chromium answers. */
  readonly started = new Promise<CdpSession>((resolve) => {
    this.#resolveStarted = resolve;
  });

  /** Starts Chromium; resolves when it accepts pages. */
  async start(options: Parameters<typeof startChromium>[0]): Promise<RunningChromium> {
    const running = startChromium(options);
    this.#running = running;
    const { root } = running.connection;
    root.on('Target.attachedToTarget', (event) => this.#onAttached(event));
    root.on('Target.detachedFromTarget', ({ sessionId }) => running.connection.forget(sessionId));
    root.on('Target.targetDestroyed', ({ targetId }) => this.#onDestroyed(targetId));
    await root.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }] });
    await root.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: [{ type: 'page' }] });
    this.#resolveStarted(root);
    return running;
  }

  /** True when windows are real windows on a display. */
  get isHeaded(): boolean {
    return this.#running?.isHeadless === false;
  }

  /** The Chromium process, once started. */
  get running(): RunningChromium | undefined {
    return this.#running;
  }

  /**
   * Opens one page, still paused before its first document: the caller prepares it and lets it go with
   * Runtime.runIfWaitingForDebugger.
   *
   * @param onGone - Called when the page is closed, by us, by itself or by the person.
   */
  openPage(place: WindowPlace, onGone: () => void): Promise<OpenPage> {
    const opening = this.#queue.then(async () => {
      const root = await this.started;
      this.#creating += 1;
      try {
        const page = await (this.isHeaded ? this.#openWindow(place) : this.#openTab(root, place));
        this.#departures.set(page.targetId, onGone);
        return page;
      } finally {
        this.#creating -= 1;
        this.#early.clear();
      }
    });
    this.#queue = opening.catch(() => undefined);
    return opening;
  }

  /** Closes a page without asking it. */
  async closePage(targetId: string): Promise<void> {
    const root = await this.started;
    await root.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  async #openTab(root: CdpSession, { width, height }: WindowPlace): Promise<OpenPage> {
    const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height });
    return this.#attachmentOf(targetId);
  }

  /** On a display DevTools would open a window with tabs and an address bar; Chromium's --app has neither. */
  async #openWindow(place: WindowPlace): Promise<OpenPage> {
    this.#lastWindow += 1;
    const address = `${BLANK_WINDOW}${String(this.#lastWindow)},`;
    const attached = this.#attachmentOf(address);
    await openAppWindow(this.#running as RunningChromium, address, place);
    return attached;
  }

  #attachmentOf(targetId: string): Promise<OpenPage> {
    const early = this.#early.get(targetId);
    if (early !== undefined) return Promise.resolve(early);
    return new Promise((resolve) => this.#attached.set(targetId, resolve));
  }

  #onAttached(event: Protocol.Target.attachedToTargetPayload): void {
    const { connection } = this.#running as RunningChromium;
    const { targetId } = event.targetInfo;
    const page = { targetId, session: connection.session(event.sessionId) };
    const key = this.#attached.has(targetId) ? targetId : event.targetInfo.url;
    const waiting = this.#attached.get(key);
    if (waiting !== undefined) {
      this.#attached.delete(key);
      waiting(page);
    } else if (this.#creating > 0 && !isPopup(event.targetInfo)) {
      this.#early.set(targetId, page);
    } else {
      // A page no BrowserWindow asked for (window.open, middle click): closed while still paused, so it never loads.
      void this.closePage(targetId);
    }
  }

  #onDestroyed(targetId: string): void {
    const onGone = this.#departures.get(targetId);
    this.#departures.delete(targetId);
    onGone?.();
  }
}

function isPopup(info: TargetInfo): boolean {
  return info.openerId !== undefined || info.openerFrameId !== undefined;
}

/** The Chromium of this run. */
export const browser = new Browser();
