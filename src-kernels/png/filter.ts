import { sumOfLanes } from './adler';

/**
 * Filters a row in all four ways and keeps the one whose residuals, taken as signed, have the smallest sum.
 *
 * @param row - Address of its first pixel; the byte before it and the 15 behind its last pixel are 0, and so it is in the row above.
 * @param stride - From a row to the next, a multiple of 16.
 * @param candidates - Room for four rows.
 * @param to - Where the filter's type and columns residuals go.
 * @see PNG (Third Edition), sections 9 and 12.7
 */
export function filterRow(row: usize, stride: usize, columns: usize, candidates: usize, to: usize): void {
  let sub = i32x4.splat(0);
  let up = sub;
  let average = sub;
  let paeth = sub;
  for (let x: usize = 0; x < columns; x += 16) {
    const value = v128.load(row + x);
    const left = v128.load(row + x - 1);
    const above = v128.load(row + x - stride);
    const aboveLeft = v128.load(row + x - stride - 1);
    const place = candidates + x;
    // avgr rounds up where PNG rounds down.
    const mean = v128.sub<u8>(v128.avgr<u8>(left, above), v128.and(v128.xor(left, above), i8x16.splat(1)));
    sub = v128.add<i32>(sub, keep(place, v128.sub<u8>(value, left)));
    up = v128.add<i32>(up, keep(place + stride, v128.sub<u8>(value, above)));
    average = v128.add<i32>(average, keep(place + 2 * stride, v128.sub<u8>(value, mean)));
    paeth = v128.add<i32>(paeth, keep(place + 3 * stride, v128.sub<u8>(value, predictPaeth(left, above, aboveLeft))));
  }
  let filter: usize = 1;
  let least = sumOfLanes(sub);
  if (sumOfLanes(up) < least) {
    filter = 2;
    least = sumOfLanes(up);
  }
  if (sumOfLanes(average) < least) {
    filter = 3;
    least = sumOfLanes(average);
  }
  if (sumOfLanes(paeth) < least) filter = 4;
  store<u8>(to, <u8>filter);
  memory.copy(to + 1, candidates + (filter - 1) * stride, columns);
}

/** Stores residuals and adds up how far they are from 0. */
function keep(place: usize, residuals: v128): v128 {
  v128.store(place, residuals);
  return i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v128.abs<i8>(residuals)));
}

/**
 * Paeth's predictor in eight bits. With p = a + b - c its distances are |p - a| = |b - c|, |p - b| = |a - c| and
 * |p - c| = |(a - c) + (b - c)|: the difference of the first two where c lies between a and b, else no less than either.
 */
function predictPaeth(a: v128, b: v128, c: v128): v128 {
  const bOverC = v128.sub_sat<u8>(b, c);
  const cOverB = v128.sub_sat<u8>(c, b);
  const aOverC = v128.sub_sat<u8>(a, c);
  const cOverA = v128.sub_sat<u8>(c, a);
  const toA = v128.or(bOverC, cOverB);
  const toB = v128.or(aOverC, cOverA);
  const isBetween = v128.eq<u8>(v128.or(v128.min<u8>(aOverC, bOverC), v128.min<u8>(cOverA, cOverB)), i8x16.splat(0));
  const difference = v128.or(v128.sub_sat<u8>(toA, toB), v128.sub_sat<u8>(toB, toA));
  const toC = v128.or(difference, v128.not(isBetween));
  const least = v128.min<u8>(v128.min<u8>(toA, toB), toC);
  return v128.bitselect(a, v128.bitselect(b, c, v128.eq<u8>(toB, least)), v128.eq<u8>(toA, least));
}
