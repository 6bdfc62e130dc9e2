// npm run bench [-- prepare | start]: benchmarks in whole processes, medians, ratios against peers of the same run.
import { runPrepareBench } from './prepare.ts';
import { runStartBench } from './start.ts';

const wanted = process.argv.slice(2);

if (wanted.length === 0 || wanted.includes('prepare')) {
  console.log('\n## Folder to prepared PNGs, LIDC-IDRI-0001, 107 slices\n');
  runPrepareBench();
}
if (wanted.length === 0 || wanted.includes('start')) {
  console.log('\n## Start and idle memory\n');
  if (process.platform === 'linux') {
    const { runs, interactiveMs, mainMiB, allMiB } = await runStartBench();
    console.log(`| runs | first interactive frame, ms | main process idle, MiB | all processes idle, MiB |\n|---|---|---|---|`);
    console.log(`| ${runs} | ${interactiveMs.toFixed(0)} | ${mainMiB.toFixed(0)} | ${allMiB.toFixed(0)} |`);
  } else console.log('skipped: memory is read from /proc, which only Linux has');
}
