import { readFileSync } from 'node:fs';

/**
 * Instantiates one of LungDesk's own WebAssembly modules (src-kernels).
 *
 * @param name - Of the kernel's source file, without its ending.
 * @returns The module's exports; every call gives an instance with a memory of its own.
 * @throws {Error} When the module is missing or the machine has no WebAssembly SIMD.
 */
export function loadKernel<Exports extends object>(name: string): Exports & { readonly memory: WebAssembly.Memory } {
  const toRoot = import.meta.url.endsWith('.ts') ? '../..' : '../../..';
  const bytes = readFileSync(new URL(`${toRoot}/assets/kernels/${name}.wasm`, import.meta.url));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return instance.exports as unknown as Exports & { readonly memory: WebAssembly.Memory };
}
