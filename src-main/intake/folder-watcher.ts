import type { ArrivingStudy, FileInspection, SettledStudy } from '../../src-shared/domain/study.ts';
import type { Clock } from '../platform/clock.ts';
import { emptyFileTable, observeScan } from './file-table.ts';
import type { FileTable, Inspected } from './file-table.ts';
import { startFolderHint } from './folder-hint.ts';
import { startFolderScanner } from './folder-scanner.ts';
import { createInspectionQueue } from './inspection-queue.ts';
import { absolutePath } from './scan-folder.ts';
import type { FolderScan } from './scan-folder.ts';
import { isDueAgain, quietOf } from './settle.ts';
import { groupStudies, topLevelEntry } from './study-group.ts';
import type { StudyGroup } from './study-group.ts';
import { isPartialName } from './temporary-name.ts';

/** What a watcher needs and whom it tells. The callbacks must not throw; nothing is called any more once stop() was. */
export interface WatchOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** Reads one file to its end; run where it does not block (dicom/inspect-file.ts in a worker). */
  readonly inspect: (path: string) => Promise<FileInspection>;
  readonly clock: Clock;
  /** Quiet time that settles an exam, ms; asked anew at each scan. */
  readonly settleMs: () => number;
  /** Time between scans, ms; more where a scan takes long. Default 2000. */
  readonly pollMs?: number;
  /** Whether the system's own change notices may trigger early scans. Default true. */
  readonly hints?: boolean;
  /** After each scan, for every exam that has not settled in its present state. */
  readonly onArriving: (study: ArrivingStudy & { readonly groupKey: string }) => void;
  /** When an exam has settled; again, with all its files, after it changed and settled anew. */
  readonly onSettled: (study: SettledStudy & { readonly groupKey: string }) => void;
  /** When all files of an exam that was arriving are gone. */
  readonly onGone: (groupKey: string) => void;
  /** At the first scan and when one of the two changes; ignoredCount counts files that are not (usable) DICOM. */
  readonly onState: (state: 'watching' | 'unreachable', ignoredCount: number) => void;
}

/** A running watch. */
export interface FolderWatcher {
  /** Scans now; resolves when the scan, the looks into files that it asked for and the callbacks are done. */
  scanNow(): Promise<void>;
  /** Ends the watch; resolves when the running scan and looks have ended. */
  stop(): Promise<void>;
}

const inspectionsAtOnce = 2;
const hintPauseMs = 250;
const longestScanMs = 60_000;
// Scanning takes at most a tenth of a thread's time, however many files there are.
const pausePerScan = 9;

/**
 * Watches a folder for exams. Polling scans are the truth; change notices only bring the next one forward. Writes nothing.
 *
 * @param options - See WatchOptions.
 */
