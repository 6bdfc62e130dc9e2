import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What one whole process and everything it started took. */
export interface ProcessFigures {
  readonly wallMs: number;
  /** User and system time, with all children that were waited for. */
  readonly cpuMs: number;
  /** Largest resident memory of any single one of the processes. */
  readonly peakMiB: number;
  readonly stdout: string;
}

/** One way of doing the work, as a whole process. */
export interface Variant {
  readonly name: string;
  readonly command: readonly string[];
}

/** A variant with its runs, in the order in which they were made. */
export interface MeasuredVariant extends Variant {
  readonly runs: readonly ProcessFigures[];
}

const gnuTime = '/usr/bin/time';

/**
 * Runs a program to its end and measures it: time with bash, memory with GNU time.
 *
 * A process that Node starts directly inherits Node's own memory peak (Linux keeps it over exec), so getrusage in it tells
 * nothing; started by the small GNU time it begins at nothing. GNU time tells CPU only in steps of 10 ms, bash in 1 ms.
 *
 * @param command - Program and arguments.
 * @throws {Error} When the program fails, or without bash and GNU time.
 */
export function measureProcess(command: readonly string[]): ProcessFigures {
  if (!existsSync(gnuTime)) throw new Error('the benchmarks need bash and GNU time (apt-get install time)');
  const script = `TIMEFORMAT='figures %3R %3U %3S'; time ${gnuTime} -q -f 'peak %M' "$@"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C' },
  });
  const times = /^figures (\S+) (\S+) (\S+)$/m.exec(stderr);
  const peak = /^peak (\d+)$/m.exec(stderr);
  if (status !== 0 || times === null || peak === null) throw new Error(`${command.join(' ')} failed: ${stderr.slice(-1000)}`);
  const [wall = NaN, user = NaN, system = NaN] = times.slice(1).map(Number);
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000, peakMiB: Number(peak[1]) / 1024, stdout };
}

/**
 * Runs all variants in turns, so that whatever else the machine does falls on all of them alike.
 *
 * @param variants - In the order of the table.
 * @param runs - Processes per variant.
 */
export function measureInTurns(variants: readonly Variant[], runs: number): readonly MeasuredVariant[] {
  const measured = variants.map((variant) => ({ ...variant, runs: [] as ProcessFigures[] }));
  for (let run = 0; run < runs; run += 1) {
    // Whoever runs first in one round runs last in the next.
    const order = run % 2 === 0 ? measured : measured.toReversed();
    for (const variant of order) variant.runs.push(measureProcess(variant.command));
  }
  return measured;
}
