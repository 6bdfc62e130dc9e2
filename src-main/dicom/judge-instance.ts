import type { InstanceHeader, SeriesRejection } from '../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../src-shared/domain/units.ts';
import { judgeBodyPart } from './body-part.ts';
import type { InstanceFrame } from './instance-frames.ts';
import { sliceNormal } from './slice-normal.ts';

const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const enhancedCt = new Set(['1.2.840.10008.5.1.4.1.1.2.1', '1.2.840.10008.5.1.4.1.1.2.2']);
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

/** cos 25 degrees: a gantry tilts less, a sagittal or coronal plane more. */
const axialCosine = Math.cos((25 * Math.PI) / 180);

const localizerWords = new Set(['LOCALIZER', 'SCOUT', 'TOPOGRAM', 'SURVIEW', 'SCANOGRAM']);
const derivedWords = new Set([
  'DERIVED', 'SECONDARY', 'REFORMATTED', 'MPR', 'CSA MPR', 'CSAPARALLEL', 'MIP', 'MINIP', 'CSA MIP', 'PROJECTION IMAGE', 'AVERAGE', 'AVERAGE_IP',
  'SCREEN SAVE', 'SCREENSAVE', 'DOSE', 'DOSE_INFO', 'PROCESSED', 'VRT', 'SSD', '3D', 'PERFUSION', 'SUBTRACTION',
]);

/**
 * Judges whether one instance, or one frame of it, can be a slice of an axial chest CT.
 *
 * @param image - A frame is judged by its own Frame Type and geometry.
 * @returns The first reason against it, null when there is none. Values that are absent are never a reason, except geometry.
 * @see DICOM PS3.3 C.8.2.1.1.1 (Image Type), C.8.15.3.1 (Frame Type), C.7.6.1.1.5 (Burned In Annotation)
 */
export function judgeInstance({ header, frame }: Pick<InstanceFrame, 'header' | 'frame'>): SeriesRejection | null {
  return judgeOrigin(header, frame !== null) ?? judgeImageType(header.imageType) ?? judgePrivacy(header) ?? judgeBodyPart(header) ?? judgeGeometry(header);
}

function judgeOrigin(header: InstanceHeader, isFrame: boolean): SeriesRejection | null {
  const { sopClassUid, modality } = header;
  if (sopClassUid === secondaryCapture || sopClassUid.startsWith(`${secondaryCapture}.`)) {
    return { code: 'secondary-capture', text: 'The images are captures of a screen or a page, not slices.' };
  }
  if (!isFrame && (enhancedCt.has(sopClassUid) || (modality === 'CT' && header.numberOfFrames > 1))) {
    return { code: 'multi-frame', text: 'The series is a multi-frame file that does not say where its frames lie in the patient.' };
  }
  if (modality !== 'CT' || (sopClassUid !== ctImageStorage && !enhancedCt.has(sopClassUid) && sopClassUid !== '')) {
    return { code: 'not-ct', text: 'The series is not a CT.' };
  }
  if (header.samplesPerPixel !== 1 || !header.photometricInterpretation.startsWith('MONOCHROME')) {
    return { code: 'secondary-capture', text: 'The images are in colour: pictures about the exam, not slices.' };
  }
  return null;
}

function judgeImageType(imageType: readonly string[]): SeriesRejection | null {
  if (imageType.some((value) => localizerWords.has(value))) {
    return { code: 'localizer', text: 'The images are localizers (scout views).' };
  }
  if (imageType.some((value) => derivedWords.has(value))) {
    return { code: 'derived', text: 'The images were computed from others (reformatted, projected, dose sheet or screen save).' };
  }
  return null;
}

function judgePrivacy(header: InstanceHeader): SeriesRejection | null {
  if (header.burnedInAnnotation === 'YES') {
    return { code: 'burned-in-annotation', text: 'The header says that text is burned into the pixels; it may identify the patient.' };
  }
  if (header.recognizableVisualFeatures === 'YES') {
    return { code: 'head-or-face', text: 'The header says that the patient can be recognised in the pixels.' };
  }
  return null;
}

/**
 * Normal of an axial image.
 *
 * @param header - Of the image.
 * @returns Unit vector to the head, LPS; null without an orientation and for images that are not axial.
 */
export function axialNormal(header: InstanceHeader): PatientPoint | null {
  const normal = sliceNormal(header);
  return normal === null || normal[2] < axialCosine ? null : normal;
}

function judgeGeometry(header: InstanceHeader): SeriesRejection | null {
  if (sliceNormal(header) === null || header.imagePositionPatient === null || header.pixelSpacing === null) {
    return { code: 'geometry-missing', text: 'The slices have no position, orientation or pixel spacing.' };
  }
  if (axialNormal(header) === null) return { code: 'not-axial', text: 'The slices are not axial.' };
  return null;
}
