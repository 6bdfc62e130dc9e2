// Compiles every src-kernels/*.ts (AssemblyScript; folders beside them hold their parts) to assets/kernels/*.wasm when a
// source is newer. Called by setup.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Compiles the kernels that are missing or older than their sources; throws with the compiler's output when one does not compile.
 *
 * @param {string} root - Of the checkout.
 * @param {string} node - Path of Node 24.
 */
export function buildKernels(root, node) {
  const sources = join(root, 'src-kernels');
  const products = join(root, 'assets', 'kernels');
  mkdirSync(products, { recursive: true });
  const newest = Math.max(...readdirSync(sources, { recursive: true }).map((name) => statSync(join(sources, name)).mtimeMs));
  for (const source of readdirSync(sources).filter((name) => name.endsWith('.ts'))) {
    const product = join(products, `${basename(source, '.ts')}.wasm`);
    if (existsSync(product) && statSync(product).mtimeMs > newest) continue;
    process.stderr.write(`setup: compiling the kernel ${basename(source, '.ts')}\n`);
    const result = spawnSync(
      node,
      [
        join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'), join(sources, source), '--outFile', product,
        '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort=',
      ],
      { encoding: 'utf8' },
    );
    if (result.status !== 0) throw new Error(`a kernel does not compile\n${result.stdout}${result.stderr}`);
  }
}