export function watchFolder(options: WatchOptions): FolderWatcher {
  const { root, clock } = options;
  const pollMs = options.pollMs ?? 2000;
  const scanner = startFolderScanner(root);
  const stopping = new AbortController();
  const inspections = new Map<string, Inspected>();
  const announced = new Set<string>();
  const settled = new Map<string, string>();
  const disturbedMs = new Map<string, number>();
  let table: FileTable = emptyFileTable;
  let unreadable: readonly string[] = [];
  let rootDevice: bigint | null = null;
  let observedFromMs: number | null = null;
  let restingScan: FolderScan | null = null;
  let scanStartMs = 0;
  let scanEndMs: number | null = null;
  let scanTookMs = 0;
  let told = '';
  let tail: Promise<void> = Promise.resolve();
  const queue = createInspectionQueue(options.inspect, inspectionsAtOnce, evaluate);
  const hint = startFolderHint(root, options.hints ?? true);

  function enqueueScan(): Promise<void> {
    tail = tail.then(scanOnce);
    return tail;
  }

  function isStopping(): boolean {
    return stopping.signal.aborted;
  }

  async function scanOnce(): Promise<void> {
    if (isStopping()) return;
    const startMs = clock.monotonicMs();
    const scan = await withinTime(scanner.scan());
    const endMs = clock.monotonicMs();
    if (isStopping()) return;
    scanTookMs = endMs - startMs;
    if (scan.kind === 'unreachable' || isEmptyMountPoint(scan)) {
      scanEndMs = null;
      hint.lose();
      tell('unreachable', 0);
      return;
    }
    hint.renew();
    // While nobody looked (share away, machine asleep) the copy may have paused as well: quiet counts from here on.
    const wasBlind = scanEndMs === null || startMs - scanEndMs > Math.max(longestScanMs, 3 * options.settleMs(), 3 * pauseMs());
    if (wasBlind && table.files.size > 0) observedFromMs = endMs;
    scanStartMs = startMs;
    scanEndMs = endMs;
    // The scanner gives the same object when nothing changed: an idle folder of 100,000 files then costs this thread nothing.
    if (scan === restingScan && !wasBlind) return;
    rootDevice = scan.rootDevice;
    unreadable = scan.unreadable;
    const observed = observeScan(table, [...scan.files, ...scan.skipped], unreadable, endMs);
    table = observed.table;
    for (const relativePath of observed.removed) forget(relativePath, endMs);
    const askedCount = askForInspections();
    evaluate();
    const isResting = askedCount === 0 && announced.size === 0 && [...table.files.values()].every(({ scansAlike }) => scansAlike >= 2);
    restingScan = isResting ? scan : null;
  }

  /** An unmounted share leaves an empty folder of another device behind: its exams are away, not deleted. */
  function isEmptyMountPoint(scan: Extract<FolderScan, { readonly kind: 'scanned' }>): boolean {
    return rootDevice !== null && scan.rootDevice !== rootDevice && scan.files.length === 0 && table.files.size > 0;
  }

  function forget(relativePath: string, atMs: number): void {
    const inspection = inspections.get(relativePath)?.inspection;
    const header = inspection?.kind === 'instance' ? inspection.file.header : inspection?.kind === 'problem' ? inspection.header : null;
    if (header) disturbedMs.set(`${header.studyInstanceUid}/${topLevelEntry(relativePath)}`, atMs);
    inspections.delete(relativePath);
    // An unfinished copy that is gone has most likely been renamed: the exam waits until the whole file has been looked into.
    if (!isPartialName(relativePath.slice(relativePath.lastIndexOf('/') + 1))) return;
    for (const groupKey of announced) if (groupKey.endsWith(`/${topLevelEntry(relativePath)}`)) disturbedMs.set(groupKey, atMs);
  }

  function askForInspections(): number {
    let askedCount = 0;
    const settleMs = options.settleMs();
    for (const file of table.files.values()) {
      if (file.skipped !== undefined) continue;
      const looked = inspections.get(file.relativePath);
      // What never rests is looked into once as well: it may be a log file, which would hold up the exam beside it.
      const isWorthALook = file.scansAlike >= 2 || (looked === undefined && scanStartMs - file.firstSeenMs >= settleMs);
      if (!isWorthALook) continue;
      const isCurrent = looked?.change === file.change;
      const fault = isCurrent && looked.inspection.kind === 'problem' ? looked.inspection.problem.code : null;
      const isDue = !isCurrent
        || isDueAgain({ changedMs: file.changedMs, inspectedMs: looked.inspectedMs, fault }, settleMs);
      if (!isDue) continue;
      askedCount += 1;
      queue.add(absolutePath(root, file.relativePath), (inspection) => {
        inspections.set(file.relativePath, { change: file.change, inspection, inspectedMs: clock.monotonicMs() });
      });
    }
    return askedCount;
  }

  function evaluate(): void {
    if (stopping.signal.aborted || scanEndMs === null) return;
    const settleMs = options.settleMs();
    const { groups, ignoredCount } = groupStudies(table.files.values(), inspections, unreadable, settleMs, topLevelEntry);
    tell('watching', ignoredCount);
    const present = new Set<string>();
    for (const group of groups) {
      present.add(group.groupKey);
      if (settled.get(group.groupKey) !== group.signature) follow(group, settleMs);
    }
    for (const groupKey of announced) {
      if (present.has(groupKey)) continue;
      announced.delete(groupKey);
      options.onGone(groupKey);
    }
    for (const groupKey of settled.keys()) if (!present.has(groupKey)) settled.delete(groupKey);
    for (const groupKey of disturbedMs.keys()) if (!present.has(groupKey)) disturbedMs.delete(groupKey);
  }

  function follow(group: StudyGroup, settleMs: number): void {
    const { groupKey, studyInstanceUid, header, files, problems, ignoredCount, fileCount, sizeBytes } = group;
    const sourcePath = group.entry === '.' ? root : absolutePath(root, group.entry);
    const disturbed = Math.max(disturbedMs.get(groupKey) ?? Number.NEGATIVE_INFINITY, observedFromMs ?? Number.NEGATIVE_INFINITY);
    const quiet = quietOf(group.quietFiles, disturbed, scanStartMs, settleMs);
    if (quiet.isSettled) {
      settled.set(groupKey, group.signature);
      announced.delete(groupKey);
      options.onSettled({ groupKey, studyInstanceUid, sourcePath, files, problems, ignoredCount, settledAt: clock.now() });
    } else {
      announced.add(groupKey);
      options.onArriving({
        groupKey, studyInstanceUid, sourcePath, header, fileCount, sizeBytes,
        waitingReason: quiet.waitingReason, quietMs: quiet.quietMs, quietNeededMs: quiet.neededMs,
      });
    }
  }

  function tell(state: 'watching' | 'unreachable', ignoredCount: number): void {
    const news = state === 'watching' ? `${state} ${ignoredCount}` : state;
    if (news === told) return;
    told = news;
    options.onState(state, ignoredCount);
  }

  /** A share that hangs is unreachable; its scan goes on in its own thread and is asked for again. */
  async function withinTime(scan: Promise<FolderScan>): Promise<FolderScan> {
    const done = new AbortController();
    const late = clock.wait(longestScanMs, AbortSignal.any([done.signal, stopping.signal]))
      .catch(() => undefined).then((): FolderScan => ({ kind: 'unreachable' }));
    try {
      return await Promise.race([scan, late]);
    } finally {
      done.abort();
    }
  }

  function pauseMs(): number {
    return Math.max(pollMs, Math.min(longestScanMs, pausePerScan * scanTookMs));
  }

  async function keepScanning(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      await enqueueScan();
      const pause = pauseMs();
      await stoppable(clock.wait(Math.min(hintPauseMs, pause), signal));
      const early = new AbortController();
      const next = clock.wait(Math.max(0, pause - hintPauseMs), AbortSignal.any([signal, early.signal]));
      await Promise.race([stoppable(next), hint.next()]);
      early.abort();
      hint.take();
    }
  }

  const running = keepScanning();
  return {
    async scanNow() {
      await enqueueScan();
      await queue.idle();
    },
    async stop() {
      stopping.abort();
      queue.stop();
      hint.stop();
      await tail;
      scanner.stop();
      await queue.idle();
      await running;
    },
  };
}

/** Waiting that ends quietly when it is cut short. */
function stoppable(wait: Promise<void>): Promise<void> {
  return wait.catch(() => undefined);
}
