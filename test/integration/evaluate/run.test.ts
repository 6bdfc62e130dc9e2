import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/fresh-database.ts';

const program = fileURLToPath(new URL('../../evaluate/run.ts', import.meta.url));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, said: stderr.split('\n').filter((line) => line.startsWith('evaluate:')) };
}

describe('npm run evaluate', () => {
  it('ends with 1 and one line that names no folder when there is nothing to read', () => {
    expect(run(join(temporaryFolder(), 'Doe^Jane'))).toEqual({ status: 1, stdout: '', said: ['evaluate: the folder of exams cannot be opened'] });
  });

  it('ends with 1 and how it is called when it is called wrongly', () => {
    expect(run('--count', '7')).toEqual({ status: 1, stdout: '', said: ['evaluate: --count is a whole number from 30 to 60'] });
  });
});
