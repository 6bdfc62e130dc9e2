/*
 * Reduces slices of 16-bit pixels to coarser cells: each cell is the mean of what lies under it, by shares.
 *
 * Taps of an axis are, for each cell, its first pixel (32-bit integer) and as many shares (32-bit floats) as taps are counted.
 * src-main/finder/find/plane-reducer.ts calls it; test/unit/finder/find/plain-reducer.ts does the same in TypeScript and tests this one.
 */

/**
 * Takes memory behind what the kernel itself uses.
 *
 * @param bytes - As much.
 * @returns Its address, a multiple of 16; 0 when there is no memory.
 */
export function reserve(bytes: u32): usize {
  const start: usize = (__heap_base + 15) & ~15;
  const pages = <i32>((start + bytes + 65535) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return 0;
  return start;
}

/**
 * Reduces a slice.
 *
 * @param pixels - At the first pixel of its first row under a cell; width pixels of each row are read.
 * @param stride - Pixels from row to row.
 * @param line - Room for width 32-bit floats.
 * @param plane - Where columns x rows cells go.
 * @param downFirst - Of the taps down: first row of each row of cells, counted from pixels.
 * @param least - Pixels are held between it and most.
 */
export function reduce(
  pixels: usize, stride: i32, line: usize, width: i32, plane: usize, columns: i32, rows: i32,
  downFirst: usize, downShares: usize, downCount: i32, acrossFirst: usize, acrossShares: usize, acrossCount: i32, least: i32, most: i32,
): void {
  for (let row = 0; row < rows; row += 1) {
    memory.fill(line, 0, <usize>width << 2);
    const first = load<i32>(downFirst + (<usize>row << 2));
    for (let tap = 0; tap < downCount; tap += 1) {
      const share = load<f32>(downShares + (<usize>(row * downCount + tap) << 2));
      if (share != 0) addPixels(line, pixels + (<usize>((first + tap) * stride) << 1), width, share, least, most);
    }
    reduceLine(plane + (<usize>(row * columns) << 2), columns, line, acrossFirst, acrossShares, acrossCount);
  }
}

/** Sums in 64 bits and keeps them in 32, two pixels at a time. */
function addPixels(line: usize, pixels: usize, width: i32, share: f64, least: i32, most: i32): void {
  const shares = f64x2.splat(share);
  const leasts = i16x8.splat(<i16>least);
  const mosts = i16x8.splat(<i16>most);
  let column = 0;
  for (; column + 4 <= width; column += 4, pixels += 8, line += 16) {
    const held = i32x4.extend_low_i16x8_s(i16x8.min_s(i16x8.max_s(v128.load64_zero(pixels), leasts), mosts));
    const sums = v128.load(line);
    const low = f64x2.add(f64x2.promote_low_f32x4(sums), f64x2.mul(shares, f64x2.convert_low_i32x4_s(held)));
    const high = f64x2.add(f64x2.promote_low_f32x4(upper(sums)), f64x2.mul(shares, f64x2.convert_low_i32x4_s(upper(held))));
    v128.store(line, v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
  }
  for (; column < width; column += 1, pixels += 2, line += 4) {
    const held = min(max(<i32>load<i16>(pixels), least), most);
    store<f32>(line, <f32>(<f64>load<f32>(line) + share * <f64>held));
  }
}

@inline
function upper(lanes: v128): v128 {
  return v128.shuffle<i64>(lanes, lanes, 1, 1);
}

function reduceLine(plane: usize, columns: i32, line: usize, first: usize, shares: usize, count: i32): void {
  for (let cell = 0; cell < columns; cell += 1) {
    const from = line + (<usize>load<i32>(first + (<usize>cell << 2)) << 2);
    let sum: f64 = 0;
    for (let tap = 0; tap < count; tap += 1, shares += 4) sum += <f64>load<f32>(shares) * <f64>load<f32>(from + (<usize>tap << 2));
    store<f32>(plane + (<usize>cell << 2), <f32>sum);
  }
}
