// npm run lungdesk -- <command>: the headless command, straight from the sources on Node 24.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { nodePath, root, setup, toolEnvironment } from './setup.mjs';

await setup({ window: false, tests: false });
const result = spawnSync(nodePath(), [join(root, 'src-main', 'cli.ts'), ...process.argv.slice(2)], {
  // npm changes into the project's folder; paths on the command line are the caller's.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: toolEnvironment(),
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
