import { describe, expect, it } from 'vitest';
import type { FileInspection } from '../../../src-shared/domain/study.ts';
import type { Inspected, TrackedFile } from '../../../src-main/intake/file-table.ts';
import { groupStudies, topLevelEntry } from '../../../src-main/intake/study-group.ts';
import { headerFixture, instanceFixture } from './instance-fixture.ts';

const settleMs = 1000;
let changes = 0;

function tracked(relativePath: string, firstSeenMs = 0, changedMs = firstSeenMs): TrackedFile {
  return { relativePath, sizeBytes: 10, ctimeNs: 1n, inode: 1n, firstSeenMs, changedMs, change: ++changes, scansAlike: 2 };
}

function instance(studyInstanceUid: string, sopInstanceUid: string): FileInspection {
  return { kind: 'instance', file: instanceFixture(studyInstanceUid, sopInstanceUid, 'aa') };
}

function truncated(header: ReturnType<typeof headerFixture> | null): FileInspection {
  return { kind: 'problem', problem: { code: 'file-truncated', message: 'cut' }, header };
}

function group(
  entries: readonly (readonly [TrackedFile, FileInspection | null])[], unreadable: readonly string[] = [],
) {
  const inspections = new Map<string, Inspected>();
  for (const [file, inspection] of entries) {
    if (inspection !== null) inspections.set(file.relativePath, { change: file.change, inspection, inspectedMs: file.changedMs + 1 });
  }
  return groupStudies(entries.map(([file]) => file), inspections, unreadable, settleMs, topLevelEntry);
}

describe('topLevelEntry', () => {
  it.each([['slice.dcm', '.'], ['exam/slice.dcm', 'exam'], ['exam/a/b', 'exam'], ['exam/', 'exam']])('of %s is %s', (path, entry) => {
    expect(topLevelEntry(path)).toBe(entry);
  });
});

