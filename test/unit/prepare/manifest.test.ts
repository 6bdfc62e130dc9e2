import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../src-shared/domain/errors.ts';
import { preparedProblem } from '../../../src-main/prepare/manifest.ts';

const problem = { code: 'pixel-data-corrupt', message: 'cannot be decoded', sopInstanceUid: '1.2.3' } as const;

describe('preparedProblem', () => {
  it('names the instance only when asked', () => {
    expect(preparedProblem(problem, false)).toEqual({ code: 'pixel-data-corrupt', message: 'cannot be decoded', leavesGap: true });
    expect(preparedProblem(problem, true)).toMatchObject({ sopInstanceUid: '1.2.3' });
  });

  it('takes every problem for a gap but those that are known to leave none', () => {
    const harmless = errorCodes.filter((code) => !preparedProblem({ ...problem, code }, false).leavesGap);
    expect([...harmless].sort()).toEqual(['file-not-dicom', 'gantry-tilt', 'pixel-data-missing', 'scale-uneven', 'slice-duplicate', 'slices-apart', 'spacing-uneven']);
  });
});
