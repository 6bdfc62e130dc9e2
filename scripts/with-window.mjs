// Runs a TypeScript program that opens LungDesk's window: sets up, builds, and gives it a hidden display where there is none.
// node scripts/with-window.mjs <program> [arguments]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { openHiddenDisplay } from './hidden-display.mjs';
import { hasDisplay, nodePath, root, setup, toolEnvironment } from './setup.mjs';

const [program, ...args] = process.argv.slice(2);
await setup({ window: true, tests: false });
build();
const env = toolEnvironment();
if (!hasDisplay()) env.DISPLAY = (await openHiddenDisplay()).display;
const result = spawnSync(nodePath(), [join(root, program), ...args], { cwd: root, env, stdio: 'inherit' });
process.exit(result.status ?? 1);
