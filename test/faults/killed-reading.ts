import { runReading } from '../../src-main/reading/run-reading.ts';
import type { ChildOptions } from './drive-fault.ts';
import { faultClock } from './fault-clock.ts';
import { readingId } from './planned-exam.ts';
import { openStation } from './station.ts';

/** A reading in a process of its own, to be killed: node test/faults/killed-reading.ts JSON, see ChildOptions. */
const { seed, ...options } = JSON.parse(process.argv[2] ?? '{}') as ChildOptions;
// Its ids must not be those of the run after it.
const clock = faultClock(seed);
const station = await openStation({ ...options, clock: { ...clock, newId: () => clock.newId().replace(/^0/, '1') }, transport: {}, monthlyBudgetMicroUsd: null });
await runReading(station.desk, readingId, new AbortController().signal);
await station.close();
