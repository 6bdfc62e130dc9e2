import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, powerMonitor, protocol, screen, session, shell, Tray, utilityProcess } from 'electron';
import { systemClock } from './platform/clock.ts';
import { createKeychain } from './platform/keychain.ts';
import { keychainHelperPath } from './platform/keychain-process.ts';
import { openLog } from './platform/log.ts';
import { dataFolder, dataPaths } from './platform/paths.ts';
import { createElectronTransport } from './shell/electron-transport.ts';
import { spawnKeychainHelper } from './shell/keychain-spawner.ts';
import { launchOptions } from './shell/launch-options.ts';
import { startApp } from './shell/start-app.ts';
import { createWorkstation } from './workstation.ts';

/* Entry of the app: hands Electron and the machine to the shell. Nothing is awaited here, so that all of it comes before 'ready'. */

// Whatever is written is for this user alone, also in a data folder that others may enter.
process.umask(0o077);

const { home, demo } = launchOptions(process.argv.slice(1), process.cwd());
const folder = resolve(dataFolder({ homeOption: home, env: process.env, platform: process.platform, userHome: homedir() }));
const log = openLog({ folder: dataPaths(folder).logs, clock: systemClock });
// In memory and without a cache, as many as requests are on their way at the same time.
const transport = createElectronTransport({
  clock: systemClock,
  createLane: (index) => session.fromPartition(`relay-${String(index)}`, { cache: false }),
});

startApp({
  electron: { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, powerMonitor, protocol, screen, session, shell, Tray },
  dataFolder: folder,
  launch: { argv: [...process.execArgv, ...process.argv.slice(1)], environment: process.env, platform: process.platform },
  demo,
  clock: systemClock,
  // The built main process lies in out/main, beside out/preload and out/renderer.
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
  rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
  iconFolder: fileURLToPath(new URL('../../assets/icons', import.meta.url)),
  report: (event, code) => log.write({ level: code === undefined ? 'info' : 'warning', room: 'shell', event, code }),
  write: (line) => process.stdout.write(`${line}\n`),
  openWorkstation: async () =>
    createWorkstation({
      dataFolder: folder,
      keychain: createKeychain({ clock: systemClock, spawnHelper: () => spawnKeychainHelper(utilityProcess, keychainHelperPath()) }),
      transport,
      electronVersion: process.versions.electron,
    }),
});
