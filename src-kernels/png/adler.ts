/** Largest number of bytes whose sums stay within 32 bits. */
const LONGEST_STEP: i32 = 5552;

/**
 * Goes on with an Adler-32 checksum, 16 bytes at a time.
 *
 * @param checksum - Of what came before; 1 at the beginning.
 * @see RFC 1950, section 8.2
 */
export function adler32(checksum: u32, from: usize, size: i32): u32 {
  const firstWeights = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const lastWeights = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let low = checksum & 65535;
  let high = checksum >> 16;
  while (size > 0) {
    const step = min(size, LONGEST_STEP);
    const end = from + step;
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (; from + 16 <= end; from += 16) {
      const bytes = v128.load(from);
      before = v128.add<i32>(before, sums);
      sums = v128.add<i32>(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = v128.add<i32>(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), firstWeights));
      weighted = v128.add<i32>(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), lastWeights));
    }
    high += low * (step & ~15) + 16 * sumOfLanes(before) + sumOfLanes(weighted);
    low += sumOfLanes(sums);
    for (; from < end; from += 1) {
      low += load<u8>(from);
      high += low;
    }
    low %= 65521;
    high %= 65521;
    size -= step;
  }
  return (high << 16) | low;
}

/** Adds up the four lanes of a vector. */
export function sumOfLanes(lanes: v128): u32 {
  return i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3);
}
