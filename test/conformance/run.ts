// npm run conformance [-- folder...]: decodes every file that an expected_pixels.csv or reference_decodes.csv names, below the
// given folders or below ../shared/data, and compares the pixels. Ends with 1 when any is wrong or there is nothing to compare.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareFile } from './compare.ts';
import type { Comparison } from './compare.ts';
import { findReferenceFolders, readReferences } from './references.ts';
import { syntaxName } from './syntax-names.ts';

const given = process.argv.slice(2);
const roots = given.length > 0 ? given.map((path) => resolve(path)) : [fileURLToPath(new URL('../../../shared/data/', import.meta.url))];
const comparisons: Comparison[] = [];
let faults = 0;

for (const root of roots) {
  const folders = findReferenceFolders(root);
  if (folders.length === 0) {
    faults += 1;
    console.log(`${root}: ${existsSync(root) ? 'neither it nor a folder in it has an expected_pixels.csv or a reference_decodes.csv' : 'does not exist'}`);
  }
  for (const folder of folders) {
    try {
      const set = relative(root, folder);
      for (const reference of readReferences(folder)) {
        const comparison = await compareFile(reference);
        comparisons.push({ ...comparison, file: set === '' ? comparison.file : `${set}/${comparison.file}` });
      }
    } catch (error) {
      faults += 1;
      console.log(`${folder}: ${error instanceof Error ? error.message : 'its list cannot be read'}`);
    }
  }
}

printTable(comparisons);
for (const { file } of of('wrong')) console.log(`WRONG    ${file}: other pixels than the reference`);
for (const { file, problem } of of('refused')) console.log(`refused  ${file}: ${problem?.code ?? ''}, ${problem?.message ?? ''}`);
console.log(
  `\n${comparisons.length} files: ${of('exact').length} exact, ${of('refused').length} refused, ${of('unverified').length} decoded without a reference, ${of('wrong').length} WRONG`,
);
if (comparisons.length === 0) console.log('nothing was compared');
process.exitCode = faults > 0 || comparisons.length === 0 || of('wrong').length > 0 ? 1 : 0;

function of(outcome: Comparison['outcome']): readonly Comparison[] {
  return comparisons.filter((comparison) => comparison.outcome === outcome);
}

function printTable(rows: readonly Comparison[]): void {
  console.log(`${'transfer syntax'.padEnd(36)}${'exact'.padStart(7)}${'refused'.padStart(9)}${'unverified'.padStart(12)}${'wrong'.padStart(7)}   refused for`);
  for (const uid of [...new Set(rows.map((row) => row.transferSyntaxUid))].sort()) {
    const ofSyntax = rows.filter((row) => row.transferSyntaxUid === uid);
    const count = (outcome: Comparison['outcome']): number => ofSyntax.filter((row) => row.outcome === outcome).length;
    const reasons = Map.groupBy(ofSyntax.flatMap((row) => (row.problem === null ? [] : [row.problem.code])), (code) => code);
    const text = [...reasons].map(([code, all]) => `${all.length} ${code}`).join(', ');
    console.log(
      `${syntaxName(uid).padEnd(36)}${String(count('exact')).padStart(7)}${String(count('refused')).padStart(9)}${String(count('unverified')).padStart(12)}${String(count('wrong')).padStart(7)}   ${text}`,
    );
  }
  console.log('');
}
