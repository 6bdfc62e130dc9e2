import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { filesIn } from '../../helpers/prepare-desk.ts';
import { writeExam, writeSlice } from '../../helpers/test-workstation.ts';

const program = fileURLToPath(new URL('../../../src-main/cli.ts', import.meta.url));

/** Runs the command as a person would, with a home of its own. */
function lungdesk(words: readonly string[]) {
  const home = join(temporaryFolder(), 'home');
  mkdirSync(home);
  const env = { PATH: process.env['PATH'], HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_DATA_HOME: join(home, 'data'), LUNGDESK_HOME: join(home, 'lungdesk') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { env, encoding: 'utf8' });
  return { status, stdout, stderr, home: filesIn(home) };
}

describe('lungdesk prepare', () => {
  it('ends with 0, prints the manifest, and touches nothing but the output folder', () => {
    const out = join(temporaryFolder(), 'out');
    const { status, stdout, stderr, home } = lungdesk(['prepare', writeExam(9), '--out', out, '--mode', 'sheets', '--json']);
    expect(stderr).toContain('lungdesk: outlining the lungs');
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')));
    expect(status).toBe(0);
    expect(home).toEqual([]);
  });

  it('ends with 1 and a line each for what is missing', () => {
    const folder = writeExam(0);
    for (const index of [0, 1, 2, 3, 6, 7, 8, 9]) writeSlice(folder, index);
    const { status, stdout, stderr } = lungdesk(['prepare', folder, '--out', join(temporaryFolder(), 'out')]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^exam 1: \d+ pictures of 8 slices, /);
    expect(stderr).toContain('lungdesk: missing: exam 1: series-gap: ');
  });

  it('refuses to mix two runs in one folder, and what it cannot understand', () => {
    const out = join(temporaryFolder(), 'out');
    const folder = writeExam(8);
    expect(lungdesk(['prepare', folder, '--out', out]).status).toBe(0);
    expect(lungdesk(['prepare', folder, '--out', out])).toMatchObject({ status: 1, stderr: expect.stringContaining('output-occupied') as unknown });
    expect(lungdesk(['prepare', folder, '--out', out, '--overwrite']).status).toBe(0);
    expect(lungdesk(['prepare', folder])).toMatchObject({ status: 2, stderr: expect.stringContaining('--out') as unknown });
  });
});
