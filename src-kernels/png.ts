/*
 * Grey 8-bit pictures to the zlib stream of a PNG, strip by strip.
 *
 * Noise decides the size of a CT picture: hardly any string of it repeats, so that a search for matches costs time and gains
 * nothing. What pays is a good prediction, and a code that follows the strip at hand:
 *
 *   window    65,536 grey levels by stored word, one lookup per pixel (wordStrip; greyStrip takes grey levels)
 *   filter    Sub, Up, Average and Paeth of every row, 16 pixels at a time; the row takes the one with the smallest residuals
 *   runs      residuals are literals; long runs of equal ones (flat background) are matches of distance 1
 *   code      one dynamic Huffman block per strip of about 32 KB; stored blocks where the strip cannot be made shorter
 *   Adler-32  over the filtered rows, 16 bytes at a time
 *
 * A strip goes in at inputAddress and comes out at outputAddress, so that a picture of any size takes little memory. The caller
 * frames the stream: IHDR, one IDAT with its CRC-32, IEND. Its test inflates and unfilters with other programs.
 *
 * PNG (Third Edition) sections 9, 10 and 12.7; RFC 1950 (zlib); RFC 1951 (deflate).
 */
import { adler32 } from './png/adler';
import { beginBits, put, putBytesWhole, writeTo, writtenTo } from './png/bits';
import { writeBlock } from './png/deflate';
import { filterRow } from './png/filter';

const STRIP_BYTES: i32 = 32768;
/** Deflate with a window of 32 KB, no dictionary, fastest: 0x78 0x01. */
const ZLIB_HEADER: i32 = 0x0178;

const greyByWord = memory.data(65536, 16);

// What depends on the width lies behind the fixed places, in this order.
let columns: i32 = 0;
let stride: usize = 0;
let input: usize = 0;
let firstRow: usize = 0;
let candidates: usize = 0;
let filtered: usize = 0;
let runs: usize = 0;
let output: usize = 0;

let checksum: u32 = 1;
let isFirst: bool = true;

/** Where the 65,536 grey levels by stored word are written. */
export function tableAddress(): usize {
  return greyByWord;
}

/** Where the pixels of a strip are written, row by row: bytes for greyStrip, little-endian words for wordStrip. */
export function inputAddress(): usize {
  return input;
}

/** Where the bytes of a strip are found. */
export function outputAddress(): usize {
  return output;
}

/**
 * Begins a picture; addresses are valid from here on.
 *
 * @param width - Columns, 1 to 65,535.
 * @returns Rows of a strip, at most; 0 when there is no memory.
 */
export function begin(width: i32): i32 {
  const rows = max(1, STRIP_BYTES / (width + 1));
  const stripBytes = <usize>(rows * (width + 1));
  columns = width;
  // 16 zeros between rows: left neighbours of one, and what the last vector of the other reads too much.
  stride = aligned(width) + 16;
  input = aligned(__heap_base);
  firstRow = aligned(input + 2 * stripBytes) + stride + 16;
  candidates = firstRow + <usize>rows * stride;
  filtered = candidates + 4 * stride;
  runs = aligned(filtered + stripBytes);
  output = aligned(runs + stripBytes);
  // Stored blocks take 5 bytes each beside their content, and the bit writer up to 8 behind its end.
  const end = output + stripBytes + 64;
  const pages = <i32>((end + 65535) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return 0;
  memory.fill(firstRow - stride - 16, 0, candidates - (firstRow - stride - 16));
  beginBits();
  checksum = 1;
  isFirst = true;
  return rows;
}

/**
 * Encodes the next rows from words, through the table.
 *
 * @param rows - How many, at most what begin returned.
 * @param isLast - Whether the picture ends with them.
 * @returns Bytes at outputAddress.
 */
export function wordStrip(rows: i32, isLast: bool): i32 {
  let from = input;
  for (let row = 0; row < rows; row += 1) {
    let to = rowAddress(row);
    const end = to + columns;
    for (; to + 4 <= end; to += 4, from += 8) store<u32>(to, grey(from) | (grey(from + 2) << 8) | (grey(from + 4) << 16) | (grey(from + 6) << 24));
    for (; to < end; to += 1, from += 2) store<u8>(to, <u8>grey(from));
  }
  return encodeStrip(rows, isLast);
}

/** As wordStrip, from grey levels. */
export function greyStrip(rows: i32, isLast: bool): i32 {
  for (let row = 0; row < rows; row += 1) memory.copy(rowAddress(row), input + row * columns, columns);
  return encodeStrip(rows, isLast);
}

function encodeStrip(rows: i32, isLast: bool): i32 {
  const size = rows * (columns + 1);
  for (let row = 0; row < rows; row += 1) filterRow(rowAddress(row), stride, columns, candidates, filtered + row * (columns + 1));
  memory.copy(rowAddress(-1), rowAddress(rows - 1), columns);
  checksum = adler32(checksum, filtered, size);
  writeTo(output);
  if (isFirst) put(ZLIB_HEADER, 16);
  isFirst = false;
  writeBlock(filtered, size, runs, isLast);
  if (isLast) {
    putBytesWhole();
    put(bswap<u32>(checksum), 32);
  }
  return <i32>(writtenTo() - output);
}

function grey(word: usize): u32 {
  return load<u8>(greyByWord + load<u16>(word));
}

/** Of a row of the strip; -1 is the last row of the strip before, zeros at first. */
function rowAddress(row: i32): usize {
  return firstRow + <usize>row * stride;
}

/** The next address that a vector may lie at. */
function aligned(address: usize): usize {
  return (address + 15) & ~15;
}
