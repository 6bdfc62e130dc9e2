// Evaluates the candidate finder, or readings, on exams with truth and on simulated nodules in them (docs/finder.md):
// npm run evaluate -- [<folder of exams with truth>] [--simulate 500] [--half report|tune] [--reading <reading.json> ...]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findCandidates } from '../../src-main/workers/find-candidates.ts';
import { createImagingPool } from '../../src-main/workers/imaging-pool.ts';
import { say, wholeReport } from '../bench/figures.ts';
import { evaluateExams } from './evaluate-exams.ts';
import type { Evaluation } from './evaluate-exams.ts';
import { listExams } from './exams/list-exams.ts';
import { commandLine, evaluateOptions, usage, UsageError } from './options.ts';
import type { EvaluateOptions } from './options.ts';
import { writeBooks } from './pictures/write-book.ts';
import { evaluationDocument } from './report/evaluation-document.ts';
import { printNodules } from './report/print-nodules.ts';
import { printSummary, printTargets } from './report/print-summary.ts';
import { candidateMarks } from './score/candidate-marks.ts';
import { readScoredReading } from './score/reading-marks.ts';
import { summarise } from './score/score-summary.ts';
import type { ScoreSummary } from './score/score-summary.ts';
import { TruthError } from './truth/truth-error.ts';

/** Up to so many exams each gets its own tables. */
const fewExams = 5;
const simulationText = `Simulated nodules are drawn forms in real exams. They show what the finder does with forms like these in these exams; they do not
show how much it finds in patients, whose nodules look otherwise and lie where they please.\n\n`;

try {
  const options = evaluateOptions(process.argv.slice(2));
  const evaluation = await evaluate(options);
  const summaries = report(evaluation, options);
  await write(evaluation, summaries, options);
} catch (thrown) {
  if (!(thrown instanceof TruthError) && !(thrown instanceof UsageError)) throw thrown;
  process.stderr.write(`evaluate: ${thrown.message}\n${thrown instanceof UsageError ? `${usage}\n` : ''}`);
  process.exitCode = 1;
}

async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const readings = options.readings.map((path) => readScoredReading(readText(path)));
  const pool = createImagingPool();
  try {
    return await evaluateExams(listExams(options.folder === null ? null : resolve(options.folder)), options, {
      find: async (volume, mask) => candidateMarks((await findCandidates(pool, volume, mask, { count: options.count })).candidates),
      outline: (volume) => pool.run('outline-lungs', volume),
      readings,
      tell: (line) => process.stderr.write(`${line}\n`),
    });
  } finally {
    await pool.close();
  }
}

function report({ exams, kinds }: Evaluation, options: EvaluateOptions): readonly ScoreSummary[] {
  if (exams.length === 0) throw new TruthError('none of the exams can be read');
  say(`# Evaluation\n\n\`${commandLine(options).join(' ')}\`\n\n`);
  for (const { label, slices, spacingMm, truth, nodules, irrelevant, seedsWithoutPlace } of exams.slice(0, fewExams)) {
    const own = truth === null ? 'no truth beside it' : `truth from ${truth}: ${String(nodules)} nodules, ${String(irrelevant)} irrelevant places`;
    say(`- ${label}: ${String(slices)} slices at ${spacingMm[2].toFixed(2)} mm; ${own}${seedsWithoutPlace.length === 0 ? '' : `; no place for ${String(seedsWithoutPlace.length)} simulated nodules`}\n`);
  }
  say('\n');
  const summaries: ScoreSummary[] = [];
  for (const { kind, isSimulated, lists } of kinds) {
    if (isSimulated) say(simulationText);
    const labels = [...new Set(lists.map(({ label }) => label))];
    const parts = labels.length > 1 && labels.length <= fewExams ? labels.map((label) => ({ name: `${kind}: ${label}`, chosen: lists.filter((list) => list.label === label) })) : [];
    for (const { name, chosen } of [...parts, { name: kind, chosen: lists }]) {
      const summary = summarise(name, chosen);
      summaries.push(summary);
      printSummary(summary);
      if (isSimulated) printTargets(chosen, options.count);
    }
    if (!isSimulated) printNodules(lists);
  }
  return summaries;
}

async function write(evaluation: Evaluation, summaries: readonly ScoreSummary[], options: EvaluateOptions): Promise<void> {
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  const document = evaluationDocument(evaluation, summaries, options, { lungdesk: version, node: process.version });
  writeFileSync(join(out, 'evaluation.json'), `${JSON.stringify(document, null, 1)}\n`);
  writeFileSync(join(out, 'report.md'), wholeReport());
  await writeBooks(out, evaluation.books);
  process.stderr.write('written: report.md, evaluation.json and index.html with pictures, in the folder of --out\n');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new TruthError('a reading cannot be opened');
  }
}
