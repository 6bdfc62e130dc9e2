import { AppError } from '../../../src-shared/domain/errors.ts';
import { corruptStream, viewOf } from './code-stream.ts';
import { checkJpeg2000Stream } from './code-stream-jpeg-2000.ts';
import type { Jpeg2000Stream } from './code-stream-jpeg-2000.ts';
import type { FrameDecoder, FrameDescription } from './frame-description.ts';
import { loadWasmModule, runWasmDecoder } from './wasm-codec.ts';
import type { WasmDecoder } from './wasm-codec.ts';

interface OpenJpeg {
  readonly J2KDecoder: new () => WasmDecoder;
}

interface OpenJph {
  readonly HTJ2KDecoder: new () => WasmDecoder;
}

/** Box type 'jp2c', ITU-T T.800 annex I.5.4. */
const contiguousCodeStream = 0x6a703263;

/** Code-block style: the coder ends its codeword so that a decoder can tell whether all of it was used. */
const predictableTermination = 0x10;
/** Code-block styles under which the check for it works on every stream: resets, vertical causality, segmentation symbols. */
const checkableStyles = 0x02 | 0x08 | 0x20;
/** Bytes of a code block that may stay unused or be missing: coders end their codewords in different ways; 8 is the most seen in whole streams. */
const terminationSlack = 24;

/**
 * Loads the decoder of JPEG 2000, reversible and irreversible (OpenJPEG).
 *
 * @see ITU-T T.800; DICOM PS3.5 section 8.2.4
 */
export async function loadJpeg2000(): Promise<FrameDecoder> {
  const openjpeg = await loadWasmModule<OpenJpeg>('@cornerstonejs/codec-openjpeg/decodewasmjs');
  return (encoded, frame) => {
    const stream = withoutFileFormat(encoded);
    const facts = checkStream(stream, frame);
    const pixels = runWasmDecoder(new openjpeg.module.J2KDecoder(), withTerminationCheck(stream, facts), openjpeg.remarks);
    if (openjpeg.remarks.some((line) => tellsDamage(line, stream, facts))) throw corruptStream();
    return pixels;
  };
}

/**
 * Loads the decoder of High-Throughput JPEG 2000: OpenJPEG, which remarks on damage, and OpenJPH, which never does, for the
 * kinds of code blocks that OpenJPEG lacks.
 *
 * @see ITU-T T.814; DICOM PS3.5 section 8.2.14
 */
export async function loadHtJpeg2000(): Promise<FrameDecoder> {
  const [openjpeg, openjph] = await Promise.all([
    loadWasmModule<OpenJpeg>('@cornerstonejs/codec-openjpeg/decodewasmjs'),
    loadWasmModule<OpenJph>('@cornerstonejs/codec-openjph'),
  ]);
  return (encoded, frame) => {
    const stream = withoutFileFormat(encoded);
    const facts = checkStream(stream, frame);
    const pixels = runWasmDecoder(new openjpeg.module.J2KDecoder(), stream, openjpeg.remarks);
    if (openjpeg.remarks.some((line) => /not support|unsupported/i.test(line))) {
      const others = runWasmDecoder(new openjph.module.HTJ2KDecoder(), stream, openjph.remarks);
      if (openjph.remarks.some((line) => /ojph (warning|error)/.test(line))) throw corruptStream();
      return others;
    }
    if (openjpeg.remarks.some((line) => tellsDamage(line, stream, facts))) throw corruptStream();
    return pixels;
  };
}

/** The libraries' JavaScript doors lose negative bytes and colour of more than 8 bits without a word. */
function checkStream(stream: Uint8Array, frame: FrameDescription): Jpeg2000Stream {
  const facts = checkJpeg2000Stream(stream, frame);
  const { samples, precision, isSigned } = facts;
  if (precision > 16 || (samples !== 1 && samples !== 3) || (precision > 8 ? samples > 1 : isSigned)) {
    throw new AppError('transfer-syntax-unsupported', 'JPEG 2000 with these components is not read');
  }
  return facts;
}

/** Tells OpenJPEG to look how much of each code block it has used, whether or not the coder promised a predictable end. */
function withTerminationCheck(stream: Uint8Array, { styleOffsets }: Jpeg2000Stream): Uint8Array {
  const checked = stream.slice();
  for (const offset of styleOffsets) {
    const style = checked[offset] ?? 0;
    if ((style & ~checkableStyles) === 0) checked[offset] = style | predictableTermination;
  }
  return checked;
}

/** OpenJPEG goes on after most damage and says so; some remarks are of no matter. */
function tellsDamage(line: string, stream: Uint8Array, facts: Jpeg2000Stream): boolean {
  if (line.startsWith('[ERROR]')) return true;
  if (!line.startsWith('[WARNING]')) return false;
  const unused = /PTERM check failure: (\d+)/.exec(line);
  if (unused !== null) return Number(unused[1]) > terminationSlack;
  if (/xpected SOP marker/.test(line)) return facts.mayHavePacketMarkers && hasPacketMarker(stream);
  return !/TPsot==TNsot|no tree created|Unknown marker/.test(line);
}

/** SOP: FF91, its length 4, a counter. */
function hasPacketMarker(stream: Uint8Array): boolean {
  for (let at = stream.indexOf(0xff); at >= 0; at = stream.indexOf(0xff, at + 1)) {
    if (stream[at + 1] === 0x91 && stream[at + 2] === 0 && stream[at + 3] === 4) return true;
  }
  return false;
}

/** Some writers leave the JP2 boxes around the code stream, which DICOM forbids. */
function withoutFileFormat(encoded: Uint8Array): Uint8Array {
  const view = viewOf(encoded);
  let position = 0;
  while (position + 16 <= encoded.length && view.getUint32(position) !== 0xff4fff51) {
    const length = view.getUint32(position);
    if (view.getUint32(position + 4) === contiguousCodeStream) {
      const end = length > 8 ? position + length : encoded.length;
      return encoded.subarray(position + (length === 1 ? 16 : 8), end);
    }
    if (length < 8) break;
    position += length;
  }
  return encoded;
}
