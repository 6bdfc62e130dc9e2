import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ArrivingStudy, FileInspection, SettledStudy } from '../../../src-shared/domain/study.ts';
import { watchFolder } from '../../../src-main/intake/folder-watcher.ts';
import type { FolderWatcher } from '../../../src-main/intake/folder-watcher.ts';
import { manualClock } from '../../helpers/manual-clock.ts';
import type { ManualClock } from '../../helpers/manual-clock.ts';
import { headerFixture } from '../../unit/intake/instance-fixture.ts';

/** Quiet time of the tests. */
export const settleMs = 20_000;

/** A folder of this test alone, removed at its end. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lungdesk-intake-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Text that inspectText takes for a whole instance. */
export function textInstance(study: string, sop: string, pixels = 'aa'): string {
  return `SLICE ${study} ${sop} ${pixels} END`;
}

/** Writes `count` text instances of one exam, IM0, IM1 and so on. */
export async function writeExam(folder: string, study: string, count: number, from = 0): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = from; index < from + count; index += 1) {
    await writeFile(join(folder, `IM${index}`), textInstance(study, `${study}.${index}`));
  }
}

/** Looks into the small text files that stand for DICOM where the tests need thousands. */
export async function inspectText(path: string): Promise<FileInspection> {
  const text = await readFile(path, 'utf8');
  const [magic, study, sop, pixels, end] = text.split(' ');
  if (magic !== 'SLICE') return { kind: 'not-dicom' };
  const header = study === undefined || sop === undefined ? null : headerFixture(study, sop);
  if (header === null || pixels === undefined || end !== 'END') {
    return { kind: 'problem', problem: { code: 'file-truncated', message: 'the file ends before its data does' }, header };
  }
  return { kind: 'instance', file: { path, sizeBytes: text.length, pixelSha256: pixels, header } };
}

/** A watcher with everything it said, in order. */
export interface Watched {
  readonly watcher: FolderWatcher;
  readonly clock: ManualClock;
  readonly arriving: (ArrivingStudy & { readonly groupKey: string })[];
  readonly settled: (SettledStudy & { readonly groupKey: string })[];
  readonly gone: string[];
  readonly states: string[];
  readonly inspected: string[];
  /** Lets `ms` pass, then scans. */
  scanAfter(ms: number): Promise<void>;
  /** Scans every ten seconds for `ms`. */
  scanFor(ms: number): Promise<void>;
  /** Three scans with all the quiet in between that a whole exam needs. */
  settle(): Promise<void>;
}

/** Watches a folder with a clock that stands still; the first scan has been made. */
export async function watchFixture(root: string, inspect = inspectText): Promise<Watched> {
  const clock = manualClock();
  const arriving: Watched['arriving'] = [];
  const settled: Watched['settled'] = [];
  const gone: string[] = [];
  const states: string[] = [];
  const inspected: string[] = [];
  const watcher = watchFolder({
    root, clock, settleMs: () => settleMs, hints: false,
    inspect: (path) => { inspected.push(path); return inspect(path); },
    onArriving: (study) => arriving.push(study),
    onSettled: (study) => settled.push(study),
    onGone: (groupKey) => gone.push(groupKey),
    onState: (state, ignoredCount) => states.push(`${state} ${ignoredCount}`),
  });
  onTestFinished(() => watcher.stop());
  async function scanAfter(ms: number): Promise<void> {
    clock.pass(ms);
    await watcher.scanNow();
  }
  await scanAfter(0);
  return {
    watcher, clock, arriving, settled, gone, states, inspected, scanAfter,
    async scanFor(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += 10_000) await scanAfter(10_000);
    },
    async settle() {
      await scanAfter(2000);
      await scanAfter(2000);
      await scanAfter(settleMs);
    },
  };
}
