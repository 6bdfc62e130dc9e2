import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { createWatchedFolders } from '../../../src-main/workstation/watched-folders.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { writeExam } from '../../helpers/test-workstation.ts';

describe('createWatchedFolders', () => {
  it('takes an exam in that there was no room for when it settled', async () => {
    const root = temporaryFolder();
    writeExam(8, {}, join(root, 'exam'));
    const faults: unknown[] = [];
    const taken = Promise.withResolvers<string>();
    const tries: string[] = [];
    const folders = createWatchedFolders({
      // The pause between two tries and the pauses between two scans pass quickly.
      clock: { ...systemClock, wait: (ms, signal) => systemClock.wait(Math.min(ms, 20), signal) },
      inspect: inspectFile,
      settleMs: () => 1,
      plan: () => 'relay',
      knownCount: async () => 0,
      onSettled: async (_, { readingId }) => {
        tries.push(readingId);
        if (tries.length < 3) throw new AppError('database-full', 'the disk is full', { retryable: true });
        taken.resolve(readingId);
      },
      onFault: (thrown) => faults.push(thrown),
      changed: () => undefined,
      foldersChanged: () => undefined,
    });
    onTestFinished(() => folders.stop());
    folders.watch({ id: 'folder', path: root });
    await taken.promise;
    expect(faults).toHaveLength(2);
    expect(new Set(tries).size).toBe(1);
  });
});
