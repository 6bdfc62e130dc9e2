import type { BrowserWindow } from 'electron';
import type { Events } from '../../src-shared/ipc/contract.ts';
import { problemOf } from '../../src-shared/domain/errors.ts';
import type { Workstation } from '../workstation-port.ts';
import type { ElectronParts } from './electron-parts.ts';
import { menuTemplate } from './menu-template.ts';
import { shellTexts } from './shell-texts.ts';
import type { ShellLanguage } from './shell-texts.ts';

/** What the menu's entries act on. */
export interface MenuParts {
  readonly electron: Pick<ElectronParts, 'Menu' | 'dialog'>;
  readonly window: BrowserWindow;
  readonly workstation: Pick<Workstation, 'addFolder' | 'readSampleExam'>;
  readonly platform: NodeJS.Platform;
  readonly language: ShellLanguage;
  readonly developerTools: boolean;
  readonly version: string;
  readonly send: (name: 'navigate', event: Events['navigate']) => void;
  readonly focus: () => void;
}

/** Builds the application menu in the person's language and puts it up. */
export function installMenu(parts: MenuParts): void {
  const { electron, window, workstation } = parts;
  const text = shellTexts(parts.language);

  function navigate(event: Events['navigate']): void {
    parts.focus();
    parts.send('navigate', event);
  }
  // A command's failure is told where the command was given; the message of an AppError is fit to be read.
  function run(command: () => Promise<void>): void {
    command().catch(async (thrown: unknown) => {
      await electron.dialog.showMessageBox(window, { type: 'error', title: 'LungDesk', message: text.commandFailed, detail: problemOf(thrown).message });
    });
  }

  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(menuTemplate({
    platform: parts.platform,
    language: parts.language,
    developerTools: parts.developerTools,
    commands: {
      show: (screen) => navigate({ screen }),
      addFolder: () => run(async () => {
        const answer = await electron.dialog.showOpenDialog(window, {
          title: text.chooseFolder, buttonLabel: text.watch, properties: ['openDirectory', 'createDirectory'],
        });
        const path = answer.canceled ? undefined : answer.filePaths[0];
        if (path === undefined) return;
        await workstation.addFolder(path);
        navigate({ screen: 'settings' });
      }),
      readSampleExam: () => run(async () => navigate({ screen: 'reading', readingId: (await workstation.readSampleExam()).readingId })),
      about: () => run(async () => {
        await electron.dialog.showMessageBox(window, { type: 'info', title: 'LungDesk', message: `LungDesk ${parts.version}`, detail: text.aboutDetail });
      }),
    },
  })));
}
