import type { ErrorCode } from '../../src-shared/domain/errors.ts';

/** Faults of this machine that pass: what failed by them is done another time. */
export const passingCodes: readonly ErrorCode[] = ['imaging-busy', 'cancelled'];
