import type * as Electron from 'electron';
import { eventNames } from '../../src-shared/ipc/channel-names.ts';
import type { Events } from '../../src-shared/ipc/contract.ts';
import { problemOf } from '../../src-shared/domain/errors.ts';
import type { AppInfo } from '../../src-shared/domain/views.ts';
import type { Clock } from '../platform/clock.ts';
import type { Workstation, WorkstationEvent } from '../workstation-port.ts';
import { appScheme } from './app-origin.ts';
import { createCallHandlers } from './call-handlers.ts';
import type { ElectronParts } from './electron-parts.ts';
import { answerCalls } from './ipc.ts';
import { createAppProtocolHandler, listRendererFiles } from './protocol.ts';
import { createQuitting } from './quitting.ts';
import { hardenSession, windowPartition } from './security.ts';
import { installMenu } from './menu.ts';
import { shellLanguage, shellTexts } from './shell-texts.ts';
import type { ShellLanguage } from './shell-texts.ts';
import type { ShellReport } from './shell-report.ts';
import { createStatusIcon } from './tray.ts';
import { watchClosing } from './window-closing.ts';
import { placeWindow } from './window-placement.ts';
import { readWindowState, writeWindowState } from './window-state.ts';
import { bringUpMainWindow, focusWindow, mainWindowOptions, windowBackground, windowStateOf } from './windows.ts';
import { watchQueue } from './queue-watch.ts';

/** What the shell is opened with. */
export interface ShellPlan {
  readonly workstation: Workstation;
  readonly clock: Clock;
  readonly appInfo: AppInfo;
  readonly platform: NodeJS.Platform;
  /** Absolute paths: bundled preload, folder of the built window, folder of the icons. */
  readonly preload: string;
  readonly rendererFolder: string;
  readonly iconFolder: string;
  readonly report: ShellReport;
}

/** The open shell, for main.ts and the demonstration. */
export interface OpenShell {
  readonly window: Electron.BrowserWindow;
  /** Brings the window to the front; a background finish no longer ends the program. */
  readonly focus: () => void;
  readonly send: <Name extends keyof Events>(name: Name, event: Events[Name]) => void;
}

/** Longest time between the wish to quit and the end; the workstation's own deadline is shorter. */
const quitDeadlineMs = 30_000;

/**
 * Opens LungDesk's window over a workstation: session, protocol, calls, menu, tray, closing and quitting.
 *
 * @param electron - Electron, after 'ready'.
 * @throws {AppError} what the workstation's settings reject with; nothing is shown then.
 */
export async function openShell(electron: ElectronParts, plan: ShellPlan): Promise<OpenShell> {
  const { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, screen, session, shell, Tray } = electron;
  const { workstation, report } = plan;
  const developerTools = !app.isPackaged;
  let settings = (await workstation.settings()).settings;
  let waiting = 0;
  let leaveWhenIdle = false;
  const language = (): ShellLanguage => shellLanguage(settings.language, app.getLocale());
  const texts = (): ReturnType<typeof shellTexts> => shellTexts(language());

  const windowSession = session.fromPartition(windowPartition, { cache: false });
  await hardenSession(windowSession, developerTools, report);
  windowSession.protocol.handle(appScheme, createAppProtocolHandler(await listRendererFiles(plan.rendererFolder), workstation));

  nativeTheme.themeSource = settings.theme;
  const saved = await readWindowState(plan.appInfo.dataFolder);
  const primary = screen.getPrimaryDisplay();
  const displays = [primary, ...screen.getAllDisplays().filter((display) => display.id !== primary.id)];
  const placement = placeWindow(saved, displays.map((display) => display.workArea));
  const icon = `${plan.iconFolder}/lungdesk-256.png`;
  const window = new BrowserWindow(
    mainWindowOptions({ placement, theme: settings.theme, preload: plan.preload, icon, developerTools }),
  );

  function send(name: keyof Events, event: Events[keyof Events]): void {
    if (!window.isDestroyed()) window.webContents.send(name, event);
  }
  function focus(): void {
    leaveWhenIdle = false;
    if (!window.isDestroyed()) focusWindow(window);
  }

  async function rememberWindow(): Promise<void> {
    if (window.isDestroyed()) return;
    // The place of a window is not worth keeping anybody from quitting.
    await writeWindowState(plan.appInfo.dataFolder, windowStateOf(window), plan.clock.newId()).catch(() => report('window-state-not-saved'));
  }

  answerCalls(
    ipcMain,
    createCallHandlers({ workstation, dialog, shell, window: () => window, texts, appInfo: plan.appInfo, quit: () => app.quit(), newId: () => plan.clock.newId() }),
    () => new Set(window.isDestroyed() ? [] : [window.webContents.id]),
    report,
  );

  const icons = createStatusIcon({
    app,
    menu: Menu,
    createTray: () => new Tray(`${plan.iconFolder}/lungdesk-${plan.platform === 'darwin' ? '16' : '32'}.png`),
    open: focus,
    quit: () => app.quit(),
    reportMissing: () => report('tray-missing'),
  });
  function refresh(): void {
    installMenu({ electron, window, workstation, platform: plan.platform, language: language(), developerTools, version: plan.appInfo.version, send, focus });
    icons.showCount(waiting, language());
  }
  refresh();

  const quitting = createQuitting({
    drain: async () => {
      await rememberWindow();
      await workstation.stop();
    },
    announce: () => {
      icons.showFinishing(language());
      send('closing', { readings: waiting });
    },
    quit: () => {
      icons.remove();
      app.quit();
    },
    fail: (thrown) => {
      report('quit-failed', problemOf(thrown).code);
      app.exit(1);
    },
    deadline: async () => plan.clock.wait(quitDeadlineMs),
  });
  app.on('before-quit', quitting.onBeforeQuit);
  app.on('activate', focus);
  app.on('child-process-gone', () => report('child-process-gone'));

  async function takeSettings(): Promise<void> {
    settings = (await workstation.settings()).settings;
    nativeTheme.themeSource = settings.theme;
    if (!window.isDestroyed()) window.setBackgroundColor(windowBackground(settings.theme));
    refresh();
  }
  function forward({ name, event }: WorkstationEvent): void {
    if (eventNames.includes(name)) send(name, event);
    if (name === 'settingsChanged') takeSettings().catch((thrown: unknown) => report('fault', problemOf(thrown).code));
  }
  workstation.subscribe(forward);
  watchQueue(workstation, (count) => {
    waiting = count.waiting;
    icons.showCount(waiting, language());
    if (leaveWhenIdle && count.running === 0) app.quit();
  });

  watchClosing({
    platform: plan.platform, window, dialog, workstation, texts, leaving: quitting.hasBegun, quit: () => app.quit(),
    finishInBackground: () => {
      leaveWhenIdle = true;
    },
  });
  bringUpMainWindow(window, placement, {
    onHide: () => void rememberWindow(),
    reportGone: () => report('window-crashed'),
  });
  report('window-opened');
  return { window, focus, send };
}
