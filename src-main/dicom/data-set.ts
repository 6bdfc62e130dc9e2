import dicomParser from 'dicom-parser';
import type { ByteArrayParser, DataSet, Element } from 'dicom-parser';
import type { DicomSource } from './part10.ts';

/** The elements of a data set up to its Pixel Data, and what stopped the parser if something did. */
export interface ParsedDataSet {
  readonly dataSet: DataSet;
  /** Pixel Data (7FE0,0010) of the top level; its length is 0xFFFFFFFF when encapsulated. */
  readonly pixelData: Element | null;
  readonly fault: 'truncated' | 'malformed' | null;
}

const pixelDataTag = 'x7fe00010';

/**
 * Parses a data set up to its Pixel Data; what could be read before a fault is kept.
 *
 * @param source - As found by openPart10.
 */
export function parseDataSet(source: DicomSource): ParsedDataSet {
  const { bytes } = source;
  const parser = source.bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser;
  const dataSet = emptyDataSet(bytes, parser);
  if (source.dataSetOffset >= bytes.length) return { dataSet, pixelData: null, fault: 'truncated' };
  let thrown: unknown = null;
  try {
    const stream = new dicomParser.ByteStream(parser, bytes, source.dataSetOffset);
    if (source.explicitVr) dicomParser.parseDicomDataSetExplicit(dataSet, stream, bytes.length, { untilTag: pixelDataTag });
    else dicomParser.parseDicomDataSetImplicit(dataSet, stream, bytes.length, { untilTag: pixelDataTag });
  } catch (error) {
    thrown = error ?? 'unknown';
  }
  const pixelData = dataSet.elements[pixelDataTag] ?? null;
  const cutTags = Object.values(dataSet.elements)
    .filter((element) => element !== pixelData && element.dataOffset + element.length > bytes.length)
    .map((element) => element.tag);
  // Reading the value of a cut element throws: it counts as absent.
  for (const tag of cutTags) Reflect.deleteProperty(dataSet.elements, tag);
  return { dataSet, pixelData, fault: cutTags.length > 0 ? 'truncated' : faultOf(thrown) };
}

function faultOf(thrown: unknown): ParsedDataSet['fault'] {
  if (thrown === null) return null;
  // dicom-parser throws strings; these say that an element or a sequence runs past the last byte.
  return typeof thrown === 'string' && /past end|overread|overrun|maxP ?osition/.test(thrown) ? 'truncated' : 'malformed';
}

/** dicom-parser exports its DataSet class but types it as an interface. */
function emptyDataSet(bytes: Uint8Array, parser: ByteArrayParser): DataSet {
  const { DataSet: DataSetClass } = dicomParser as unknown as {
    readonly DataSet: new (parser: ByteArrayParser, bytes: Uint8Array, elements: DataSet['elements']) => DataSet;
  };
  const dataSet = new DataSetClass(parser, bytes, {});
  dataSet.warnings = [];
  return dataSet;
}
