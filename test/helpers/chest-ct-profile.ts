import shipped from '../../assets/profiles/chest-ct.json' with { type: 'json' };
import { readingProfileSchema } from '../../src-shared/domain/reading-profile.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';

/** The profile that ships for chest CT. */
export function chestCtProfile(): ReadingProfile {
  return readingProfileSchema.parse(shipped);
}
