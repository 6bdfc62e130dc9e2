import type { Coverage } from '../../../src-shared/domain/reading.ts';
import { epochMs, microUsd } from '../../../src-shared/domain/units.ts';
import type { QueueRow } from '../../../src-shared/domain/views.ts';

/** A moment all sample data is counted from, so that pictures of the screens stay the same. */
export const sampleNow = epochMs(Date.UTC(2026, 10, 23, 9, 41));

/** A whole reading's coverage, or what is left of it. */
export function coverageOf(planned: number, valid: number, parts: Partial<Coverage> = {}): Coverage {
  return { planned, sent: valid, answered: valid, valid, refused: 0, failed: 0, outsideLungs: 0, searched: 0, ...parts };
}

/** A queue row; a fully read exam unless told otherwise. */
export function sampleRow(change: Partial<QueueRow> & { readonly readingId: string }): QueueRow {
  const sliceCount = change.sliceCount ?? 107;
  return {
    revision: 1, patientName: 'Sample^Anna', patientId: 'P-10423', studyDate: '20261120', studyDescription: 'CT CHEST W CONTRAST',
    modality: 'CT', sliceCount, state: 'merged', status: 'complete', heldFor: null, reason: null, priority: 'routine',
    highPriority: false, findingCount: 0, coverage: coverageOf(sliceCount, sliceCount), plan: 'relay', candidateCount: null, searchState: null, searchProgress: null, stageDone: 0, stageTotal: 0, quietMs: null, quietNeededMs: null,
    cost: { currency: 'USD', knownMicroUsd: microUsd(18_420), possibleMicroUsd: microUsd(0) }, practice: false,
    receivedAt: epochMs(sampleNow - 3_600_000), updatedAt: sampleNow, ...change,
  };
}

function cost(known: number, possible = 0) {
  return { currency: 'USD', knownMicroUsd: microUsd(known), possibleMicroUsd: microUsd(possible) } as const;
}

const none = coverageOf(0, 0);

const searched = { searchState: 'done', candidateCount: 12 } as const;

