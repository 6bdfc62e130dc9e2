import type { Problem } from '../../src-shared/domain/errors.ts';
import { AppError, problemOf } from '../../src-shared/domain/errors.ts';
import type { InstanceHeader } from '../../src-shared/domain/study.ts';
import { parseDataSet } from './data-set.ts';
import type { ParsedDataSet } from './data-set.ts';
import { openPart10 } from './part10.ts';
import type { DicomSource } from './part10.ts';
import { checkPixelShape } from './pixel-limits.ts';
import { readPixelValue } from './pixel-value.ts';
import type { PixelValue } from './pixel-value.ts';
import { readHeader, readSopInstanceUid } from './read-header.ts';

/** A whole image instance: its header and its pixels as stored. */
export interface OpenedInstance {
  readonly header: InstanceHeader;
  readonly pixels: PixelValue;
  /** Size of the words whose bytes native big-endian pixels are stored in, null when they are little endian. */
  readonly bigEndianWord: 1 | 2 | null;
  /** Planar Configuration (0028,0006): 1 when colour samples are stored plane by plane. */
  readonly planarConfiguration: 0 | 1;
}

/** What the bytes of a file turned out to be. */
export type Opening =
  | { readonly kind: 'instance'; readonly instance: OpenedInstance }
  | { readonly kind: 'not-dicom' }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly header: InstanceHeader | null };

/**
 * Parses the bytes of a file into an image instance and checks that it is whole; never throws.
 *
 * @param bytes - All bytes of the file.
 */
export function openInstance(bytes: Uint8Array): Opening {
  let source: DicomSource | null;
  try {
    source = openPart10(bytes);
  } catch (thrown) {
    return { kind: 'problem', problem: problemOf(thrown), header: null };
  }
  if (source === null) return { kind: 'not-dicom' };
  let parsed: ParsedDataSet;
  let header: InstanceHeader | null;
  try {
    parsed = parseDataSet(source);
    header = readHeader(parsed.dataSet, source.transferSyntaxUid, parsed.fault === 'truncated' || parsed.pixelData === null);
  } catch {
    // dicom-parser throws strings and objects when a value is shorter than its VR wants.
    return { kind: 'problem', problem: { code: 'dicom-malformed', message: 'the DICOM header cannot be read' }, header: null };
  }
  if (header === null && !source.isPart10 && parsed.dataSet.elements['x00080016'] === undefined) return { kind: 'not-dicom' };
  try {
    return { kind: 'instance', instance: openWhole(source, parsed, header) };
  } catch (thrown) {
    const problem = problemOf(thrown);
    const sopInstanceUid = header?.sopInstanceUid ?? readSopInstanceUid(parsed.dataSet);
    return {
      kind: 'problem',
      problem: sopInstanceUid === null ? problem : { ...problem, sopInstanceUid },
      header,
    };
  }
}

function openWhole(source: DicomSource, parsed: ParsedDataSet, header: InstanceHeader | null): OpenedInstance {
  const { dataSet, pixelData, fault } = parsed;
  if (fault === 'truncated') throw new AppError('file-truncated', 'the file ends before its data does');
  if (fault === 'malformed') throw new AppError('dicom-malformed', 'the DICOM data cannot be parsed');
  if (pixelData === null) {
    // A header that describes an image without one: the file was cut just before it.
    if (header !== null && header.rows > 0 && header.columns > 0) throw new AppError('file-truncated', 'the file ends before its pixels');
    throw new AppError('pixel-data-missing', 'the DICOM file holds no image');
  }
  if (header === null) throw new AppError('dicom-malformed', 'the image lacks its study, series or instance UID');
  checkPixelShape(header);
  return {
    header,
    pixels: readPixelValue(source.bytes, pixelData, header),
    bigEndianWord: source.bigEndian ? (pixelData.vr === 'OW' ? 2 : 1) : null,
    planarConfiguration: dataSet.uint16('x00280006') === 1 ? 1 : 0,
  };
}
