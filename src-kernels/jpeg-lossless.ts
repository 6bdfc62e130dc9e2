// Huffman-coded lossless JPEG (ITU-T T.81 process 14), one component, decoded from one scan into 16-bit samples.
// The stream's markers are read by the caller; here are bits, differences and predictions, and every check they allow.

/** Differences whose code and extra bits fit into this many bits are found in one look. */
const lookBits: i32 = 13;
const fast: usize = memory.data(4 << 13, 16);
/** By code length 1..16: largest code left-aligned to 16 bits, plus one; and what to add to a code to get its symbol's place. */
const limits: usize = memory.data(4 * 18, 16);
const places: usize = memory.data(4 * 18, 16);
const symbols: usize = memory.data(256, 16);

const badTable: i32 = -1;
const badCode: i32 = -2;
const endsEarly: i32 = -3;
const leftOver: i32 = -4;
const badMarker: i32 = -5;
const outOfRange: i32 = -6;

let reservoir: u64 = 0;
let held: i32 = 0;
/** Bits of the reservoir that the stream does not have: zeros after its end. */
let invented: i32 = 0;
let position: usize = 0;
let end: usize = 0;

/** First byte of memory that is free for the stream and the samples. */
export function freeMemory(): usize {
  return __heap_base;
}

/** Takes a Huffman table as DHT holds it: 16 counts, then the symbols. Returns 0, or badTable. */
export function setTable(table: usize): i32 {
  let code: i32 = 0;
  let count: i32 = 0;
  for (let length = 1; length <= 16; length++) {
    const added: i32 = load<u8>(table + length - 1);
    store<i32>(places + 4 * length, count - code);
    code += added;
    count += added;
    if (code > 1 << length || count > 256) return badTable;
    store<i32>(limits + 4 * length, code << (16 - length));
    code <<= 1;
  }
  for (let index = 0; index < count; index++) {
    const symbol = load<u8>(table + 16 + index);
    if (symbol > 16) return badTable;
    store<u8>(symbols + index, symbol);
  }
  for (let bits: u32 = 0; bits < 1 << lookBits; bits++) {
    reservoir = (<u64>bits) << (64 - lookBits);
    held = 64;
    const difference = slowDifference();
    const used = 64 - held;
    store<i32>(fast + (<usize>bits << 2), used <= lookBits && difference != badCode << 16 ? (difference << 8) | used : 0);
  }
  return 0;
}

/**
 * Decodes the entropy-coded segments of a scan.
 *
 * @param from - First byte after the scan header; `to` is the end of the stream.
 * @param samples - Where rows x columns 16-bit samples go.
 * @param bits - Precision minus point transform.
 * @param restartRows - Rows between restart markers, 0 for none.
 * @param signed - Whether two's complement values narrower than 16 bits are in range as well.
 * @returns Bytes read up to the marker that ends the scan, or one of the negative codes above.
 */
export function decodeScan(
  from: usize, to: usize, samples: usize, rows: i32, columns: i32, predictor: i32, bits: i32, pointTransform: i32,
  restartRows: i32, signed: bool,
): i32 {
  position = from;
  end = to;
  begin();
  const rowBytes: usize = <usize>columns << 1;
  let restarts = 0;
  let isFirst = true;
  for (let row = 0; row < rows; row++) {
    const current = samples + <usize>row * rowBytes;
    if (restartRows > 0 && row > 0 && row % restartRows == 0) {
      const status = restart(restarts);
      if (status < 0) return status;
      restarts += 1;
      isFirst = true;
    }
    if (!readDifferences(current, columns)) return held < invented ? endsEarly : badCode;
    if (held < invented) return endsEarly;
    if (isFirst) predictFromLeft(current, columns, 1 << (bits - 1));
    else predict(current, current - rowBytes, columns, predictor);
    if (bits < 16 && !isInRange(current, columns, bits, signed)) return outOfRange;
    isFirst = false;
  }
  const status = finish();
  if (status < 0) return status;
  if (pointTransform > 0) shift(samples, samples + <usize>rows * rowBytes, pointTransform);
  return <i32>(position - from);
}

function begin(): void {
  reservoir = 0;
  held = 0;
  invented = 0;
}

/** What may be left before a marker: less than a byte, all ones as T.81 wants or all zeros as some writers do it. */
function finish(): i32 {
  refill();
  const left = held - invented;
  if (left > 7 || invented == 0) return leftOver;
  const padding = reservoir >> 56 >> (8 - left);
  if (left > 0 && padding != 0 && padding != ((<u64>1) << left) - 1) return leftOver;
  return 0;
}

function restart(index: i32): i32 {
  const status = finish();
  if (status < 0) return status;
  while (position + 1 < end && load<u8>(position) == 0xff && load<u8>(position + 1) == 0xff) position += 1;
  if (position + 1 >= end) return endsEarly;
  if (load<u8>(position) != 0xff || load<u8>(position + 1) != 0xd0 + (index & 7)) return badMarker;
  position += 2;
  begin();
  return 0;
}

