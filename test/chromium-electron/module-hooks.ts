import { registerHooks } from 'node:module';

const NAMES = /^electron(\/(main|common))?$/;
const HOME = Symbol.for('chromium-electron.module');

/**
 * Answers require('electron') and import 'electron' in this process with the given module.
 *
 * @param electron - The exports, by name.
 */
export function serveElectronModule(electron: Readonly<Record<string, object>>): void {
  Object.defineProperty(globalThis, HOME, { value: electron });
  const home = `globalThis[Symbol.for('chromium-electron.module')]`;
  const common = `module.exports = ${home};`;
  const names = Object.keys(electron);
  const esm = [`const home = ${home};`, 'export default home;', ...names.map((name) => `export const ${name} = home.${name};`)].join('\n');
  registerHooks({
    resolve(specifier, context, next) {
      if (!NAMES.test(specifier)) return next(specifier, context);
      const isRequire = context.conditions.includes('require');
      return { url: new URL(isRequire ? './electron.cjs' : './electron.mjs', import.meta.url).href, format: isRequire ? 'commonjs' : 'module', shortCircuit: true };
    },
    load(url, context, next) {
      if (url === new URL('./electron.cjs', import.meta.url).href) return { format: 'commonjs', source: common, shortCircuit: true };
      if (url === new URL('./electron.mjs', import.meta.url).href) return { format: 'module', source: esm, shortCircuit: true };
      return next(url, context);
    },
  });
}
