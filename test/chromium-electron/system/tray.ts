import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

type Members = Pick<Electron.Tray, 'setToolTip' | 'setContextMenu' | 'setImage' | 'setPressedImage' | 'setTitle' | 'getTitle' | 'destroy' | 'isDestroyed' | 'popUpContextMenu' | 'getBounds' | 'setIgnoreDoubleClickEvents'>;

/** electron's Tray: remembered, not drawn. */
export class StandinTray extends EventEmitter implements Members {
  #title = '';
  #isDestroyed = false;

  setToolTip = (): void => undefined;
  setContextMenu = (): void => undefined;
  setImage = (): void => undefined;
  setPressedImage = (): void => undefined;
  popUpContextMenu = (): void => undefined;
  setIgnoreDoubleClickEvents = (): void => undefined;
  setTitle = (title: string): void => void (this.#title = title);
  getTitle = (): string => this.#title;
  getBounds = (): Electron.Rectangle => ({ x: 0, y: 0, width: 0, height: 0 });
  isDestroyed = (): boolean => this.#isDestroyed;

  destroy(): void {
    this.#isDestroyed = true;
  }
}
