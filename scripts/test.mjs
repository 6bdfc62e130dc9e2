// npm test: sets up, then runs every check and every test, and ends with one line: N passed, N failed, N skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { openHiddenDisplay } from './hidden-display.mjs';
import { hasDisplay, nodePath, root, setup, toolEnvironment } from './setup.mjs';

const results = join(root, 'test-results');
const totals = { passed: 0, failed: 0, skipped: 0 };
const bin = (name, path) => [nodePath(), join(root, 'node_modules', name, path)];
const only = process.argv.slice(2);

await setup({ window: true, tests: true });
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const env = { ...toolEnvironment(), FORCE_COLOR: '0' };

/** A check that passes or fails as a whole and counts as one. */
function check(name, command) {
  if (only.length > 0 && !only.includes(name)) return;
  const started = Date.now();
  const [program, ...args] = command;
  const result = spawnSync(program, args, { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const ok = result.status === 0;
  totals[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(`${result.stdout}\n${result.stderr}`);
}

/** A test runner whose JSON report is counted test by test. */
function suite(name, command, report, count) {
  if (only.length > 0 && !only.includes(name)) return;
  console.log(`\n${name}:`);
  const [program, ...args] = command;
  const result = spawnSync(program, args, { cwd: root, env, stdio: 'inherit' });
  if (!existsSync(report)) {
    totals.failed += 1;
    console.log(`FAILED ${name}: the runner ended with ${result.status} and left no report`);
    return;
  }
  const counted = count(JSON.parse(readFileSync(report, 'utf8')));
  for (const key of Object.keys(totals)) totals[key] += counted[key];
  // A runner that fails although every test passed (unhandled error, leak) is a failure too.
  if (result.status !== 0 && counted.failed === 0) totals.failed += 1;
}

for (const project of ['src-shared', 'src-main', 'src-renderer', 'test']) {
  check(`types of ${project}`, [...bin('typescript', 'bin/tsc'), '-p', project]);
}
check('lint', [...bin('eslint', 'bin/eslint.js'), '--max-warnings', '0', '.']);
check('import rules', [...bin('dependency-cruiser', 'bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'src-shared', 'src-main', 'src-renderer']);
check('docs', [nodePath(), join(root, 'scripts', 'check-docs.mjs')]);

try {
  build();
  totals.passed += 1;
  console.log('ok     build');
} catch (error) {
  totals.failed += 1;
  console.log(`FAILED build\n${error.message}`);
}

const vitestReport = join(results, 'vitest.json');
suite(
  'unit and integration tests',
  [...bin('vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
  vitestReport,
  (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + (report.testResults ?? []).filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
);

if (!hasDisplay()) env.DISPLAY = (await openHiddenDisplay()).display;
const playwrightReport = join(results, 'playwright.json');
env.PLAYWRIGHT_JSON_OUTPUT_NAME = playwrightReport;
suite('tests in the window', [...bin('@playwright/test', 'cli.js'), 'test', '--reporter=list,json'], playwrightReport, (report) => ({
  passed: report.stats.expected + report.stats.flaky,
  failed: report.stats.unexpected + report.errors.length,
  skipped: report.stats.skipped,
}));

console.log(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed === 0 ? 0 : 1);
