// Runs a TypeScript program of LungDesk that opens no window: sets up, then node on the program, straight from the sources.
// node scripts/run.mjs <program> [arguments]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodePath, root, setup, toolEnvironment } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
await setup({ window: false, tests: false });
const result = spawnSync(nodePath(), [join(root, program), ...args], {
  // npm changes into the project's folder; paths on the command line are the caller's.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: toolEnvironment(),
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
