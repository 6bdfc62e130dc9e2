import { describe, expect, it } from 'vitest';
import { areOtherPatients, otherPatients } from '../../../src-main/dicom/patients.ts';

const patient = (patientId: string | null, patientBirthDate: string | null, patientName: string | null): Parameters<typeof areOtherPatients>[0] => (
  { patientId, patientBirthDate, patientName }
);

describe('areOtherPatients', () => {
  it.each([
    [patient('1', null, 'A'), patient('1', null, 'B'), false],
    [patient('1', null, 'A'), patient('2', null, 'A'), true],
    [patient('1', '19500101', null), patient('1', '19500102', null), true],
    [patient('1', '19500101', null), patient('1', null, null), false],
    [patient('1', null, 'Doe^Jane'), patient(null, null, 'Roe^Jane'), true],
    [patient('1', null, 'Doe^Jane'), patient(null, null, 'DOE^JANE^^'), false],
    [patient(null, null, 'Doe Jane'), patient(null, null, 'Doe^Jane'), false],
    [patient(null, null, null), patient('1', '19500101', 'A'), false],
  ])('compares %o and %o', (a, b, expected) => {
    expect([areOtherPatients(a, b), areOtherPatients(b, a)]).toEqual([expected, expected]);
  });
});

describe('otherPatients', () => {
  const images = (ids: readonly (string | null)[]): readonly { readonly header: ReturnType<typeof patient> }[] => ids.map((id) => ({ header: patient(id, null, null) }));

  it('keeps the most frequent patient and those who name none', () => {
    const all = images(['b', 'a', 'b', null]);
    expect([...otherPatients(all)]).toEqual([all[1]]);
  });

  it('keeps the first in the alphabet of two as frequent, in any order', () => {
    expect([...otherPatients(images(['b', 'a']))].map(({ header }) => header.patientId)).toEqual(['b']);
    expect([...otherPatients(images(['a', 'b']))].map(({ header }) => header.patientId)).toEqual(['b']);
  });

  it('finds nobody else among images of one patient', () => {
    expect(otherPatients(images(['a', 'a'])).size + otherPatients([]).size).toBe(0);
  });
});
