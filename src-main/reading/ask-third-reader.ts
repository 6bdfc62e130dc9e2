import type { StoredReading } from '../store/reading-table.ts';
import { goneSlice, useExam } from './exam-volume.ts';
import { leftToPlan } from './left-to-plan.ts';
import { planExam } from './plan-exam.ts';
import type { ReadingDesk } from './reading-desk.ts';

/**
 * Plans for the third reader what the first two differ about, where the settings want one: only that is worth its price.
 *
 * @param signal - Calls it off.
 * @returns Whether anything was planned. What cannot be planned, because files are gone, stays a difference that is shown.
 */
export async function askThirdReader(desk: ReadingDesk, reading: StoredReading, signal: AbortSignal): Promise<boolean> {
  if (!(await leftToPlan(desk, reading, 2, 'open')).isAnything || (await desk.planningFor(reading, 2)) === null) return false;
  const isPlanned = await useExam(desk, reading, async (volume, mask) =>
    goneSlice(volume.slices) === undefined && planExam(desk, reading, [2], { volume, mask, onDrawn: () => undefined }, signal));
  return isPlanned === true;
}
