import type * as Electron from 'electron';
import { BLANK_WINDOW } from '../chromium/browser.ts';
import { fromLoopback } from '../protocol-server.ts';

/** What a frame needs from its page to act. */
export interface FramePage {
  evaluate(expression: string, frameId: string): Promise<unknown>;
  send(channel: string, args: readonly unknown[]): void;
}

type Members = 'url' | 'parent' | 'top' | 'frames' | 'processId' | 'routingId' | 'frameTreeNodeId' | 'origin' | 'name' | 'detached' | 'isDestroyed' | 'send' | 'executeJavaScript';

/** One frame of a page, as electron's WebFrameMain; its address is mapped back to the custom scheme. */
export class StandinFrame implements Record<Members, unknown> {
  readonly frameTreeNodeId: number;
  readonly routingId: number;
  readonly processId: number;
  readonly children = new Set<StandinFrame>();
  readonly #page: FramePage;
  readonly #parent: StandinFrame | null;
  /** DevTools' id; the main frame learns it when its page opens. */
  frameId: string;
  name = '';
  detached = false;
  #url = '';

  constructor(page: FramePage, frameId: string, parent: StandinFrame | null, number: number) {
    this.#page = page;
    this.frameId = frameId;
    this.#parent = parent;
    this.frameTreeNodeId = number;
    this.routingId = number;
    this.processId = 1;
    parent?.children.add(this);
  }

  get url(): string {
    return this.#url;
  }

  get origin(): string {
    const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/.exec(this.#url);
    return match?.[1] ?? 'null';
  }

  get parent(): Electron.WebFrameMain | null {
    return this.#parent as unknown as Electron.WebFrameMain | null;
  }

  get top(): Electron.WebFrameMain | null {
    return this.#parent === null ? (this as unknown as Electron.WebFrameMain) : this.#parent.top;
  }

  get frames(): Electron.WebFrameMain[] {
    return [...this.children] as unknown as Electron.WebFrameMain[];
  }

  /** Records where the frame is now; address is Chromium's. */
  arriveAt(address: string): void {
    this.#url = address.startsWith(BLANK_WINDOW) ? 'about:blank' : fromLoopback(address);
  }

  /** Forgets the frame. */
  leave(): void {
    this.detached = true;
    this.#parent?.children.delete(this);
  }

  isDestroyed(): boolean {
    return this.detached;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#page.send(channel, args);
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#page.evaluate(code, this.frameId);
  }
}