/** Fills the reservoir to at least 32 bits: the longest code and its extra bits. */
@inline
function refill(): void {
  if (held >= 32) return;
  if (position + 4 <= end) {
    const word = load<u32>(position);
    const hasMarkerByte = (~word - 0x01010101) & word & 0x80808080;
    if (hasMarkerByte == 0) {
      reservoir |= (<u64>bswap<u32>(word)) << (32 - held);
      held += 32;
      position += 4;
      return;
    }
  }
  refillByByte();
}

function refillByByte(): void {
  while (held <= 56) {
    const byte: u64 = position < end ? load<u8>(position) : 0xff;
    if (byte == 0xff) {
      if (position + 1 >= end || load<u8>(position + 1) != 0) {
        held += 8;
        invented += 8;
        continue;
      }
      position += 1;
    }
    position += 1;
    reservoir |= byte << (56 - held);
    held += 8;
  }
}

/** Reads one difference by comparing its code with the largest of every length; badCode << 16 when there is none. */
function slowDifference(): i32 {
  const ahead = <i32>(reservoir >> 48);
  let length = 1;
  while (length <= 16 && ahead >= load<i32>(limits + 4 * length)) length++;
  if (length > 16) return badCode << 16;
  const place = (ahead >> (16 - length)) + load<i32>(places + 4 * length);
  const size: i32 = load<u8>(symbols + place);
  reservoir <<= length;
  held -= length;
  if (size == 0) return 0;
  if (size == 16) return 32768;
  const extra = <i32>(reservoir >> (64 - size));
  reservoir <<= size;
  held -= size;
  return extra < 1 << (size - 1) ? extra - (1 << size) + 1 : extra;
}

function readDifferences(row: usize, columns: i32): bool {
  const rowEnd = row + (<usize>columns << 1);
  for (let target = row; target < rowEnd; target += 2) {
    refill();
    const found = load<i32>(fast + (<usize>(reservoir >> (64 - lookBits)) << 2));
    if (found != 0) {
      const used = found & 255;
      reservoir <<= used;
      held -= used;
      store<i16>(target, <i16>(found >> 8));
    } else {
      const difference = slowDifference();
      if (difference == badCode << 16) return false;
      store<i16>(target, <i16>difference);
    }
  }
  return true;
}

function predictFromLeft(row: usize, columns: i32, start: i32): void {
  const rowEnd = row + (<usize>columns << 1);
  let left = start;
  for (let at = row; at < rowEnd; at += 2) {
    left = (left + load<u16>(at)) & 0xffff;
    store<u16>(at, <u16>left);
  }
}

/** The first sample of a row follows the one above it, the others the selection value. @see ITU-T T.81 table H.1 */
function predict(row: usize, above: usize, columns: i32, predictor: i32): void {
  if (predictor == 1) predictFromLeft(row, columns, load<u16>(above));
  else if (predictor == 2) predictBy(row, above, columns, 2);
  else if (predictor == 3) predictBy(row, above, columns, 3);
  else if (predictor == 4) predictBy(row, above, columns, 4);
  else if (predictor == 5) predictBy(row, above, columns, 5);
  else if (predictor == 6) predictBy(row, above, columns, 6);
  else predictBy(row, above, columns, 7);
}

/** Inlined once per selection value, so that none is asked for in the loop. */
@inline
function predictBy(row: usize, above: usize, columns: i32, predictor: i32): void {
  const rowEnd = row + (<usize>columns << 1);
  let upperLeft: i32 = load<u16>(above);
  let left: i32 = (upperLeft + <i32>load<u16>(row)) & 0xffff;
  store<u16>(row, <u16>left);
  for (let at = row + 2; at < rowEnd; at += 2) {
    above += 2;
    const upper: i32 = load<u16>(above);
    let expected: i32;
    if (predictor == 2) expected = upper;
    else if (predictor == 3) expected = upperLeft;
    else if (predictor == 4) expected = left + upper - upperLeft;
    else if (predictor == 5) expected = left + ((upper - upperLeft) >> 1);
    else if (predictor == 6) expected = upper + ((left - upperLeft) >> 1);
    else expected = (left + upper) >> 1;
    left = (expected + <i32>load<u16>(at)) & 0xffff;
    store<u16>(at, <u16>left);
    upperLeft = upper;
  }
}

function isInRange(row: usize, columns: i32, bits: i32, signed: bool): bool {
  const rowEnd = row + (<usize>columns << 1);
  const half = 1 << (bits - 1);
  let unsignedBits = 0;
  let signedBits = 0;
  for (let at = row; at < rowEnd; at += 2) {
    const sample: i32 = load<u16>(at);
    unsignedBits |= sample;
    signedBits |= (sample + half) & 0xffff;
  }
  return unsignedBits >> bits == 0 || (signed && signedBits >> bits == 0);
}

function shift(from: usize, to: usize, pointTransform: i32): void {
  for (let at = from; at < to; at += 2) store<u16>(at, <u16>(<u32>load<u16>(at) << pointTransform));
}
