import type { MenuItemConstructorOptions } from 'electron';
import { shellTexts } from './shell-texts.ts';
import type { ShellLanguage } from './shell-texts.ts';

/** What the menu's own entries do. */
export interface MenuCommands {
  readonly show: (screen: 'queue' | 'spend' | 'settings' | 'shortcuts') => void;
  readonly addFolder: () => void;
  readonly readSampleExam: () => void;
  readonly about: () => void;
}

/** What the menu depends on. */
export interface MenuPlan {
  readonly platform: NodeJS.Platform;
  readonly language: ShellLanguage;
  readonly developerTools: boolean;
  readonly commands: MenuCommands;
}

type Entry = MenuItemConstructorOptions;
const line: Entry = { type: 'separator' };

/**
 * The application menu: roles where the platform has them, an application menu on macOS, developer entries only while
 * developing.
 */
export function menuTemplate(plan: MenuPlan): Entry[] {
  const mac = plan.platform === 'darwin';
  const menus = [fileMenu(plan, mac), editMenu(plan), viewMenu(plan), ...(mac ? [windowMenu(plan)] : []), helpMenu(plan, mac)];
  return mac ? [applicationMenu(plan), ...menus] : menus;
}

function applicationMenu({ language, commands }: MenuPlan): Entry {
  const text = shellTexts(language);
  return {
    label: 'LungDesk',
    submenu: [
      { id: 'about', label: text.about, click: commands.about },
      line,
      { id: 'settings', label: text.settings, accelerator: 'Command+,', click: () => commands.show('settings') },
      line,
      { role: 'services', label: text.services },
      line,
      { role: 'hide', label: text.hide },
      { role: 'hideOthers', label: text.hideOthers },
      { role: 'unhide', label: text.showAll },
      line,
      { role: 'quit', label: text.quit },
    ],
  };
}

function fileMenu({ language, commands }: MenuPlan, mac: boolean): Entry {
  const text = shellTexts(language);
  return {
    id: 'file',
    label: text.file,
    submenu: [
      { id: 'add-folder', label: text.addFolder, accelerator: 'CmdOrCtrl+O', click: commands.addFolder },
      { id: 'read-sample', label: text.readSample, click: commands.readSampleExam },
      line,
      mac ? { role: 'close', label: text.close } : { role: 'quit', label: text.quit },
    ],
  };
}

function editMenu({ language }: MenuPlan): Entry {
  const text = shellTexts(language);
  return {
    id: 'edit',
    label: text.edit,
    submenu: [
      { role: 'undo', label: text.undo },
      { role: 'redo', label: text.redo },
      line,
      { role: 'cut', label: text.cut },
      { role: 'copy', label: text.copy },
      { role: 'paste', label: text.paste },
      { role: 'selectAll', label: text.selectAll },
    ],
  };
}

function viewMenu({ platform, language, developerTools, commands }: MenuPlan): Entry {
  const text = shellTexts(language);
  const developer: Entry[] = [
    line,
    { role: 'reload', label: text.reload },
    { role: 'toggleDevTools', label: text.developerTools },
  ];
  // On macOS settings live in the application menu.
  const settings: Entry = { id: 'settings', label: text.settings, accelerator: 'Ctrl+,', click: () => commands.show('settings') };
  return {
    id: 'view',
    label: text.view,
    submenu: [
      { id: 'queue', label: text.queue, accelerator: 'CmdOrCtrl+1', click: () => commands.show('queue') },
      { id: 'spend', label: text.spend, accelerator: 'CmdOrCtrl+2', click: () => commands.show('spend') },
      ...(platform === 'darwin' ? [] : [settings]),
      line,
      { role: 'resetZoom', label: text.actualSize },
      { role: 'zoomIn', label: text.zoomIn },
      { role: 'zoomOut', label: text.zoomOut },
      line,
      { role: 'togglefullscreen', label: text.fullScreen },
      ...(developerTools ? developer : []),
    ],
  };
}

function windowMenu({ language }: MenuPlan): Entry {
  const text = shellTexts(language);
  return {
    role: 'window',
    label: text.window,
    submenu: [
      { role: 'minimize', label: text.minimize },
      { role: 'zoom', label: text.zoom },
      line,
      { role: 'front', label: text.front },
    ],
  };
}

function helpMenu({ language, commands }: MenuPlan, mac: boolean): Entry {
  const text = shellTexts(language);
  return {
    role: 'help',
    label: text.help,
    submenu: [
      { id: 'shortcuts', label: text.shortcuts, click: () => commands.show('shortcuts') },
      ...(mac ? [] : [line, { id: 'about', label: text.about, click: commands.about }]),
    ],
  };
}
