import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import config from '../../../electron.vite.config.ts';

/** A built file of the window by its path below the origin. */
export type BuiltFiles = ReadonlyMap<string, Buffer>;

/** Builds the window with the renderer part of the project's own configuration, outside the tree. */
export async function buildWindow(): Promise<BuiltFiles> {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const outDir = mkdtempSync(join(tmpdir(), 'lungdesk-window-'));
  const renderer = (config as { readonly renderer: InlineConfig }).renderer;
  // The window as it ships: under a test runner React would be bundled in its development form.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    ...renderer, configFile: false, logLevel: 'error', root: join(root, 'src-renderer'),
    build: { ...renderer.build, outDir, emptyOutDir: true, rolldownOptions: { ...renderer.build?.rolldownOptions, input: join(root, 'src-renderer/index.html') } },
  });
  if (environment === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = environment;
  const names = readdirSync(outDir, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(names.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [`/${file.slice(outDir.length + 1).replaceAll('\\', '/')}`, readFileSync(file)];
  }));
}
