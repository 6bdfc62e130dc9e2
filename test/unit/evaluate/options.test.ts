import { describe, expect, it } from 'vitest';
import { commandLine, evaluateOptions, seedsOf } from '../../evaluate/options.ts';

describe('evaluateOptions', () => {
  it('evaluates the development exams as they are when nothing is said', () => {
    expect(evaluateOptions([])).toEqual({
      folder: null, simulate: 0, from: 0, half: 'report', count: 40, together: 5, isRemasked: false, readings: [], truth: null, agreeing: 3, pictures: 24, out: 'test-results/evaluate',
    });
  });

  it('reads all of it', () => {
    expect(evaluateOptions(['exams', '--simulate', '60', '--half=tune', '--remask', '--count', '60', '--truth', 'luna'])).toMatchObject({
      folder: 'exams', simulate: 60, half: 'tune', isRemasked: true, count: 60, truth: 'luna',
    });
    expect(evaluateOptions(['--reading', 'a.json', '--reading', 'b.json']).readings).toEqual(['a.json', 'b.json']);
  });

  it.each([
    [['--count', '29'], '--count is a whole number from 30 to 60'], [['--count', '61'], '--count'], [['--simulate', '1.5'], '--simulate'], [['--half', 'both'], '--half is report or tune'],
    [['--truth', 'x'], '--truth is one of'], [['a', 'b'], 'one folder'], [['--reading', 'a', '--simulate', '2'], 'without --simulate'], [['--fast'], 'fast'],
  ])('refuses %j', (args, message) => {
    expect(() => evaluateOptions(args)).toThrow(expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) as string }));
  });
});

describe('seedsOf', () => {
  it('parts the seeds into halves that share none', () => {
    expect(seedsOf({ simulate: 7, from: 0, half: 'report' })).toEqual([1, 3, 5]);
    expect(seedsOf({ simulate: 7, from: 0, half: 'tune' })).toEqual([0, 2, 4, 6]);
    expect(seedsOf({ simulate: 4, from: 1001, half: 'report' })).toEqual([1001, 1003]);
    expect(seedsOf({ simulate: 4, from: 1001, half: 'tune' })).toEqual([1002, 1004]);
  });
});

describe('commandLine', () => {
  it('carries no name of a folder or file', () => {
    const line = commandLine(evaluateOptions(['/home/doe/jane', '--reading', 'doe.json', '--out', '/doe'])).join(' ');
    expect(line).not.toContain('doe');
    expect(line).toBe('evaluate <folder> --count 40 --reading <reading> --agreeing 3');
  });
});
