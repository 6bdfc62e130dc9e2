// npm run test:faults [-- part-of-a-name [seed]]: takes a reading through every named fault between LungDesk and a relay, prints
// one line for each, and ends with 1 if any does not end as it must.
import { allFaults, shuffled } from './all-faults.ts';
import { driveFault } from './drive-fault.ts';
import { hindrance, openRig } from './fault-rig.ts';
import { complaints, told } from './judge.ts';

/** A fault that LungDesk does not get out of must not take the others with it. */
async function tooLate(): Promise<never> {
  await new Promise((resolve) => { setTimeout(resolve, 60_000).unref(); });
  throw new Error('it did not end');
}

const [part = '', seedText = '1'] = process.argv.slice(2);
const seed = Number(seedText);
const faults = shuffled(allFaults().filter(({ name }) => name.includes(part)), seed);
const counts = { ok: 0, failed: 0, skipped: 0, requests: 0, attempts: 0 };
const started = performance.now();
const rig = await openRig(seed);
try {
  for (const fault of faults) {
    const why = hindrance(fault, rig);
    if (why !== null) {
      counts.skipped += 1;
      console.log(`skipped ${fault.name}: ${why}`);
      continue;
    }
    try {
      const observed = await Promise.race([driveFault(fault, rig), tooLate()]);
      const wrong = complaints(fault, observed);
      counts[wrong.length === 0 ? 'ok' : 'failed'] += 1;
      counts.requests += observed.saw.length;
      counts.attempts += observed.ledger.length;
      console.log([told(fault, observed, wrong.length === 0), ...wrong.map((one) => `         ${one}`)].join('\n'));
    } catch (thrown) {
      counts.failed += 1;
      console.log(`FAILED ${fault.name}: ${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}`);
    }
  }
} finally {
  await rig.close();
}
console.log(
  `${faults.length} faults, ${counts.ok} ended as they must, ${counts.failed} failed, ${counts.skipped} skipped; ${counts.attempts} attempts in the ledger, ${counts.requests} requests seen; seed ${seed}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
// What did not end is left behind.
process.exit(counts.failed === 0 ? 0 : 1);
