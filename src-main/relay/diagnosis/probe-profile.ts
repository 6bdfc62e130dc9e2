import probe from '../../../assets/relay-probe.json' with { type: 'json' };
import { readingProfileSchema } from '../../../src-shared/domain/reading-profile.ts';
import type { ReadingProfile } from '../../../src-shared/domain/reading-profile.ts';

/**
 * What is asked about the drawn picture of a diagnosis, in the form of every reading's profile (assets/relay-probe.json).
 *
 * @throws {z.ZodError} when the file does not keep to its schema: it ships with the program, so that is a fault of ours.
 */
export function probeProfile(): ReadingProfile {
  return readingProfileSchema.parse(probe);
}
