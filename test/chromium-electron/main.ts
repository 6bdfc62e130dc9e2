/* Entry of the stand-in: what the "electron" executable runs. README.md says what this is. */
import inspector from 'node:inspector';
import { createRequire } from 'node:module';
import { locateApp, runApp } from './app-loader.ts';
import { parseArguments } from './argv.ts';
import { browser } from './chromium/browser.ts';
import { makeElectronModule } from './electron-module.ts';
import { app } from './lifecycle/app.ts';
import { serveElectronModule } from './module-hooks.ts';
import { becomeElectronProcess, STANDIN_VERSION } from './process-identity.ts';
import { startRequestProxy } from './chromium/request-proxy.ts';
import { refuseDownloads } from './window/downloads.ts';

const given = process.argv.slice(2);
const options = parseArguments(given);

if (options.switches.has('version')) {
  process.stdout.write(`v${STANDIN_VERSION}\n`);
  process.exit(0);
}
if (options.appPath === undefined) {
  process.stderr.write('chromium-electron: name an app: electron <folder or file>\n');
  process.exit(1);
}

becomeElectronProcess(given);
serveElectronModule(makeElectronModule());
for (const [name, value] of options.switches) app.commandLine.appendSwitch(name, value);
listenForSignals();
if (options.inspect !== undefined) inspector.open(options.inspect.port, options.inspect.host, options.inspect.waits);
const entry = locateApp(options.appPath);
const load = createRequire(import.meta.url);
for (const file of options.requires) load(file);
await runApp(entry);
if (!app.hasExited) await startWindows();

async function startWindows(): Promise<void> {
  const debuggingPort = app.commandLine.hasSwitch('remote-debugging-port') ? app.commandLine.getSwitchValue('remote-debugging-port') : undefined;
  const { exited, debuggerAddress, connection } = await browser.start({ appSwitches: app.commandLine.switches, debuggingPort, proxyPort: await startRequestProxy() });
  void exited.then((code) => {
    if (app.hasExited) return;
    const details = { type: 'GPU', reason: 'crashed', exitCode: code, serviceName: 'chromium', name: 'Chromium' };
    app.emit('child-process-gone', {}, details);
    process.stderr.write(`chromium-electron: Chromium ended (code ${String(code)}); the app cannot go on without it\n`);
    app.exit(1);
  });
  await refuseDownloads();
  const { product, userAgent } = await connection.root.send('Browser.getVersion');
  Object.assign(process.versions, { chrome: product.split('/')[1] ?? '' });
  app.userAgentFallback = app.userAgentFallback || userAgent;
  if (debuggingPort !== undefined) process.stderr.write(`\nDevTools listening on ${(await debuggerAddress) ?? ''}\n`);
  app.becomeReady();
}

function listenForSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => app.quit());
  }
}
