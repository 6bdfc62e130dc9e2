import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDueAgain, quietOf, truncatedPatience } from '../../../src-main/intake/settle.ts';
import type { FileQuiet } from '../../../src-main/intake/settle.ts';

const settleMs = 20_000;
const whole: FileQuiet = { changedMs: 1000, inspectedMs: 3000, fault: null };

describe('quietOf', () => {
  it.each([
    { what: 'just before the quiet time', files: [whole], disturbedMs: null, at: 20_999, settles: false },
    { what: 'at the quiet time', files: [whole], disturbedMs: null, at: 21_000, settles: true },
    { what: 'after the quiet time', files: [whole], disturbedMs: null, at: 21_001, settles: true },
    { what: 'while one file is younger', files: [whole, { ...whole, changedMs: 1001 }], disturbedMs: null, at: 21_000, settles: false },
    { what: 'while one file has not been read', files: [whole, { ...whole, inspectedMs: null }], disturbedMs: null, at: 90_000, settles: false },
    { what: 'when a file was read after the scan began', files: [{ ...whole, inspectedMs: 21_001 }], disturbedMs: null, at: 21_000, settles: false },
    { what: 'when a file was read as the scan began', files: [{ ...whole, inspectedMs: 21_000 }], disturbedMs: null, at: 21_000, settles: true },
    { what: 'just before the quiet time after a file went away', files: [whole], disturbedMs: 2000, at: 21_999, settles: false },
    { what: 'at the quiet time after a file went away', files: [whole], disturbedMs: 2000, at: 22_000, settles: true },
    { what: 'without any file', files: [], disturbedMs: null, at: 90_000, settles: false },
    { what: 'with a damaged file at the quiet time', files: [{ ...whole, fault: 'dicom-malformed' as const }], disturbedMs: null, at: 21_000, settles: true },
    { what: 'with a truncated file at the quiet time', files: [{ ...whole, fault: 'file-truncated' as const }], disturbedMs: null, at: 21_000, settles: false },
    { what: 'with a truncated file just before its patience ends', files: [{ ...whole, fault: 'pixel-data-truncated' as const }], disturbedMs: null, at: 120_999, settles: false },
    { what: 'with a truncated file when its patience ends', files: [{ ...whole, fault: 'pixel-data-truncated' as const }], disturbedMs: null, at: 121_000, settles: true },
    { what: 'with an unreadable file that was not tried at the end', files: [{ ...whole, fault: 'file-unreadable' as const }], disturbedMs: null, at: 121_000, settles: false },
    { what: 'with an unreadable file that was tried at the end', files: [{ ...whole, inspectedMs: 121_000, fault: 'file-unreadable' as const }], disturbedMs: null, at: 121_000, settles: true },
  ])('decides $what: settled $settles', ({ files, disturbedMs, at, settles }) => {
    expect(quietOf(files, disturbedMs, at, settleMs).isSettled).toBe(settles);
  });

  it('tells how long an exam with a truncated file waits and why', () => {
    expect(quietOf([whole, { ...whole, fault: 'file-truncated' }], null, 31_000, settleMs)).toEqual({
      quietMs: 30_000, neededMs: settleMs * truncatedPatience, waitingReason: 'file-truncated', isSettled: false,
    });
  });

  it('never shows more quiet than is needed', () => {
    expect(quietOf([whole], null, 900_000, settleMs)).toMatchObject({ quietMs: settleMs, neededMs: settleMs });
  });

  it('never settles earlier when a file more, a later change or a disturbance is added', () => {
    const file = fc.record({
      changedMs: fc.nat(60_000), inspectedMs: fc.option(fc.nat(60_000)), fault: fc.constantFrom(null, 'file-truncated' as const, 'dicom-malformed' as const),
    });
    fc.assert(fc.property(fc.array(file, { minLength: 1, maxLength: 5 }), file, fc.option(fc.nat(60_000)), fc.nat(200_000), (files, more, disturbedMs, at) => {
      const before = quietOf(files, null, at, settleMs);
      const after = quietOf([...files, more], disturbedMs, at, settleMs);
      if (after.isSettled) expect(before.isSettled).toBe(true);
      expect(after.quietMs / after.neededMs).toBeLessThanOrEqual(before.quietMs / before.neededMs);
    }));
  });
});

describe('isDueAgain', () => {
  it.each([
    { fault: 'file-unreadable' as const, inspectedMs: 120_999, due: true },
    { fault: 'file-unreadable' as const, inspectedMs: 121_000, due: false },
    { fault: 'file-truncated' as const, inspectedMs: 3000, due: false },
    { fault: null, inspectedMs: 3000, due: false },
  ])('is $due for $fault looked into at $inspectedMs', ({ fault, inspectedMs, due }) => {
    expect(isDueAgain({ changedMs: 1000, inspectedMs, fault }, settleMs)).toBe(due);
  });
});