/** One row of every kind the queue can show. */
export function sampleRows(): QueueRow[] {
  const rows: (Partial<QueueRow> & { readonly readingId: string })[] = [
    { readingId: 'critical', patientName: null, patientId: 'LIDC-IDRI-0001', studyDate: '20000101', studyDescription: 'CHEST CT', priority: 'critical', findingCount: 3, practice: true, cost: cost(0), ...searched },
    { readingId: 'reading', patientName: 'Oliveira^Marta^S', patientId: 'P-10511', studyDescription: 'CT THORAX LOW DOSE', state: 'reading', status: null, priority: 'unknown', highPriority: true, stageDone: 3, stageTotal: 6, coverage: coverageOf(107, 58, { sent: 98, answered: 60 }), cost: cost(9_310), ...searched },
    { readingId: 'incomplete', patientName: '王^小明', patientId: 'P-10498', studyDescription: '胸部CT平扫', status: 'incomplete', priority: 'urgent', findingCount: 1, coverage: coverageOf(107, 74, { sent: 94, answered: 74, failed: 13, refused: 20 }), cost: cost(41_202, 12_800) },
    { readingId: 'arriving', patientName: 'Brandt^Jonas', patientId: 'P-10533', studyDescription: 'CT CHEST', state: 'arriving', status: null, priority: 'unknown', sliceCount: 64, coverage: none, cost: cost(0) },
    { readingId: 'settling', patientName: 'Kaur^Simran', patientId: 'P-10531', studyDescription: 'CT CHEST HR', state: 'arriving', status: null, priority: 'unknown', sliceCount: 318, coverage: none, quietMs: 13_000, quietNeededMs: 20_000, cost: cost(0) },
    { readingId: 'preparing', patientName: 'Nakamura^Ken=中村^健', patientId: 'P-10529', studyDescription: 'CT CHEST W/O', state: 'preparing', status: null, priority: 'unknown', sliceCount: 107, stageDone: 58, stageTotal: 107, coverage: coverageOf(107, 0, { sent: 0, answered: 0 }), cost: cost(0) },
    { readingId: 'searching', patientName: 'Ferrari^Luca', patientId: 'P-10528', studyDescription: 'CT TORACE HR', state: 'preparing', status: null, priority: 'unknown', stageDone: 53, stageTotal: 107, coverage: coverageOf(107, 0), cost: cost(0), searchState: 'running', searchProgress: 0.43 },
    { readingId: 'device-only', patientName: 'Andersson^Maja', patientId: 'P-10525', studyDescription: 'CT THORAX', plan: 'device-only', priority: 'unknown', coverage: coverageOf(98, 0, { searched: 98, outsideLungs: 9 }), cost: cost(0), ...searched },
    { readingId: 'device-none', patientName: 'Petit^Louise', patientId: 'P-10524', studyDescription: 'THORAX 5MM', plan: 'device-only', priority: 'unknown', coverage: coverageOf(98, 0, { searched: 98, outsideLungs: 9 }), cost: cost(0), searchState: 'done', candidateCount: 0 },
    { readingId: 'device-no-lungs', patientName: 'Moreau^Hugo', patientId: 'P-10521', studyDescription: 'CT CHEST', plan: 'device-only', priority: 'unknown', coverage: coverageOf(107, 0, { searched: 107 }), cost: cost(0), searchState: 'done', candidateCount: 3 },
    { readingId: 'device-failed', patientName: 'Novak^Petr', patientId: 'P-10523', studyDescription: 'CT CHEST', plan: 'device-only', state: 'failed', status: 'failed', reason: 'device-search-failed', priority: 'unknown', coverage: coverageOf(98, 0, { outsideLungs: 9 }), cost: cost(0), searchState: 'failed' },
    { readingId: 'held', patientName: 'Dupont^Camille', patientId: 'P-10527', studyDescription: 'THORAX', state: 'held', status: 'held', heldFor: 'consent', reason: 'data-flow-unconfirmed', priority: 'unknown', sliceCount: 143, coverage: coverageOf(143, 0), cost: cost(0), ...searched },
    { readingId: 'late', patientName: 'Rossi^Giulia', patientId: 'P-10502', studyDescription: 'CT TORACE', state: 'needs-attention', status: 'failed', reason: 'late-slices', revision: 2, priority: 'unknown', sliceCount: 131, coverage: none, cost: cost(0) },
    { readingId: 'failed', patientName: 'Haddad^Layla', patientId: 'P-10486', studyDescription: 'CT HEAD', state: 'failed', status: 'failed', reason: 'no-series-fit', priority: 'unknown', sliceCount: 34, coverage: none, cost: cost(0) },
    { readingId: 'clear', patientName: 'Lindqvist^Erik', patientId: 'P-10481', studyDescription: 'CT CHEST SCREENING', sliceCount: 289, coverage: coverageOf(280, 280, { outsideLungs: 9 }), cost: cost(52_904) },
    { readingId: 'nothing-incomplete', patientName: 'Okafor^Chidi', patientId: 'P-10477', studyDescription: 'CT CHEST', status: 'incomplete', sliceCount: 107, coverage: coverageOf(107, 106, { failed: 1 }) },
    { readingId: 'cancelled', patientName: 'Meyer^Paul', patientId: 'P-10470', studyDescription: 'CT CHEST', state: 'cancelled', status: 'incomplete', priority: 'unknown', coverage: coverageOf(107, 40), cost: cost(7_100) },
    { readingId: 'gap', patientName: 'Silva^Ana', patientId: 'P-10466', studyDescription: 'Thorax^AThoraxRoutine', status: 'incomplete', sliceCount: 106, coverage: coverageOf(106, 106), cost: cost(0) },
    { readingId: 'same', patientName: 'Lindqvist^Erik', patientId: 'P-10481', studyDescription: 'CT CHEST SCREENING', state: 'cancelled', status: 'failed', reason: 'already-read', priority: 'unknown', sliceCount: 289, coverage: none, cost: cost(0) },
    { readingId: 'two-readers', patientName: 'Kowalska^Ewa', patientId: 'P-10460', studyDescription: 'CT CHEST LOW DOSE', priority: 'critical', findingCount: 3, cost: cost(11_830), ...searched },
    { readingId: 'held-budget', patientName: 'Tanaka^Yui', patientId: 'P-10455', studyDescription: 'CT CHEST', state: 'held', status: 'held', heldFor: 'budget', reason: 'budget-reached', priority: 'unknown', coverage: coverageOf(107, 0), cost: cost(0), ...searched },
    { readingId: 'control-failed', patientName: 'Weber^Anke', patientId: 'P-10451', studyDescription: 'CT THORAX', status: 'incomplete', priority: 'unknown', coverage: coverageOf(98, 0, { sent: 98, answered: 98, failed: 98, outsideLungs: 9 }), cost: cost(3_660), ...searched },
    { readingId: 'old', patientName: 'Jensen^Ole', patientId: 'P-10312', studyDescription: 'CT CHEST', findingCount: 1, cost: cost(52_904) },
  ];
  return rows.map((row, index) => sampleRow({ ...row, updatedAt: epochMs(sampleNow - index * 420_000) }));
}

/** A long list, for the virtual table. */
export function manyRows(count: number): QueueRow[] {
  return Array.from({ length: count }, (_, index) => sampleRow({
    readingId: `many-${index}`, patientId: `P-${20_000 + index}`, priority: index % 97 === 0 ? 'urgent' : 'routine', findingCount: index % 5,
    updatedAt: epochMs(sampleNow - index * 60_000),
  }));
}
