import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFileTable, observeScan } from '../../../src-main/intake/file-table.ts';

const slice = { relativePath: 'exam/1', sizeBytes: 10, ctimeNs: 5n, inode: 7n };

describe('observeScan', () => {
  it('keeps what it knows of a file that is the same', () => {
    const first = observeScan(emptyFileTable, [slice], [], 100).table;
    const second = observeScan(first, [slice], [], 200).table;
    expect(second.files.get('exam/1')).toMatchObject({ firstSeenMs: 100, changedMs: 100, change: 1, scansAlike: 2 });
  });

  it.each([
    { what: 'size', changed: { ...slice, sizeBytes: 11 } },
    { what: 'ctime', changed: { ...slice, ctimeNs: 6n } },
    { what: 'inode', changed: { ...slice, inode: 8n } },
  ])('starts anew when the $what differs', ({ changed }) => {
    const first = observeScan(emptyFileTable, [slice], [], 100).table;
    const second = observeScan(first, [changed], [], 200).table;
    expect(second.files.get('exam/1')).toMatchObject({ firstSeenMs: 100, changedMs: 200, change: 2, scansAlike: 1 });
  });

  it('names the files that are gone', () => {
    const first = observeScan(emptyFileTable, [slice, { ...slice, relativePath: 'exam/2' }], [], 100).table;
    expect(observeScan(first, [slice], [], 200).removed).toEqual(['exam/2']);
  });

  it.each([
    { unreadable: ['exam/'], removed: ['examine/1', 'other/1'] },
    { unreadable: ['exam/1'], removed: ['examine/1', 'other/1'] },
    { unreadable: ['exam'], removed: ['exam/1', 'examine/1', 'other/1'] },
  ])('keeps files below $unreadable', ({ unreadable, removed }) => {
    const files = ['exam/1', 'examine/1', 'other/1'].map((relativePath) => ({ ...slice, relativePath }));
    const first = observeScan(emptyFileTable, files, [], 100).table;
    expect(observeScan(first, [], unreadable, 200).removed).toEqual(removed);
  });

  it('gives a change number once only, whatever comes and goes', () => {
    const scan = fc.uniqueArray(fc.record({
      relativePath: fc.constantFrom('a', 'b', 'c', 'd/e'), sizeBytes: fc.nat(2), ctimeNs: fc.constant(1n), inode: fc.constant(1n),
    }), { selector: ({ relativePath }) => relativePath });
    fc.assert(fc.property(fc.array(scan), (scans) => {
      const stateOfChange = new Map<number, string>();
      let table = emptyFileTable;
      for (const [index, files] of scans.entries()) {
        table = observeScan(table, files, [], index).table;
        expect([...table.files.keys()].sort()).toEqual(files.map(({ relativePath }) => relativePath).sort());
        for (const { change, relativePath, sizeBytes } of table.files.values()) {
          const state = `${relativePath} ${sizeBytes}`;
          expect(stateOfChange.get(change) ?? state).toBe(state);
          stateOfChange.set(change, state);
        }
      }
    }));
  });
});
