// Builds main, preload and window into out/ when a source is newer than the last build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, root, toolEnvironment } from './setup.mjs';

const sources = ['src-shared', 'src-main', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];
const product = join(root, 'out', 'renderer', 'index.html');

/** Newest change below a path, ms. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds if needed; throws with the builder's output when it fails. */
export function build() {
  if (existsSync(product)) {
    const built = statSync(product).mtimeMs;
    if (sources.every((source) => newest(join(root, source)) < built)) return;
  }
  process.stderr.write('build: building LungDesk …\n');
  const started = Date.now();
  const result = spawnSync(nodePath(), [join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'], {
    cwd: root,
    env: toolEnvironment(),
    encoding: 'utf8',
  });
  if (result.status !== 0) throw new Error(`the build failed\n${result.stdout}${result.stderr}`);
  process.stderr.write(`build: done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}
