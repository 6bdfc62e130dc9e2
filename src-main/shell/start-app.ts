import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { problemOf } from '../../src-shared/domain/errors.ts';
import type { ErrorCode } from '../../src-shared/domain/errors.ts';
import type { Workstation } from '../workstation-port.ts';
import { runDemo } from './demo.ts';
import type { ElectronParts } from './electron-parts.ts';
import { refusedLaunchSwitches } from './launch-switches.ts';
import { openShell } from './open-shell.ts';
import type { OpenShell, ShellPlan } from './open-shell.ts';
import { registerAppScheme } from './protocol.ts';
import { confineAllContents } from './security.ts';
import { shellLanguage, shellTexts } from './shell-texts.ts';

/** What the app is started with. */
export interface AppPlan extends Pick<ShellPlan, 'clock' | 'preload' | 'rendererFolder' | 'iconFolder' | 'report'> {
  readonly electron: ElectronParts;
  /** Absolute path of LungDesk's data folder; one running program per folder. */
  readonly dataFolder: string;
  readonly launch: { readonly argv: readonly string[]; readonly environment: Readonly<Record<string, string | undefined>>; readonly platform: NodeJS.Platform };
  /** Reads the sample exam, prints it and ends; pictures of the screens go to the folder, if one is given. */
  readonly demo: { readonly screenshotFolder: string | null } | null;
  /** Opens the data folder; called only by the one program that may, after 'ready'. */
  readonly openWorkstation: () => Promise<Workstation>;
  /** Writes a line for the person at the terminal. */
  readonly write: (line: string) => void;
}

/**
 * Starts LungDesk under Electron; everything that must come before 'ready' happens before this returns.
 *
 * A start with switches that take protection away ends at once when packaged; a second start on the same data folder brings
 * the first one's window to the front and ends without having read anything.
 */
export function startApp(plan: AppPlan): void {
  const { app, dialog, protocol } = plan.electron;
  const { argv, environment } = plan.launch;
  const refused = refusedLaunchSwitches({ isPackaged: app.isPackaged, argv, environment, hasSwitch: (name) => app.commandLine.hasSwitch(name) });
  if (refused.length > 0) {
    const code: ErrorCode = 'launch-refused';
    plan.write(`LungDesk does not start with ${refused.join(', ')} (${code})`);
    dialog.showErrorBox('LungDesk', `${shellTexts(shellLanguage('system', app.getLocale())).refusedStart}\n${refused.join('\n')}`);
    app.exit(1);
    return;
  }
  app.enableSandbox();
  registerAppScheme(protocol);
  // Chromium's own files lie in the data folder too: its lock makes two programs on one data folder impossible, whoever starts them.
  const chromiumFolder = join(plan.dataFolder, 'chromium');
  mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 });
  app.setPath('userData', chromiumFolder);
  if (!app.requestSingleInstanceLock()) {
    plan.write('LungDesk is already running on this data folder.');
    app.exit(0);
    return;
  }
  confineAllContents(app, plan.report);
  const shell = Promise.withResolvers<OpenShell>();
  // A second start before the window is there brings it to the front once it is.
  app.on('second-instance', () => {
    shell.promise.then((open) => open.focus(), () => plan.report('second-instance'));
  });
  app.whenReady().then(async () => run(plan, shell.resolve)).catch((thrown: unknown) => {
    shell.reject(thrown);
    failToStart(plan, thrown);
  });
  shell.promise.catch(() => undefined);
}

async function run(plan: AppPlan, opened: (shell: OpenShell) => void): Promise<void> {
  const { app, powerMonitor } = plan.electron;
  const workstation = await plan.openWorkstation();
  const shell = await openShell(plan.electron, {
    workstation,
    clock: plan.clock,
    platform: plan.launch.platform,
    preload: plan.preload,
    rendererFolder: plan.rendererFolder,
    iconFolder: plan.iconFolder,
    report: plan.report,
    appInfo: {
      version: app.getVersion(),
      electron: process.versions.electron,
      standIn: plan.launch.environment['LUNGDESK_ELECTRON_STANDIN'] === '1',
      locale: app.getLocale(),
      dataFolder: plan.dataFolder,
    },
  });
  opened(shell);
  powerMonitor.on('resume', () => { workstation.resumed().catch((thrown: unknown) => { plan.report('fault', problemOf(thrown).code); }); });
  await workstation.start();
  if (plan.demo !== null) await demonstrate(plan, workstation, shell);
}

async function demonstrate(plan: AppPlan, workstation: Workstation, shell: OpenShell): Promise<void> {
  const code = await runDemo({
    workstation, window: shell.window, send: shell.send, clock: plan.clock, screenshotFolder: plan.demo?.screenshotFolder ?? null, write: plan.write,
  });
  await workstation.stop();
  // app.quit() always ends with 0.
  plan.electron.app.exit(code);
}

function failToStart(plan: AppPlan, thrown: unknown): void {
  const { app, dialog } = plan.electron;
  const { code, message } = problemOf(thrown);
  plan.report('start-failed', code);
  plan.write(`LungDesk cannot start: ${message} (${code})`);
  // Nobody is there to close a dialog of the demonstration.
  if (plan.demo === null) dialog.showErrorBox(shellTexts(shellLanguage('system', app.getLocale())).startFailed, message);
  app.exit(1);
}
