import type * as Electron from 'electron';

/** The parts of Electron the shell is made of; handed in by main.ts, the only module that loads Electron. */
export type ElectronParts = Pick<
  typeof Electron,
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'nativeTheme' | 'powerMonitor' | 'protocol' | 'screen' | 'session' | 'shell' | 'Tray'
>;
