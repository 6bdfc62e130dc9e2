import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { randomBytes } from 'node:crypto';
import type { IsolatedWorldSettings } from './isolated-world.ts';
import type { MainWorldSettings } from './main-world.ts';

/** Name of the world the preload runs in; the page cannot reach it. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

/** The two scripts a window injects into each of its documents, and the names they use. */
export interface PageScripts {
  readonly mainWorld: string;
  readonly isolatedWorld: string;
  readonly binding: string;
  readonly receiver: string;
}

/**
 * Builds the scripts for one window.
 *
 * @param preloadPath - Absolute path of the bundled CommonJS preload, or undefined.
 * @param refusesWindows - True when the window has a setWindowOpenHandler.
 */
export function buildPageScripts(preloadPath: string | undefined, refusesWindows: boolean): PageScripts {
  const secret = randomBytes(16).toString('hex');
  const binding = `toNode${secret}`;
  const receiver = `fromNode${secret}`;
  const main: MainWorldSettings = { handshake: `h${secret}`, refusesWindows };
  const isolated: IsolatedWorldSettings = {
    handshake: main.handshake,
    binding,
    receiver,
    preloadPath: preloadPath ?? '',
    refusesWindows,
    process: {
      type: 'renderer',
      platform: process.platform,
      arch: process.arch,
      versions: { ...process.versions },
      version: process.version,
      env: {},
      argv: [],
      pid: 0,
      sandboxed: true,
      contextIsolated: true,
    },
  };
  return {
    binding,
    receiver,
    mainWorld: `(() => { ${bridgeSource()}\n${pageSource('main-world')}\nstartMainWorld(${JSON.stringify(main)}); })()`,
    isolatedWorld: `(() => { ${bridgeSource()}\n${pageSource('wire')}\n${pageSource('isolated-world')}
const eventsModule = { exports: {} };
(function (module, exports) { ${eventsSource()}\n})(eventsModule, eventsModule.exports);
startIsolatedWorld(${JSON.stringify(isolated)}, eventsModule.exports, ${preloadFunction(preloadPath)}); })()`,
  };
}

function preloadFunction(preloadPath: string | undefined): string {
  if (preloadPath === undefined) return 'undefined';
  return `function (require, module, exports, process, setImmediate, clearImmediate) { ${readFileSync(preloadPath, 'utf8')}\n}`;
}

function bridgeSource(): string {
  return `${pageSource('bridge-values')}\n${pageSource('bridge-end')}`;
}

function eventsSource(): string {
  // The npm package, not Node's own module: it runs in a browser.
  return readFileSync(createRequire(import.meta.url).resolve('events/'), 'utf8');
}

/** Reads one file of this folder as plain script text: types, imports and exports removed. */
function pageSource(name: string): string {
  const text = readFileSync(new URL(`./${name}.ts`, import.meta.url), 'utf8');
  return stripTypeScriptTypes(text)
    .replace(/^import .*$/gm, '')
    .replace(/^export /gm, '');
}
