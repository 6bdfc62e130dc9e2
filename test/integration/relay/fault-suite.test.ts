import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allFaults } from '../../faults/all-faults.ts';
import { driveFault } from '../../faults/drive-fault.ts';
import { hindrance, openRig } from '../../faults/fault-rig.ts';
import { complaints } from '../../faults/judge.ts';

/** The table of `npm run test:faults`, in its own order. */
const faults = allFaults();
let rig: Awaited<ReturnType<typeof openRig>>;

beforeAll(async () => { rig = await openRig(7); });
afterAll(() => rig.close());

describe('the fault suite', () => {
  it('names every fault once, and at least seventy', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(70);
  });
  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const why = hindrance(fault, rig);
    if (why !== null) {
      process.stderr.write(`skipped: ${why}\n`);
      return;
    }
    expect(complaints(fault, await driveFault(fault, rig))).toEqual([]);
  });
});
