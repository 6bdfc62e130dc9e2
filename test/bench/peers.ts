import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { say } from './figures.ts';

/** What the benchmarks make and keep: outside of git. */
export const cacheFolder = fileURLToPath(new URL('../../.bench/', import.meta.url));

/** The Python that Debian's pydicom, numpy and Pillow belong to. */
export const python = '/usr/bin/python3';

/**
 * Whether a program is on the PATH; otherwise says in one line that its rows are skipped.
 *
 * @param program - Its name.
 * @param install - What brings it.
 */
export function hasProgram(program: string, install: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status === 0 || skipped(program, install);
}

/** Whether Debian's Python has the modules of the published pipeline; otherwise says so. */
export function hasPython(): boolean {
  const found = existsSync(python) && spawnSync(python, ['-c', 'import pydicom, numpy, PIL']).status === 0;
  return found || skipped('the Python pipelines', 'apt-get install python3-pydicom python3-numpy python3-pil');
}

/** How a peer in C++ is compiled. */
const peers = {
  'dcmtk_decode': { flags: ['-ldcmjpeg', '-ldcmjpls', '-lijg8', '-lijg12', '-lijg16', '-ldcmdata', '-loflog', '-lofstd'], install: 'apt-get install g++ libdcmtk-dev' },
  'gdcm_decode': { flags: ['-I/usr/include/gdcm-3.0', '-lgdcmMSFF', '-lgdcmDSED', '-lgdcmCommon'], install: 'apt-get install g++ libgdcm-dev' },
  'gdcm_png': { flags: ['-I/usr/include/gdcm-3.0', '-lgdcmMSFF', '-lgdcmDSED', '-lgdcmCommon', '-lpng'], install: 'apt-get install g++ libgdcm-dev libpng-dev' },
} as const;

/**
 * Compiles one of the programs in test/bench/peers, unless that has been done.
 *
 * @param name - Of its source file.
 * @returns Path of the program; null, said in one line, when the compiler or a library is absent.
 */
export function compilePeer(name: keyof typeof peers): string | null {
  const source = fileURLToPath(new URL(`./peers/${name}.cc`, import.meta.url));
  const program = join(cacheFolder, name);
  if (existsSync(program) && statSync(program).mtimeMs > statSync(source).mtimeMs) return program;
  mkdirSync(cacheFolder, { recursive: true });
  const { status } = spawnSync('g++', ['-O2', '-o', program, source, ...peers[name].flags], { encoding: 'utf8' });
  if (status === 0) return program;
  skipped(name, peers[name].install);
  return null;
}

function skipped(peer: string, install: string): false {
  say(`skipped: ${peer} (${install})\n\n`);
  return false;
}
