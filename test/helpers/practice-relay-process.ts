import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultPlanSchema } from '../../src-main/relay/practice-relay/faults.ts';
import { startPracticeRelay } from '../../src-main/relay/practice-relay/practice-relay.ts';

/**
 * The practice relay as a process of its own, for tests that kill the program it talks to.
 *
 * node test/helpers/practice-relay-process.ts [--faults JSON] [--token TEXT] [--count-file PATH] [--models practice|any] [--port N]
 *
 * Prints {"baseUrl","token"} as one line; appends one line to the count file when a chat request's headers arrive,
 * before its body is read. Ends on SIGTERM, SIGINT or when its standard input closes.
 */
const { values } = parseArgs({
  options: {
    faults: { type: 'string' },
    token: { type: 'string' },
    'count-file': { type: 'string' },
    models: { type: 'string', default: 'practice' },
    port: { type: 'string', default: '0' },
  },
});
const countFile = values['count-file'];
const relay = await startPracticeRelay({
  ...(values.faults === undefined ? {} : { faults: faultPlanSchema.parse(JSON.parse(values.faults)) }),
  ...(values.token === undefined ? {} : { token: values.token }),
  models: values.models === 'any' ? 'any' : 'practice',
  port: Number(values.port),
  onRequest: ({ index }) => {
    if (countFile !== undefined) appendFileSync(countFile, `${String(index)}\n`);
  },
});
process.stdout.write(`${JSON.stringify({ baseUrl: relay.baseUrl.href, token: relay.token })}\n`);

async function end(): Promise<void> {
  await relay.close();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
process.stdin.on('end', () => void end());
process.stdin.resume();
