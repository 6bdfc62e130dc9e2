import type { DiagnosisCheck, DiagnosisCheckName } from '../../../src-shared/domain/diagnosis.ts';

/** What was expected and what was found. */
type Compared = Partial<Pick<DiagnosisCheck, 'expected' | 'found'>>;

/** One line of a diagnosis. */
export function check(name: DiagnosisCheckName, state: DiagnosisCheck['state'], code: DiagnosisCheck['code'] = 'ok', compared: Compared = {}): DiagnosisCheck {
  return { name, state, code, expected: null, found: null, ...compared };
}

/** A line about what could not be looked at because something before it failed. */
export function notReached(name: DiagnosisCheckName): DiagnosisCheck {
  return check(name, 'not-checked', 'not-reached');
}
