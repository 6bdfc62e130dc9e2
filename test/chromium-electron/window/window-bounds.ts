import type * as Electron from 'electron';
import { browser } from '../chromium/browser.ts';
import type { PageHost } from './page-host.ts';

/** Keeps Chromium's window where the BrowserWindow says it is, one change at a time. */
export class WindowBounds {
  readonly #host: PageHost;
  #current: Electron.Rectangle;
  #last: Promise<void> = Promise.resolve();
  #frame = { width: 0, height: 0 };
  #windowId: number | undefined;
  #pending = 0;

  constructor(host: PageHost, initial: Electron.Rectangle) {
    this.#host = host;
    this.#current = initial;
    // Chromium counts its own tab strip into the window; the page must get what the app asked for.
    void this.#enqueue(async () => {
      const { session, targetId } = await this.#host.opened;
      const root = await browser.started;
      const { windowId, bounds } = await root.send('Browser.getWindowForTarget', { targetId });
      this.#windowId = windowId;
      const { cssLayoutViewport } = await session.send('Page.getLayoutMetrics');
      this.#frame = { width: (bounds.width ?? 0) - cssLayoutViewport.clientWidth, height: (bounds.height ?? 0) - cssLayoutViewport.clientHeight };
      await this.#apply();
    });
  }

  get current(): Electron.Rectangle {
    return { ...this.#current };
  }

  set(change: Partial<Electron.Rectangle>): void {
    this.#current = { ...this.#current, ...change };
    void this.#enqueue(() => this.#apply());
  }

  setState(windowState: 'normal' | 'minimized' | 'maximized' | 'fullscreen'): void {
    void this.#enqueue(async () => {
      const root = await browser.started;
      if (this.#windowId === undefined) return;
      await root.send('Browser.setWindowBounds', { windowId: this.#windowId, bounds: { windowState } });
    });
  }

  /**
   * Reads where the window really is; its bounds follow only while it is neither maximized nor minimized.
   *
   * @returns Its state, or undefined while it is being opened, changed or closed.
   */
  async read(): Promise<'normal' | 'minimized' | 'maximized' | 'fullscreen' | undefined> {
    if (this.#windowId === undefined || this.#pending > 0) return undefined;
    const root = await browser.started;
    const { bounds } = (await root.send('Browser.getWindowBounds', { windowId: this.#windowId }).catch(() => undefined)) ?? {};
    if (bounds === undefined || this.#pending > 0) return undefined;
    if (bounds.windowState === 'normal') {
      const { left = 0, top = 0, width = 0, height = 0 } = bounds;
      this.#current = { x: left, y: top, width: width - this.#frame.width, height: height - this.#frame.height };
    }
    return bounds.windowState;
  }

  async #apply(): Promise<void> {
    if (this.#windowId === undefined) return;
    const root = await browser.started;
    const { x, y, width, height } = this.#current;
    await root.send('Browser.setWindowBounds', {
      windowId: this.#windowId,
      bounds: { left: x, top: y, width: width + this.#frame.width, height: height + this.#frame.height },
    });
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    // A window that closes meanwhile has no bounds any more.
    this.#pending += 1;
    this.#last = this.#last.then(task).catch(() => undefined).then(() => void (this.#pending -= 1));
    return this.#last;
  }
}