describe('groupStudies', () => {
  it('splits two exams in one folder and one exam in two folders', () => {
    const { groups } = group([
      [tracked('x/1'), instance('1', '1.1')], [tracked('x/2'), instance('2', '2.1')],
      [tracked('y/1'), instance('1', '1.1')], [tracked('loose'), instance('1', '1.2')],
    ]);
    expect(groups.map(({ studyInstanceUid, entry, files }) => [studyInstanceUid, entry, files.length]))
      .toEqual([['1', 'x', 1], ['2', 'x', 1], ['1', 'y', 1], ['1', '.', 1]]);
    expect(new Set(groups.map(({ groupKey }) => groupKey)).size).toBe(4);
  });

  it('counts what is not DICOM and makes no exam of it', () => {
    const { groups, ignoredCount } = group([
      [tracked('x/1'), instance('1', '1.1')], [tracked('x/readme'), { kind: 'not-dicom' }], [tracked('y/readme'), { kind: 'not-dicom' }],
    ]);
    expect(groups.map(({ ignoredCount: ignored }) => ignored)).toEqual([1]);
    expect(ignoredCount).toBe(2);
  });

  it('names the instance of a truncated file whose header can be read', () => {
    const { groups } = group([[tracked('x/1'), instance('1', '1.1')], [tracked('x/2'), truncated(headerFixture('1', '1.2'))]]);
    expect(groups[0]).toMatchObject({
      fileCount: 2, files: [{ path: '/exams/1.1' }], problems: [{ code: 'file-truncated', sopInstanceUid: '1.2' }],
    });
  });

  it('makes a truncated file without a header a gap of the exams that arrived with it, and of no other', () => {
    const { groups, ignoredCount } = group([
      [tracked('x/1', 5000), instance('1', '1.1')], [tracked('x/2', 9000), instance('2', '2.1')],
      [tracked('x/cut', 5500), truncated(null)], [tracked('y/1', 5000), instance('3', '3.1')],
    ]);
    expect(groups.map(({ studyInstanceUid, problems }) => [studyInstanceUid, problems.length])).toEqual([['1', 1], ['2', 0], ['3', 0]]);
    expect(ignoredCount).toBe(0);
  });

  it('only counts a damaged file that came with no exam', () => {
    expect(group([[tracked('x/1', 9000), instance('1', '1.1')], [tracked('x/cut', 0), truncated(null)]])).toMatchObject({
      groups: [{ problems: [] }], ignoredCount: 1,
    });
  });

  it('lets a file that nobody has looked into yet hold up the exam it came with', () => {
    const { groups } = group([
      [tracked('x/1', 5000), instance('1', '1.1')], [tracked('x/2', 5000, 8000), null], [tracked('x/late', 6001), null],
    ]);
    expect(groups[0]?.quietFiles).toEqual([
      { changedMs: 5000, inspectedMs: 5001, fault: null }, { changedMs: 8000, inspectedMs: null, fault: null },
    ]);
  });

  it('keeps a slice that changed with its exam until it has been looked into again', () => {
    const file = tracked('x/1');
    const inspections = new Map<string, Inspected>([['x/1', { change: file.change, inspection: instance('1', '1.1'), inspectedMs: 5 }]]);
    const { groups } = groupStudies([{ ...file, change: file.change + 1 }], inspections, [], settleMs, topLevelEntry);
    expect(groups[0]).toMatchObject({ studyInstanceUid: '1', fileCount: 1, files: [], quietFiles: [{ inspectedMs: null }] });
  });

  it('makes links, unfinished copies and empty files gaps of the exam they came with', () => {
    const { groups } = group([
      [tracked('x/1'), instance('1', '1.1')], [{ ...tracked('x/link'), skipped: 'link' }, null], [{ ...tracked('x/link2'), skipped: 'link' }, null],
      [{ ...tracked('x/2.part', 0, 500), skipped: 'partial' }, null], [{ ...tracked('x/3'), sizeBytes: 0 }, { kind: 'not-dicom' }],
      [{ ...tracked('x/late.part', 9000), skipped: 'partial' }, null], [tracked('y/1'), instance('2', '2.1')],
    ]);
    expect(groups.map(({ problems }) => problems.map(({ code, message }) => `${code} ${message.split(' ').at(-1)}`)))
      .toEqual([['file-skipped 2', 'file-skipped 1', 'file-skipped 1'], []]);
    expect(groups[0]?.quietFiles).toContainEqual({ changedMs: 500, inspectedMs: 500, fault: 'file-truncated' });
  });

  it('does not let a growing text file hold up an exam', () => {
    const log = tracked('x/log');
    const slice = tracked('x/1');
    const inspections = new Map<string, Inspected>([
      ['x/1', { change: slice.change, inspection: instance('1', '1.1'), inspectedMs: 5 }],
      ['x/log', { change: log.change, inspection: { kind: 'not-dicom' }, inspectedMs: 5 }],
    ]);
    const { groups } = groupStudies([slice, { ...log, change: log.change + 9 }], inspections, [], settleMs, topLevelEntry);
    expect(groups[0]?.quietFiles).toHaveLength(1);
  });

  it.each([
    { unreadable: ['x/closed/'], counts: [1, 0] }, { unreadable: ['x/'], counts: [1, 0] }, { unreadable: ['closed'], counts: [0, 1] },
    { unreadable: ['closed/'], counts: [0, 0] },
  ])('makes $unreadable a gap of the exams in that place', ({ unreadable, counts }) => {
    const { groups } = group([[tracked('x/1'), instance('1', '1.1')], [tracked('loose'), instance('1', '1.1')]], unreadable);
    expect(groups.map(({ problems }) => problems.length)).toEqual(counts);
  });

  it('signs a group by its files: equal while nothing changes, different when one comes, goes or changes', () => {
    const files = [tracked('x/1'), tracked('x/2')];
    const looks = files.map((file, index): readonly [TrackedFile, FileInspection] => [file, instance('1', `1.${index}`)]);
    const signature = (entries: typeof looks) => group(entries).groups[0]?.signature;
    const before = signature(looks);
    expect(signature(looks)).toBe(before);
    expect(signature([...looks, [tracked('x/3'), instance('1', '1.3')]])).not.toBe(before);
    expect(signature(looks.slice(1))).not.toBe(before);
    expect(signature([...looks.slice(1), [tracked('x/1'), instance('1', '1.0')]])).not.toBe(before);
  });
});
