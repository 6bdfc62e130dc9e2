import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Folder of the built fixture app: the real shell over a workstation without rooms. */
export const shellFixtureFolder = `${root}out/shell-fixture`;

/** Builds the fixture app into out/shell-fixture, bundled like the shipped app: main as a module, the preload as CommonJS. */
export default async function buildShellFixture(): Promise<void> {
  await bundle(`${root}test/fixtures/shell-app/main.ts`, 'main.js', 'es');
  await bundle(`${root}src-main/shell/preload.ts`, 'preload.cjs', 'cjs');
  await bundle(`${root}test/fixtures/shell-app/page/page.ts`, 'page/page.js', 'es');
  await cp(`${root}test/fixtures/shell-app/page/index.html`, `${shellFixtureFolder}/page/index.html`);
  await cp(`${root}test/fixtures/shell-app/package.json`, `${shellFixtureFolder}/package.json`);
  await cp(`${root}assets/icons`, `${shellFixtureFolder}/icons`, { recursive: true });
}

async function bundle(input: string, fileName: string, format: 'es' | 'cjs'): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: shellFixtureFolder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { input, external: ['electron', /^node:/], output: { format, entryFileNames: fileName, codeSplitting: false } },
    },
  });
}
