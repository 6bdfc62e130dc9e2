import { sumOfLanes } from './adler';
import { put, putBytes, putBytesWhole, putCode, putCodes } from './bits';
import { addTo, buildCode } from './huffman';

const SYMBOLS: i32 = 286;
const END_OF_BLOCK: i32 = 256;
/** What putCodes takes. */
const LONGEST_CODE: i32 = 14;
const LONGEST_RUN: i32 = 258;
/** Symbols of the code that code lengths are written in. */
const LENGTH_SYMBOLS: i32 = 19;
const LONGEST_STORED: i32 = 65535;

/** Four counts per symbol, so that equal neighbours do not wait for each other; the first of each four holds the sum in the end. */
const counts = memory.data(16 * 286, 16);
const codes = memory.data(4 * 286, 16);
/** Of the symbols and of two distances. */
const lengths = memory.data(288, 16);
const lengthTokens = memory.data(2 * 288, 16);
const lengthCounts = memory.data(16 * 19, 16);
const lengthCodes = memory.data(4 * 19, 16);
const lengthLengths = memory.data(19, 16);
const lengthOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/**
 * Writes bytes as one dynamic Huffman block, or as stored blocks where that is not longer.
 *
 * @param runs - Room for as many bytes as there are to write.
 * @param isLast - Whether the stream ends with them.
 * @see RFC 1951, section 3.2
 */
export function writeBlock(from: usize, size: i32, runs: usize, isLast: bool): void {
  const runCount = findRuns(from, size, runs);
  let bits = buildCode(counts, SYMBOLS, LONGEST_CODE, codes, lengths);
  for (let run = 0; run < runCount; run += 1) bits += 1 + extraBits(load<u32>(runs + 8 * run, 4));
  // Two distances of one bit each, though only the first (1) occurs: some decoders refuse an incomplete code.
  store<u16>(lengths + SYMBOLS, 0x0101);
  const tokens = foldLengths();
  bits += buildCode(lengthCounts, LENGTH_SYMBOLS, 7, lengthCodes, lengthLengths) + 17 + 3 * LENGTH_SYMBOLS + 7 * tokens;
  if (bits >= 8 * size) return writeStored(from, size, isLast);
  put(<u64>isLast | 4, 3);
  writeLengths(tokens);
  const end = from + size;
  for (let run = 0; run < runCount; run += 1) {
    const start = <usize>load<u32>(runs + 8 * run);
    const length = <i32>load<u32>(runs + 8 * run, 4);
    putCodes(codes, from, start);
    const extra = extraBits(length);
    putCode(codes, runSymbol(length));
    // The extra bits and, above them, the 0 of distance 1.
    put((length - 3) & ((1 << extra) - 1), extra + 1);
    from = start + length;
  }
  putCodes(codes, from, end);
  putCode(codes, END_OF_BLOCK);
}

function writeStored(from: usize, size: i32, isLast: bool): void {
  for (let done = 0; done < size; done += LONGEST_STORED) {
    const length = min(size - done, LONGEST_STORED);
    put(<u64>(isLast && done + length == size), 3);
    putBytesWhole();
    put(<u64>(<u32>(length | (~length << 16))), 32);
    putBytes(from + done, length);
  }
}

/**
 * Lists runs of equal bytes (start and length, u32 each) and counts literals and lengths; returns how many runs there are.
 *
 * Eight bytes are looked at in a step: a run is found where all eight equal the byte before them, and from there to its end.
 */
function findRuns(from: usize, size: i32, runs: usize): i32 {
  memory.fill(counts, 0, 16 * SYMBOLS);
  const end = from + size;
  let run = runs;
  count(load<u8>(from), 0);
  from += 1;
  while (from + 8 <= end) {
    const bytes = load<u64>(from);
    if (bytes != <u64>load<u8>(from - 1) * 0x0101010101010101) {
      countFour(<u32>bytes);
      countFour(<u32>(bytes >> 32));
      from += 8;
      continue;
    }
    const start = from;
    const limit = min(end, start + LONGEST_RUN);
    from += 8;
    while (from + 8 <= limit && load<u64>(from) == bytes) from += 8;
    while (from < limit && load<u8>(from) == <u8>bytes) from += 1;
    const length = <i32>(from - start);
    store<u32>(run, <u32>start);
    store<u32>(run, length, 4);
    run += 8;
    count(runSymbol(length), 0);
  }
  for (; from < end; from += 1) count(load<u8>(from), 0);
  count(END_OF_BLOCK, 0);
  for (let place = counts; place < counts + 16 * SYMBOLS; place += 16) store<u32>(place, sumOfLanes(v128.load(place)));
  return <i32>((run - runs) >> 3);
}

function countFour(bytes: u32): void {
  count(bytes & 255, 0);
  count((bytes >> 8) & 255, 1);
  count((bytes >> 16) & 255, 2);
  count(bytes >> 24, 3);
}

function count(symbol: i32, lane: i32): void {
  addTo(counts + 16 * symbol + 4 * lane, 1);
}

/** Bits that tell a run's length beside its symbol. */
function extraBits(length: i32): i32 {
  return length < 11 || length == LONGEST_RUN ? 0 : 29 - clz(length - 3);
}

function runSymbol(length: i32): i32 {
  if (length == LONGEST_RUN) return 285;
  const extra = extraBits(length);
  return 257 + 4 * extra + ((length - 3) >> extra);
}

/** Folds repeated code lengths into tokens of two bytes, the symbol and what its extra bits say; returns how many there are. */
function foldLengths(): i32 {
  memory.fill(lengthCounts, 0, 16 * LENGTH_SYMBOLS);
  let tokens = 0;
  let previous = -1;
  for (let place = 0; place < SYMBOLS + 2; tokens += 1) {
    const length = <i32>load<u8>(lengths + place);
    let repeats = 1;
    while (place + repeats < SYMBOLS + 2 && load<u8>(lengths + place + repeats) == length) repeats += 1;
    let symbol = length;
    let extra = 0;
    let taken = 1;
    if (length == 0 && repeats >= 3) {
      taken = min(repeats, 138);
      symbol = taken < 11 ? 17 : 18;
      extra = taken - (taken < 11 ? 3 : 11);
    } else if (length == previous && repeats >= 3) {
      taken = min(repeats, 6);
      symbol = 16;
      extra = taken - 3;
    }
    store<u8>(lengthTokens + 2 * tokens, <u8>symbol);
    store<u8>(lengthTokens + 2 * tokens, <u8>extra, 1);
    addTo(lengthCounts + 16 * symbol, 1);
    place += taken;
    previous = length;
  }
  return tokens;
}

function writeLengths(tokens: i32): void {
  put((SYMBOLS - 257) | (1 << 5) | ((LENGTH_SYMBOLS - 4) << 10), 14);
  for (let place = 0; place < LENGTH_SYMBOLS; place += 1) put(load<u8>(lengthLengths + load<u8>(lengthOrder + place)), 3);
  for (let token = 0; token < tokens; token += 1) {
    const symbol = <i32>load<u8>(lengthTokens + 2 * token);
    putCode(lengthCodes, symbol);
    if (symbol >= 16) put(load<u8>(lengthTokens + 2 * token, 1), symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
  }
}
