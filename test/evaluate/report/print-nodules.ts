import { printTable } from '../../bench/figures.ts';
import type { LabelledList } from '../evaluate-exams.ts';
import { distanceMm } from '../truth/exam-nodules.ts';

/** More than a person reads. */
const mostRows = 40;

/**
 * Prints real nodules one by one, as the truth has them and as they were measured; nothing where they are many.
 *
 * @param lists - Of exams as they are.
 */
export function printNodules(lists: readonly LabelledList[]): void {
  const rows = lists.flatMap(({ label, matched }) => matched.nodules.map((one) => ({ label, ...one })));
  if (rows.length === 0 || rows.length > mostRows) return;
  printTable(
    ['exam', 'nodule', 'readers', 'true, mm', 'true, mm3', 'rank', 'off its centre, mm', 'measured, mm', 'measured, mm3', 'measured as'],
    rows.map(({ label, nodule, hit }, index) => [
      label, String(index + 1), nodule.readers === null ? '-' : String(nodule.readers), nodule.diameterMm.toFixed(1), whole(nodule.volumeMm3),
      hit === null ? 'not found' : String(hit.rank), hit === null ? '-' : distanceMm(hit.centreMm, nodule.centreMm).toFixed(1),
      hit?.size?.meanDiameterMm.toFixed(1) ?? '-', whole(hit?.size?.volumeMm3 ?? null), hit?.size?.profile ?? '-',
    ]),
  );
}

function whole(value: number | null): string {
  return value === null ? '-' : value.toFixed(0);
}
