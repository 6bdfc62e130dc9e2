import type { TFunction } from 'i18next';
import type { Problem } from '../../src-shared/domain/errors.ts';

/** What happened and what the person can do, as plain text. */
export interface ErrorText {
  readonly what: string;
  readonly advice: string | null;
}

/**
 * Words for an error code in the window's language.
 *
 * @param problem - Its message stands in where the language has no text for the code.
 */
export function errorText(t: TFunction, problem: Pick<Problem, 'code' | 'message'>): ErrorText {
  const what = t(`errors.${problem.code}.what`, { defaultValue: problem.message });
  const advice = t(`errors.${problem.code}.advice`, { defaultValue: '' });
  return { what, advice: advice === '' ? null : advice };
}
