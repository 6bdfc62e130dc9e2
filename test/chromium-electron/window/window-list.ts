import { EventEmitter } from 'node:events';
import type { StandinBrowserWindow } from './browser-window.ts';

interface WindowListEvents {
  created: [window: StandinBrowserWindow];
  closed: [window: StandinBrowserWindow];
  'close-refused': [window: StandinBrowserWindow];
  focus: [window: StandinBrowserWindow];
}

/** The windows that are open, in the order they were opened. */
class WindowList extends EventEmitter<WindowListEvents> {
  readonly #windows = new Set<StandinBrowserWindow>();
  focused: StandinBrowserWindow | undefined;

  all(): StandinBrowserWindow[] {
    return [...this.#windows];
  }

  add(window: StandinBrowserWindow): void {
    this.#windows.add(window);
    this.focused = window;
    this.emit('created', window);
  }

  remove(window: StandinBrowserWindow): void {
    this.#windows.delete(window);
    if (this.focused === window) this.focused = undefined;
  }
}

/** The open windows of this run. */
export const openWindows = new WindowList();

/** Adds a new window; app tells browser-window-created and web-contents-created. */
export function announceWindow(window: StandinBrowserWindow): void {
  openWindows.add(window);
}
