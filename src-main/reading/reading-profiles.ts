import * as z from 'zod';
import brainMr from '../../assets/profiles/brain-mr.json' with { type: 'json' };
import chestCt from '../../assets/profiles/chest-ct.json' with { type: 'json' };
import chestRadiograph from '../../assets/profiles/chest-radiograph.json' with { type: 'json' };
import mammogram from '../../assets/profiles/mammogram.json' with { type: 'json' };
import { readingProfileSchema } from '../../src-shared/domain/reading-profile.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';

/** The profiles that LungDesk reads by. */
export interface ReadingProfiles {
  readonly all: readonly ReadingProfile[];
  /** @throws {RangeError} for an id that no profile has. */
  find(id: string): ReadingProfile;
  /**
   * Chooses by what an image says of itself.
   *
   * @param modality - Modality (0008,0060).
   * @param bodyPart - Body Part Examined (0018,0015); null or empty where it names none.
   * @returns Null where no profile reads such images.
   */
  profileFor(modality: string, bodyPart?: string | null): ReadingProfile | null;
}

/** Fields of an answer's regions that are not attributes (src-main/relay/answer-format.ts). */
const ownFields: readonly string[] = ['tile', 'certainty'];
/** What the last word of an attribute says. */
const cannotTell: readonly string[] = ['indeterminate', 'none'];

/** What the schema alone cannot say. */
const soundProfileSchema = readingProfileSchema.superRefine(({ attributes, urgency, kind, longestSide, window }, context) => {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
  const names = attributes.map(({ name }) => name);
  if (new Set([...names, ...ownFields]).size < names.length + ownFields.length) refuse('an attribute has the name of another field');
  for (const { name, values } of attributes) {
    if (new Set(values).size < values.length) refuse(`a word of ${name} is there twice`);
    if (!cannotTell.includes(values.at(-1) ?? '')) refuse(`${name} has no last word for what cannot be told`);
  }
  for (const { attribute, value } of urgency) {
    if (attributes.find(({ name }) => name === attribute)?.values.includes(value) !== true) refuse(`no answer says ${attribute} ${value}`);
  }
  if ((kind === 'images') !== (longestSide !== null) || (kind === 'images') !== (window === 'voi')) refuse('images have a longest side and a window of their own, volumes have neither');
});

/**
 * The profiles that ship with the program (assets/profiles).
 *
 * @throws {z.ZodError} As parseReadingProfiles.
 */
export function shippedProfiles(): ReadingProfiles {
  return parseReadingProfiles([chestCt, chestRadiograph, mammogram, brainMr]);
}

/**
 * Parses profile files.
 *
 * @param files - JSON values; of two profiles for the same images the first is taken.
 * @throws {z.ZodError} for a file that does not keep to its schema, or for two profiles with one id: the files ship with the program,
 *   so either is a fault of ours.
 */
export function parseReadingProfiles(files: readonly unknown[]): ReadingProfiles {
  const all = z.array(soundProfileSchema).superRefine((profiles, context) => {
    if (new Set(profiles.map(({ id }) => id)).size < profiles.length) context.addIssue({ code: 'custom', message: 'two profiles have one id' });
  }).parse(files);
  const byId = new Map(all.map((profile) => [profile.id, profile]));
  return {
    all,
    find: (id) => {
      const profile = byId.get(id);
      if (profile === undefined) throw new RangeError('there is no such profile');
      return profile;
    },
    profileFor: (modality, bodyPart) => all.find((profile) => profile.modalities.includes(modality) && readsPart(profile, bodyPart ?? '')) ?? null,
  };
}

/** Writers add sides, projections and hyphens: one word is enough. */
function readsPart({ bodyParts }: ReadingProfile, bodyPart: string): boolean {
  const words = bodyPart.toUpperCase().split(/[^A-Z]+/).filter((word) => word !== '');
  return bodyParts === undefined || (words.length === 0 ? [''] : words).some((word) => bodyParts.includes(word));
}
