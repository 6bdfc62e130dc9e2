// npm run damaged-input [-- files-per-set [seed [folder...]]]: every file of the conformance sets cut at 20 places, with 50 bits
// turned anywhere and 50 in its pixel data, decoded in a worker. Ends with 1 if a cut file ever gives another picture without a flag,
// or if a worker crashes, hangs or throws what is no typed error. docs/pixel-checks.md says which damage a format can show.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findReferenceFolders, readReferences } from '../conformance/references.ts';
import { syntaxName } from '../conformance/syntax-names.ts';
import { damageFile, damages, outcomes } from './damage.ts';
import type { Damage, DamageResult, Outcome } from './damage.ts';
import { startDecodingThread } from './decoding-thread.ts';
import { syntaxOf } from './syntax-of.ts';

const [perSet = 'all', seed = '1', ...given] = process.argv.slice(2);
const counts: Readonly<Record<Damage, number>> = { cut: 20, flip: 50, 'pixel-flip': 50 };
const roots = given.length > 0 ? given.map((path) => resolve(path)) : [fileURLToPath(new URL('../../../shared/data/', import.meta.url))];
const scratchFolder = mkdtempSync(join(tmpdir(), 'damaged-input-'));
const thread = startDecodingThread();
const bySyntax = new Map<string, DamageResult[]>();
let files = 0;
let failures = 0;

try {
  for (const folder of roots.flatMap((root) => findReferenceFolders(root))) {
    for (const [index, { path, file }] of chosen(readReferences(folder)).entries()) {
      const results = await damageFile(path, join(scratchFolder, 'copy.dcm'), thread, counts, Number(seed) * 10_007 + index);
      files += 1;
      const uid = syntaxOf(path);
      bySyntax.set(uid, [...(bySyntax.get(uid) ?? []), ...results]);
      for (const { damage, at, outcome } of results) {
        const isFailure = outcome === 'silent' ? damage === 'cut' : outcome !== 'refused' && outcome !== 'same';
        if (!isFailure) continue;
        failures += 1;
        console.log(`FAILED ${file}: ${damage} at ${at}: ${outcome}`);
      }
    }
  }
} finally {
  await thread.end();
  rmSync(scratchFolder, { recursive: true, force: true });
}

for (const damage of damages) {
  console.log(`\n${titles(damage).padEnd(38)}${['copies', 'refused', 'same picture', 'SILENT', 'crashed', 'hung', 'untyped'].map((title) => title.padStart(13)).join('')}`);
  for (const uid of [...bySyntax.keys()].sort()) {
    const results = (bySyntax.get(uid) ?? []).filter((result) => result.damage === damage);
    if (results.length === 0) continue;
    const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
    const share = (number: number): string => `${number}${number === 0 ? '' : ` ${((100 * number) / results.length).toFixed(0)}%`}`.padStart(13);
    console.log(`${syntaxName(uid).padEnd(38)}${String(results.length).padStart(13)}${outcomes.map((outcome) => share(count(outcome))).join('')}`);
  }
}
console.log(`\n${files} files, seed ${seed}: ${failures} failures`);
process.exitCode = files === 0 || failures > 0 ? 1 : 0;

/** Evenly spread over the set. */
function chosen<Item>(all: readonly Item[]): readonly Item[] {
  const count = perSet === 'all' ? all.length : Math.min(Number(perSet), all.length);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter((item) => item !== undefined);
}

function titles(damage: Damage): string {
  return { cut: 'cut short', flip: 'one bit turned anywhere', 'pixel-flip': 'one bit turned in the pixel data' }[damage];
}
