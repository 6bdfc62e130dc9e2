import type { InstanceHeader, SeriesRejection } from '../../src-shared/domain/study.ts';

/** Terms of Body Part Examined that contain the lungs. */
const chestParts = /CHEST|THORA|LUNG|TORSO|TRUNK|WHOLE ?_?BODY|CTAP|\bTAP\b/;
/** Terms that contain a face, which can be recognised from the slices. */
const headParts = /HEAD|BRAIN|FACE|FACIAL|SKULL|CRANI|NECK|ORBIT|SINUS|MAXILL|MANDIB|DENTAL|JAW|\bEAR\b|\bIAC\b|TEMPORAL|CSPINE/;
const chestWords = /chest|thora|\bthor\b|torax|lung|pulmo|胸|肺/i;
const headWords = /\b(head|brain|face|facial|skull|cranial|neck|orbits?|sinus|sinuses|dental)\b|头|颅|脑|颈|颌|面部/i;

/**
 * Judges by the header whether a series shows a chest.
 *
 * Body Part Examined is often absent, and sometimes that of the protocol the scan began with: the descriptions then decide.
 * Nothing with a head is taken: rendered slices of a face are a face.
 *
 * @param header - Of one instance of the series.
 * @returns Null when it may be a chest.
 */
export function judgeBodyPart(header: InstanceHeader): SeriesRejection | null {
  const part = header.bodyPartExamined?.toUpperCase() ?? '';
  const descriptions = `${header.seriesDescription ?? ''} ${header.studyDescription ?? ''}`;
  const isChestByWords = chestWords.test(descriptions);
  if (headParts.test(part)) return headOrFace;
  if (chestParts.test(part)) return null;
  if (headWords.test(descriptions) && !isChestByWords) return headOrFace;
  if (part === '' || isChestByWords) return null;
  return { code: 'not-chest', text: 'The header names a body part other than the chest.' };
}

const headOrFace: SeriesRejection = { code: 'head-or-face', text: 'The header says that the head or neck is shown; a face can be recognised from such slices.' };
