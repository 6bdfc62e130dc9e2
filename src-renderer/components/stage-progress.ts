import type { QueueRow } from '../../src-shared/domain/views.ts';
import { hasLateSlices, isSameExam } from './reading-claim.ts';

/** Progress of the stage a reading is in. */
export interface StageProgress {
  /** Key under `stage.` of the texts. */
  readonly word: 'arriving' | 'settling' | 'settled' | 'preparing' | 'searching' | 'planned' | 'reading' | 'complete' | 'searched' | 'incomplete' | 'held' | 'failed' | 'cancelled' | 'late' | 'attention' | 'same';
  /** 0..1, or null when the stage has no measurable progress. */
  readonly fraction: number | null;
  /** Milliseconds until an arriving exam counts as whole; null in other stages. */
  readonly quietLeftMs: number | null;
  readonly tone: 'busy' | 'done' | 'warn' | 'bad' | 'still' | 'plain';
}

function fractionOf(done: number, total: number): number | null {
  return total > 0 ? Math.min(1, done / total) : null;
}

function arriving(row: QueueRow): StageProgress {
  if (row.quietMs === null || row.quietNeededMs === null || row.quietMs === 0) {
    return { word: 'arriving', fraction: null, quietLeftMs: null, tone: 'busy' };
  }
  const quietLeftMs = Math.max(0, row.quietNeededMs - row.quietMs);
  return { word: 'settling', fraction: fractionOf(row.quietMs, row.quietNeededMs), quietLeftMs, tone: 'busy' };
}

/** Says in which stage a reading is and how far. */
export function stageProgress(row: QueueRow): StageProgress {
  const plain = { fraction: null, quietLeftMs: null } as const;
  const counted = { fraction: fractionOf(row.stageDone, row.stageTotal), quietLeftMs: null };
  if (isSameExam(row)) return { word: 'same', ...plain, tone: 'still' };
  switch (row.state) {
    case 'arriving': return arriving(row);
    case 'settled': return { word: 'settled', ...plain, tone: 'busy' };
    // The search comes between the decoding of the slices and their pictures: how many are prepared stands still meanwhile.
    case 'preparing': return row.searchState === 'running'
      ? { word: 'searching', fraction: row.searchProgress, quietLeftMs: null, tone: 'busy' }
      : { word: 'preparing', ...counted, tone: 'busy' };
    case 'planned': return { word: 'planned', ...plain, tone: 'busy' };
    case 'reading': return { word: 'reading', ...counted, tone: 'busy' };
    case 'merged': return row.plan === 'device-only' && row.status === 'complete'
      ? { word: 'searched', ...plain, tone: 'plain' }
      : row.status === 'complete'
      ? { word: 'complete', ...plain, tone: 'done' }
      : { word: 'incomplete', ...plain, tone: 'warn' };
    case 'held': return { word: 'held', ...plain, tone: 'warn' };
    case 'failed': return { word: 'failed', ...plain, tone: 'bad' };
    case 'cancelled': return { word: 'cancelled', ...plain, tone: 'still' };
    case 'needs-attention': return { word: hasLateSlices(row) ? 'late' : 'attention', ...plain, tone: 'warn' };
  }
}
