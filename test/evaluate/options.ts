import { parseArgs } from 'node:util';
import { truthSources } from './truth/exam-nodules.ts';
import type { TruthSource } from './truth/exam-nodules.ts';

/** How the command is called. */
export const usage = `npm run evaluate -- [<folder of exams with truth>] [--simulate 500] [--from 0] [--half report|tune] [--count 40] [--together 5] [--remask]
  [--reading <reading.json> ...] [--truth csv|lidc|luna|boxes] [--agreeing 3] [--pictures 24] [--out test-results/evaluate]`;

/** What an evaluation does. */
export interface EvaluateOptions {
  /** Null: the development exams. */
  readonly folder: string | null;
  /** How many seeds, of which one half is used; 0 for none. */
  readonly simulate: number;
  /** The first of these seeds. */
  readonly from: number;
  /** Even seeds are for development, odd ones for the report. */
  readonly half: 'report' | 'tune';
  /** Candidates an exam. */
  readonly count: number;
  /** Most simulated nodules in an exam at once. */
  readonly together: number;
  /** Outlines the lungs anew with the simulated nodules in them. */
  readonly isRemasked: boolean;
  /** Reading documents that are scored in place of the device's own search. */
  readonly readings: readonly string[];
  /** Null: the best source that is there. */
  readonly truth: TruthSource | null;
  /** Readers of LIDC who have to have outlined a nodule. */
  readonly agreeing: number;
  /** Most pictures of misses, and most of false positives, an exam. */
  readonly pictures: number;
  readonly out: string;
}

/** A command line that cannot be followed; the message is for a person. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line.
 *
 * @param args - Without the program's name.
 * @throws {UsageError} for what it does not know.
 */
export function evaluateOptions(args: readonly string[]): EvaluateOptions {
  const { values, positionals } = parsed(args);
  if (positionals.length > 1) throw new UsageError('one folder at most');
  const half = values.half ?? 'report';
  if (half !== 'report' && half !== 'tune') throw new UsageError('--half is report or tune');
  const truth = truthSources.find((one) => one === values.truth) ?? null;
  if (values.truth !== undefined && truth === null) throw new UsageError(`--truth is one of ${truthSources.join(', ')}`);
  const readings = values.reading ?? [];
  if (readings.length > 0 && values.simulate !== undefined) throw new UsageError('readings are scored on exams as they are: without --simulate');
  return {
    folder: positionals[0] ?? null, simulate: whole('simulate', values.simulate, 0, 0, 100_000), from: whole('from', values.from, 0, 0, 1_000_000), half, count: whole('count', values.count, 40, 30, 60),
    together: whole('together', values.together, 5, 1, 20), isRemasked: values.remask ?? false, readings, truth,
    agreeing: whole('agreeing', values.agreeing, 3, 1, 4), pictures: whole('pictures', values.pictures, 24, 0, 1000), out: values.out ?? 'test-results/evaluate',
  };
}

/**
 * Seeds of a half.
 *
 * @param options - simulate: how many seeds there are in both halves together; from: the first of them.
 */
export function seedsOf({ simulate, from, half }: Pick<EvaluateOptions, 'simulate' | 'from' | 'half'>): readonly number[] {
  return Array.from({ length: simulate }, (_, at) => from + at).filter((seed) => seed % 2 === (half === 'tune' ? 0 : 1));
}

/**
 * The command line as the report may carry it: names of folders and files may be names of people.
 *
 * @param options - As read.
 */
export function commandLine({ folder, simulate, from, half, count, together, isRemasked, readings, truth, agreeing }: EvaluateOptions): readonly string[] {
  return [
    'evaluate', ...(folder === null ? [] : ['<folder>']), ...(simulate === 0 ? [] : ['--simulate', String(simulate), ...(from === 0 ? [] : ['--from', String(from)]), '--half', half, '--together', String(together)]),
    ...(isRemasked ? ['--remask'] : []), '--count', String(count), ...readings.flatMap(() => ['--reading', '<reading>']),
    ...(truth === null ? [] : ['--truth', truth]), '--agreeing', String(agreeing),
  ];
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        simulate: { type: 'string' }, from: { type: 'string' }, half: { type: 'string' }, count: { type: 'string' }, together: { type: 'string' }, remask: { type: 'boolean' },
        reading: { type: 'string', multiple: true }, truth: { type: 'string' }, agreeing: { type: 'string' }, pictures: { type: 'string' }, out: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'the command line cannot be read', { cause });
  }
}

function whole(name: string, text: string | undefined, usual: number, least: number, most: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new UsageError(`--${name} is a whole number from ${String(least)} to ${String(most)}`);
  return value;
}
