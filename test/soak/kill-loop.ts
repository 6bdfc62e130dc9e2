// npm run kill-loop [-- runs [seed]]: kills readings with SIGKILL at seeded moments; ends with 1 if the ledger ever
// disagrees with what the relay saw, or if a reading is stuck.
import { killReadings } from '../helpers/kill-readings.ts';

const [runs = '100', seed = '1'] = process.argv.slice(2);
let bad = 0;
const results = await killReadings(Number(runs), Number(seed), (result) => {
  const ok = result.relayRequests === result.sentAttempts && result.liveAttempts === 0 && result.status === 'complete';
  if (!ok) bad += 1;
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} run ${result.run}: killed ${result.killAfterMs} ms after ${result.afterRequests === 0 ? 'the start' : `request ${result.afterRequests}`}${result.interrupted ? '' : ' (already ended)'}, relay saw ${result.relayRequests}, ledger ${result.sentAttempts} (${result.unknownAttempts} unknown), ${result.status}`,
  );
});
const interrupted = results.filter((result) => result.interrupted).length;
const unknown = results.reduce((sum, result) => sum + result.unknownAttempts, 0);
console.log(`${results.length} readings, ${interrupted} killed on their way, ${unknown} attempts with unknown outcome, ${bad} failed`);
process.exitCode = bad === 0 ? 0 : 1;
