import { AppError } from '../../src-shared/domain/errors.ts';
import type { FileInspection, ArrivingStudy, SettledStudy } from '../../src-shared/domain/study.ts';
import type { EpochMs } from '../../src-shared/domain/units.ts';
import type { ReadingPlan } from '../../src-shared/domain/reading.ts';
import type { QueueRow, WatchedFolder } from '../../src-shared/domain/views.ts';
import { watchFolder } from '../intake/folder-watcher.ts';
import type { FolderWatcher } from '../intake/folder-watcher.ts';
import { noCost } from '../ledger/spend.ts';
import type { Clock } from '../platform/clock.ts';
import type { StoredFolder } from '../store/folder-table.ts';
import { translate } from '../store/open-database.ts';

/** What the watch over all folders needs and whom it tells. */
export interface WatchedFoldersParts {
  readonly clock: Clock;
  readonly inspect: (path: string) => Promise<FileInspection>;
  readonly settleMs: () => number;
  /** How an exam that arrives now is going to be read. */
  readonly plan: () => ReadingPlan;
  /** Instances that are known of an exam in a place: an exam that brings no more of them is not shown as arriving. */
  readonly knownCount: (studyInstanceUid: string, sourcePath: string) => Promise<number>;
  readonly onSettled: (study: SettledStudy, arrival: { readonly readingId: string; readonly receivedAt: EpochMs }) => Promise<void>;
  readonly onFault: (thrown: unknown) => void;
  readonly changed: (readingId: string) => void;
  readonly foldersChanged: () => void;
}

/** All watched folders and the exams that are arriving in them. */
export interface WatchedFolders {
  watch(folder: StoredFolder): void;
  unwatch(folderId: string): Promise<void>;
  list(folders: readonly StoredFolder[]): readonly WatchedFolder[];
  /** Rows of exams that are arriving; they become readings under the same id. */
  arrivingRows(): readonly QueueRow[];
  stop(): Promise<void>;
}

interface Arriving {
  readonly readingId: string;
  readonly receivedAt: EpochMs;
  readonly study: ArrivingStudy;
  readonly updatedAt: EpochMs;
}

/** Time until an exam that could not be taken in (disk full) is tried again, ms. */
const retryMs = 30_000;

/** Opens the watch; nothing is watched yet. */
export function createWatchedFolders(parts: WatchedFoldersParts): WatchedFolders {
  const watchers = new Map<string, FolderWatcher>();
  const states = new Map<string, { readonly state: WatchedFolder['state']; readonly ignoredCount: number }>();
  const arriving = new Map<string, Arriving>();
  /** What was heard last of each exam: who comes back from waiting and finds another word there is late. */
  const heard = new Map<string, ArrivingStudy | SettledStudy>();
  const stopping = new AbortController();

  async function arrive(key: string, study: ArrivingStudy): Promise<void> {
    heard.set(key, study);
    const isNew = !arriving.has(key);
    if (isNew && study.fileCount <= (await parts.knownCount(study.studyInstanceUid, study.sourcePath))) return;
    if (heard.get(key) !== study) return;
    const now = parts.clock.now();
    const { readingId, receivedAt } = arriving.get(key) ?? { readingId: parts.clock.newId(), receivedAt: now };
    arriving.set(key, { readingId, receivedAt, study, updatedAt: now });
    parts.changed(readingId);
  }

  async function settle(key: string, study: SettledStudy): Promise<void> {
    heard.set(key, study);
    const now = parts.clock.now();
    const { readingId, receivedAt } = arriving.get(key) ?? { readingId: parts.clock.newId(), receivedAt: now };
    while (heard.get(key) === study) {
      try {
        await parts.onSettled(study, { readingId, receivedAt });
        break;
      } catch (thrown) {
        parts.onFault(thrown);
        const fault = translate(thrown);
        if (!(fault instanceof AppError && fault.retryable)) return;
      }
      if (!(await waited())) return;
    }
    if (heard.get(key) === study) leave(key);
  }

  async function waited(): Promise<boolean> {
    return parts.clock.wait(retryMs, stopping.signal).then(() => true, () => false);
  }

  function leave(key: string): void {
    heard.delete(key);
    const gone = arriving.get(key);
    arriving.delete(key);
    if (gone !== undefined) parts.changed(gone.readingId);
  }

  return {
    watch({ id, path }) {
      const keyOf = (groupKey: string): string => `${id} ${groupKey}`;
      watchers.set(
        id,
        watchFolder({
          root: path,
          inspect: parts.inspect,
          clock: parts.clock,
          settleMs: parts.settleMs,
          onArriving: (study) => void arrive(keyOf(study.groupKey), study).catch(parts.onFault),
          onSettled: (study) => void settle(keyOf(study.groupKey), study).catch(parts.onFault),
          onGone: (groupKey) => {
            leave(keyOf(groupKey));
          },
          onState: (state, ignoredCount) => {
            states.set(id, { state, ignoredCount });
            parts.foldersChanged();
          },
        }),
      );
    },
    async unwatch(folderId) {
      await watchers.get(folderId)?.stop();
      watchers.delete(folderId);
      states.delete(folderId);
      for (const key of [...heard.keys(), ...arriving.keys()].filter((one) => one.startsWith(`${folderId} `))) leave(key);
    },
    list: (folders) => folders.map((folder) => ({ ...folder, ...(states.get(folder.id) ?? { state: 'watching', ignoredCount: 0 }) })),
    arrivingRows: () => [...arriving.values()].map((one) => arrivingRow(one, parts.plan())),
    async stop() {
      stopping.abort();
      await Promise.all([...watchers.values()].map((watcher) => watcher.stop()));
      watchers.clear();
    },
  };
}

function arrivingRow({ readingId, receivedAt, updatedAt, study }: Arriving, plan: ReadingPlan): QueueRow {
  const { header } = study;
  return {
    readingId,
    revision: 1,
    patientName: header.patientName,
    patientId: header.patientId,
    studyDate: header.studyDate,
    studyDescription: header.studyDescription ?? header.seriesDescription,
    modality: header.modality,
    sliceCount: study.fileCount,
    state: 'arriving',
    status: null,
    heldFor: null,
    reason: study.waitingReason,
    priority: 'unknown',
    highPriority: false,
    findingCount: 0,
    coverage: { planned: 0, sent: 0, answered: 0, valid: 0, refused: 0, failed: 0, outsideLungs: 0, searched: 0 },
    plan,
    candidateCount: null,
    searchState: null,
    searchProgress: null,
    stageDone: study.fileCount,
    stageTotal: 0,
    quietMs: study.quietMs,
    quietNeededMs: study.quietNeededMs,
    cost: noCost,
    practice: false,
    receivedAt,
    updatedAt,
  };
}
