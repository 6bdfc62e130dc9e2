import { globSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Modules that run in threads or processes of their own; nobody imports them, so the build has to be told of them. */
const threads = globSync('src-main/**/*-{worker,helper}.ts').map((path) => [path.slice('src-main/'.length, -'.ts'.length), path]);

/**
 * Three builds: main keeps its modules (so that workers and helpers are found beside their callers, as in the source),
 * the preload is one CommonJS file (a sandboxed preload cannot import), the window is a static page without inline code.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      minify: false,
      rolldownOptions: {
        input: { main: 'src-main/main.ts', cli: 'src-main/cli.ts', ...(Object.fromEntries(threads) as Record<string, string>) },
        output: { format: 'es', preserveModules: true, preserveModulesRoot: 'src-main', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/shell/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    resolve: { alias: { events: 'events/' } },
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
});
