import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { printSteps, runSteps } from './exam.ts';
import { figure, median, printTable, printTarget, say, times } from './figures.ts';
import { measureInTurns, measureProcess } from './measure-process.ts';
import { python } from './peers.ts';

/** What the search of the lungs is called among the steps. */
const searchStep = 'searching both lungs';

/**
 * Measures a settled folder to ranked and measured candidates in whole cold processes, and its search beside the same operations in scipy;
 * prints tables.
 *
 * @param series - Folder of makeSeries.
 * @param runs - Processes per variant.
 */
export function benchFinder(series: string, runs: number): void {
  const [own] = measureInTurns([{ name: 'LungDesk', command: [process.execPath, pathOf('./finder-once.ts'), series] }], runs);
  const of = (value: 'wallMs' | 'cpuMs' | 'peakMiB'): number => median((own?.runs ?? []).map((run) => run[value]));
  printTable(['whole process', 'wall ms', 'CPU ms', 'peak MiB'], [['LungDesk', figure(of('wallMs')), figure(of('cpuMs')), figure(of('peakMiB'))]]);
  printTarget('folder to measured candidates, wall ms:', of('wallMs'), { most: 3000 });
  printTarget('folder to measured candidates, peak MB:', of('peakMiB') * 1.048576, { most: 700 });
  say('\nIts steps, in one process:\n\n');
  const steps = Array.from({ length: runs }, () => runSteps('finder-once.ts', [series]));
  printSteps(steps);
  if (spawnSync(python, ['-c', 'import pydicom, numpy, scipy']).status !== 0) {
    say('skipped: scipy (apt-get install python3-pydicom python3-numpy python3-scipy)\n');
    return;
  }
  const search = (value: 'wallMs' | 'cpuMs'): number => median(steps.map((one) => one.find(({ name }) => name === searchStep)?.[value] ?? NaN));
  const theirs = Array.from({ length: runs }, () => JSON.parse(measureProcess([python, pathOf('./reference_finder.py'), series]).stdout) as Readonly<Record<'wallMs' | 'cpuMs', number>>);
  const their = (value: 'wallMs' | 'cpuMs'): number => median(theirs.map((one) => one[value]));
  printTable(['search of the lungs', 'wall ms', 'CPU ms', 'wall against LungDesk', 'CPU against LungDesk'], [
    ['LungDesk, two threads, with scores', figure(search('wallMs')), figure(search('cpuMs')), '1.00x', '1.00x'],
    ['the same operations in scipy, one thread, without scores', figure(their('wallMs')), figure(their('cpuMs')), times(their('wallMs'), search('wallMs')), times(their('cpuMs'), search('cpuMs'))],
  ]);
}

function pathOf(program: string): string {
  return fileURLToPath(new URL(program, import.meta.url));
}
