import type { InstanceHeader } from '../../src-shared/domain/study.ts';

/** Attributes that tell patients apart. */
type Identity = Pick<InstanceHeader, 'patientId' | 'patientBirthDate' | 'patientName'>;

/**
 * Whether two headers name two patients: another ID or birth date, or another name where an ID is absent. What is absent tells nothing.
 *
 * @param a - Of one image.
 * @param b - Of another one.
 */
export function areOtherPatients(a: Identity, b: Identity): boolean {
  return (
    differ(a.patientId, b.patientId) ||
    differ(a.patientBirthDate, b.patientBirthDate) ||
    ((a.patientId === null || b.patientId === null) && differ(nameLetters(a), nameLetters(b)))
  );
}

/**
 * Finds the images that are of another patient than most of their series.
 *
 * @param images - Of one series.
 * @returns Those that are not of the most frequent patient; of two as frequent, the ID first in the alphabet counts.
 */
export function otherPatients<Image extends { readonly header: Identity }>(images: readonly Image[]): ReadonlySet<Image> {
  const counts = Map.groupBy(images, ({ header }) => JSON.stringify([header.patientId, header.patientBirthDate, header.patientName]));
  if (counts.size < 2) return new Set();
  const ranked = [...counts].sort(([a, imagesOfA], [b, imagesOfB]) => imagesOfB.length - imagesOfA.length || (a < b ? -1 : 1));
  const usual = ranked[0]?.[1][0]?.header;
  return new Set(usual === undefined ? [] : images.filter(({ header }) => areOtherPatients(usual, header)));
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

/** Writers differ in case, blanks and trailing components. */
function nameLetters({ patientName }: Identity): string | null {
  return patientName?.toUpperCase().replace(/[\s^=.,]+/g, '') ?? null;
}
