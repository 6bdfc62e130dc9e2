/** 256 weights: of the middle, then of distance 1, 2, ... on either side. */
const weights = memory.data(256 * 8, 16);
/** Where the neighbours of a run of cells begin, by distance less 1. */
const before = memory.data(256 * 4, 16);
const after = memory.data(256 * 4, 16);

/** Where up to 256 weights are written, 64-bit floats. */
export function weightsAddress(): usize {
  return weights;
}

/**
 * Smooths every line of a block along its own direction; beyond its ends its outermost values hold. Sums in 64 bits, keeps in 32.
 *
 * @param count - Number of lines; lineStep cells from the start of one to the next one's.
 * @param length - Of a line; step cells from one of its cells to the next.
 * @param reach - Weights, less the middle's.
 */
export function smoothLines(source: usize, target: usize, count: i32, length: i32, lineStep: i32, step: i32, reach: i32): void {
  if (lineStep == 1) {
    for (let at = 0; at < length; at += 1) smoothRun(source, target, at, length, step, count, reach);
    return;
  }
  for (let line = 0; line < count; line += 1) {
    const start = <usize>(line * lineStep) << 2;
    for (let at = 0; at < length; at += 1) {
      // Between the ends, neighbouring cells have neighbouring neighbours.
      const cells = step == 1 && at == reach ? max(1, length - 2 * reach) : 1;
      smoothRun(source + start, target + start, at, length, step, cells, reach);
      at += cells - 1;
    }
  }
}

/** Smooths cells that lie side by side, the first of them at a place of its line. */
function smoothRun(source: usize, target: usize, at: i32, length: i32, step: i32, cells: i32, reach: i32): void {
  for (let off = 1; off <= reach; off += 1) {
    store<usize>(before + (<usize>(off - 1) << 2), source + (<usize>(max(at - off, 0) * step) << 2));
    store<usize>(after + (<usize>(off - 1) << 2), source + (<usize>(min(at + off, length - 1) * step) << 2));
  }
  const middle = source + (<usize>(at * step) << 2);
  const result = target + (<usize>(at * step) << 2);
  const end = <usize>cells << 2;
  let way: usize = 0;
  for (; way + 16 <= end; way += 16) {
    const own = f64x2.splat(load<f64>(weights));
    const values = v128.load(middle + way);
    let low = f64x2.mul(own, f64x2.promote_low_f32x4(values));
    let high = f64x2.mul(own, f64x2.promote_low_f32x4(upper(values)));
    for (let off = 1; off <= reach; off += 1) {
      const weight = f64x2.splat(load<f64>(weights + (<usize>off << 3)));
      const place = <usize>(off - 1) << 2;
      const lower = v128.load(load<usize>(before + place) + way);
      const higher = v128.load(load<usize>(after + place) + way);
      low = f64x2.add(low, f64x2.mul(weight, f64x2.add(f64x2.promote_low_f32x4(lower), f64x2.promote_low_f32x4(higher))));
      high = f64x2.add(high, f64x2.mul(weight, f64x2.add(f64x2.promote_low_f32x4(upper(lower)), f64x2.promote_low_f32x4(upper(higher)))));
    }
    v128.store(result + way, v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
  }
  for (; way < end; way += 4) {
    let sum = load<f64>(weights) * <f64>load<f32>(middle + way);
    for (let off = 1; off <= reach; off += 1) {
      const place = <usize>(off - 1) << 2;
      sum += load<f64>(weights + (<usize>off << 3)) * (<f64>load<f32>(load<usize>(before + place) + way) + <f64>load<f32>(load<usize>(after + place) + way));
    }
    store<f32>(result + way, <f32>sum);
  }
}

@inline
function upper(lanes: v128): v128 {
  return v128.shuffle<i64>(lanes, lanes, 1, 1);
}
