/*
 * Gaussian smoothing of a block of 32-bit floats along one axis, four cells at a time.
 *
 * Only stretches of lines are done: spans hold from (inclusive) and to (exclusive) per line as 32-bit integers. Beyond the block's
 * edges its outermost cells hold. Weights are 32-bit floats: of the middle, then of distance 1, 2, ... on either side.
 * Source and target do not overlap. src-main/finder/find/smooth-field.ts does the same in TypeScript and tests this one.
 */

/** Farthest neighbours of a line: a kernel reaches no further. */
const MOST_REACH: i32 = 64;

const before = memory.data(MOST_REACH * 4, 16);
const after = memory.data(MOST_REACH * 4, 16);

/**
 * Takes memory behind what the kernel itself uses.
 *
 * @param bytes - As much.
 * @returns Its address, a multiple of 16.
 */
export function reserve(bytes: u32): usize {
  const start: usize = (__heap_base + 15) & ~15;
  const pages = <i32>((start + bytes + 65535) >>> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return 0;
  return start;
}

/** Smooths along the lines. */
export function smoothAlong(source: usize, target: usize, columns: i32, lines: i32, spans: usize, weights: usize, reach: i32): void {
  for (let line = 0; line < lines; line += 1) {
    const from = load<i32>(spans + (<usize>line << 3));
    const to = load<i32>(spans + (<usize>line << 3) + 4);
    const start = source + (<usize>(line * columns) << 2);
    const result = target + (<usize>(line * columns) << 2);
    const free = min(to, columns - reach);
    let column = from;
    for (; column < to && column < reach; column += 1) store<f32>(result + (<usize>column << 2), oneAlong(start, column, columns, weights, reach));
    for (; column + 4 <= free; column += 4) {
      const at = start + (<usize>column << 2);
      let sum = f32x4.mul(f32x4.splat(load<f32>(weights)), v128.load(at));
      for (let off = 1; off <= reach; off += 1) {
        const way = <usize>off << 2;
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(load<f32>(weights + way)), f32x4.add(v128.load(at - way), v128.load(at + way))));
      }
      v128.store(result + (<usize>column << 2), sum);
    }
    for (; column < to; column += 1) store<f32>(result + (<usize>column << 2), oneAlong(start, column, columns, weights, reach));
  }
}

function oneAlong(start: usize, column: i32, columns: i32, weights: usize, reach: i32): f32 {
  let sum = load<f32>(weights) * load<f32>(start + (<usize>column << 2));
  for (let off = 1; off <= reach; off += 1) {
    const low = <usize>max(0, column - off);
    const high = <usize>min(columns - 1, column + off);
    sum += load<f32>(weights + (<usize>off << 2)) * (load<f32>(start + (low << 2)) + load<f32>(start + (high << 2)));
  }
  return sum;
}

/**
 * Smooths across the lines.
 *
 * @param count - Lines that belong together, lineStep lines apart: the rows of a layer, or the layers.
 * @param lineStep - 1 for rows, rows for layers.
 */
export function smoothAcross(source: usize, target: usize, columns: i32, lines: i32, count: i32, lineStep: i32, spans: usize, weights: usize, reach: i32): void {
  for (let line = 0; line < lines; line += 1) {
    const from = load<i32>(spans + (<usize>line << 3));
    const to = load<i32>(spans + (<usize>line << 3) + 4);
    if (from >= to) continue;
    const own = (line / lineStep) % count;
    for (let off = 1; off <= reach; off += 1) {
      const low = line + (max(0, own - off) - own) * lineStep;
      const high = line + (min(count - 1, own + off) - own) * lineStep;
      store<usize>(before + (<usize>(off - 1) << 2), source + (<usize>(low * columns) << 2));
      store<usize>(after + (<usize>(off - 1) << 2), source + (<usize>(high * columns) << 2));
    }
    const start = <usize>(line * columns) << 2;
    let column = from;
    for (; column + 4 <= to; column += 4) {
      const way = <usize>column << 2;
      let sum = f32x4.mul(f32x4.splat(load<f32>(weights)), v128.load(source + start + way));
      for (let off = 1; off <= reach; off += 1) {
        const place = <usize>(off - 1) << 2;
        const both = f32x4.add(v128.load(load<usize>(before + place) + way), v128.load(load<usize>(after + place) + way));
        sum = f32x4.add(sum, f32x4.mul(f32x4.splat(load<f32>(weights + (<usize>off << 2))), both));
      }
      v128.store(target + start + way, sum);
    }
    for (; column < to; column += 1) {
      const way = <usize>column << 2;
      let sum = load<f32>(weights) * load<f32>(source + start + way);
      for (let off = 1; off <= reach; off += 1) {
        const place = <usize>(off - 1) << 2;
        sum += load<f32>(weights + (<usize>off << 2)) * (load<f32>(load<usize>(before + place) + way) + load<f32>(load<usize>(after + place) + way));
      }
      store<f32>(target + start + way, sum);
    }
  }
}
