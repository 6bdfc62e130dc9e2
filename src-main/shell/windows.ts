import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { appPageUrl } from './app-origin.ts';
import { windowPartition } from './security.ts';
import { minWindowSize } from './window-placement.ts';
import type { WindowPlacement, WindowState } from './window-placement.ts';

/** What the main window is made from. */
export interface MainWindowPlan {
  readonly placement: WindowPlacement;
  readonly theme: Settings['theme'];
  /** Absolute path of the bundled preload. */
  readonly preload: string;
  readonly icon: string;
  readonly developerTools: boolean;
}

/** Background until the page has drawn, the page's own (src-renderer/theme): a reading room has no white flashes. */
export function windowBackground(theme: Settings['theme']): string {
  return theme === 'dark' ? '#0b0e12' : '#f3f5f7';
}

/**
 * Options of the main window; every security switch is written out, also those that are Electron's defaults.
 *
 * @see facts/reliability.md 1.1 items 2 to 11; nothing from settings or files is ever spread into webPreferences.
 */
export function mainWindowOptions(plan: MainWindowPlan): BrowserWindowConstructorOptions {
  const { width, height, x, y } = plan.placement;
  return {
    width,
    height,
    ...(x === undefined || y === undefined ? {} : { x, y }),
    minWidth: minWindowSize.width,
    minHeight: minWindowSize.height,
    title: 'LungDesk',
    icon: plan.icon,
    backgroundColor: windowBackground(plan.theme),
    show: false,
    webPreferences: {
      preload: plan.preload,
      partition: windowPartition,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: plan.developerTools,
    },
  };
}

/** What opening the main window needs from its surroundings. */
export interface MainWindowSurroundings {
  /** The window has been hidden; who hides it for good may never come to quit it. */
  readonly onHide: () => void;
  /** The page's process ended, or the page cannot be loaded. */
  readonly reportGone: () => void;
}

/**
 * Shows the page in the window once it has something to show, keeps the title free of names, and brings the page back
 * when its process dies; the workstation goes on meanwhile.
 */
export function bringUpMainWindow(window: BrowserWindow, placement: WindowPlacement, around: MainWindowSurroundings): void {
  window.once('ready-to-show', () => {
    if (placement.maximized) window.maximize();
    window.show();
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('hide', around.onHide);
  window.webContents.on('render-process-gone', (_event, details) => {
    around.reportGone();
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  // A page that cannot be loaded leaves an empty window, which the person sees and can close.
  void window.loadURL(appPageUrl).catch(around.reportGone);
}

/** Where the window is now, to be remembered for the next start. */
export function windowStateOf(window: BrowserWindow): WindowState {
  const { x, y, width, height } = window.getNormalBounds();
  return { bounds: { x, y, width, height }, maximized: window.isMaximized() };
}

/** Brings the window to the front from wherever it is: hidden, minimized or behind others. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
