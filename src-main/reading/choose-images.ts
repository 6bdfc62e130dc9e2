import type { Problem } from '../../src-shared/domain/errors.ts';
import type { ReadingProfile } from '../../src-shared/domain/reading-profile.ts';
import type { InstanceFile } from '../../src-shared/domain/study.ts';
import { judgeBodyPart } from '../dicom/body-part.ts';
import { framesOf } from '../dicom/instance-frames.ts';
import type { InstanceFrame } from '../dicom/instance-frames.ts';
import { axialNormal } from '../dicom/judge-instance.ts';
import { areOtherPatients } from '../dicom/patients.ts';
import type { ReadingProfiles } from './reading-profiles.ts';

/** The single images of an exam that are read one by one. */
export interface ChosenImages {
  readonly profile: ReadingProfile;
  /** In reading order; at least one. */
  readonly images: readonly InstanceFrame[];
  /** One per image of the profile's kind that is not read. */
  readonly problems: readonly Problem[];
}

/**
 * Chooses the single images of an exam and the profile that they are read by: for exams in which assessStudy chose no series.
 *
 * Where several profiles would do, the one with the most images is taken. Images that may identify the patient are left out: those that say
 * that text or a face is in the pixels, and of a head all that are not axial, since they show the face in profile.
 *
 * @param files - Whole instances of one exam, in any order; the result does not depend on it.
 * @param profiles - Known ones.
 * @returns Null where no profile reads any of the images.
 */
export function chooseImages(files: readonly InstanceFile[], profiles: Pick<ReadingProfiles, 'profileFor'>): ChosenImages | null {
  const byProfile = Map.groupBy(onceEach(framesOf(files).toSorted(inReadingOrder)), ({ header }) => profiles.profileFor(header.modality, header.bodyPartExamined));
  const chosen = [...byProfile].flatMap(([profile, frames]) => (profile?.kind === 'images' ? [choiceOf(profile, frames)] : []));
  return chosen.filter(({ images }) => images.length > 0).sort((a, b) => b.images.length - a.images.length || (a.profile.id < b.profile.id ? -1 : 1))[0] ?? null;
}

function choiceOf(profile: ReadingProfile, frames: readonly InstanceFrame[]): ChosenImages {
  const images: InstanceFrame[] = [];
  const problems: Problem[] = [];
  const first = frames.find((frame) => reasonAgainst(frame) === null);
  for (const frame of frames) {
    const reason = reasonAgainst(frame) ?? (first !== undefined && areOtherPatients(first.header, frame.header) ? 'it is of another patient than the others' : null);
    const { sopInstanceUid } = frame.header;
    if (reason === null) images.push(frame);
    else problems.push({ code: 'instance-set-aside', message: `an image of the exam was not read: ${reason}`, sopInstanceUid });
  }
  return { profile, images, problems };
}

/** An image that was copied is one. */
function onceEach(frames: readonly InstanceFrame[]): readonly InstanceFrame[] {
  return [...new Map(frames.toReversed().map((frame) => [`${frame.header.sopInstanceUid} ${String(frame.frameNumber)}`, frame])).values()].toReversed();
}

function reasonAgainst({ header, frame }: InstanceFrame): string | null {
  if (header.burnedInAnnotation === 'YES') return 'its header says that text is in its pixels, which may identify the patient';
  if (header.recognizableVisualFeatures === 'YES') return 'its header says that the patient can be recognised in it';
  if (header.samplesPerPixel !== 1 || !header.photometricInterpretation.startsWith('MONOCHROME')) return 'it is in colour';
  if (frame === null && header.numberOfFrames > 1) return 'it is a multi-frame image that does not say what its frames are';
  if (judgeBodyPart(header)?.code === 'head-or-face' && axialNormal(header) === null) return 'it shows a head and is not axial: a face may be recognised in it';
  return null;
}

/** By number, then by content, so that the order of the files does not matter. */
function inReadingOrder(a: InstanceFrame, b: InstanceFrame): number {
  const key = ({ header, pixelSha256, path }: InstanceFrame): string => `${header.sopInstanceUid} ${pixelSha256} ${path}`;
  return (
    (a.header.seriesNumber ?? 0) - (b.header.seriesNumber ?? 0)
    || (a.header.instanceNumber ?? 0) - (b.header.instanceNumber ?? 0)
    || (key(a) === key(b) ? a.frameNumber - b.frameNumber : key(a) < key(b) ? -1 : 1)
  );
}
