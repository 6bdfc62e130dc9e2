/** Square of a distance where there is no shape; the nearest 32-bit float to it is what cells hold. */
const FAR: f64 = 1e12;
const FAR_HELD: f32 = <f32>FAR;

/**
 * Squared distances along a row, from run to run of cells that are no target.
 *
 * @param target - Bytes, 1 in the shape.
 * @param squares - 32-bit floats.
 */
export function squaresAlong(target: usize, squares: usize, length: i32, step: f64): void {
  for (let at = 0; at < length; at += 1) {
    if (load<u8>(target + at) == 1) {
      store<f32>(squares + (<usize>at << 2), 0);
      continue;
    }
    const from = at;
    while (at < length && load<u8>(target + at) != 1) at += 1;
    for (let cell = from; cell < at; cell += 1) {
      const before = from > 0 ? <f64>(cell - from + 1) : FAR;
      const behind = at < length ? <f64>(at - cell) : FAR;
      const way = min(before, behind) * step;
      store<f32>(squares + (<usize>cell << 2), <f32>min(way * way, FAR));
    }
    at -= 1;
  }
}

/**
 * Replaces a line of squared distances by the lower envelope of the parabolas on them; only between zeros there is anything to do.
 *
 * @param stride - Bytes from cell to cell.
 * @param work - Room for 24 bytes a cell and 8 more.
 */
export function lowerEnvelope(squares: usize, stride: usize, length: i32, step: f64, work: usize): void {
  let at = 0;
  for (let place = squares; at < length; at += 1, place += stride) {
    if (load<f32>(place) == 0) continue;
    const from = at;
    for (; at < length && load<f32>(place) != 0; at += 1) place += stride;
    // What lies beyond a zero is never nearer than the zero itself.
    envelopeOfRun(squares, stride, max(from - 1, 0), min(at, length - 1), step, work);
  }
}

function envelopeOfRun(squares: usize, stride: usize, first: i32, end: i32, step: f64, work: usize): void {
  const scale = 1 / (step * step);
  const heights = work;
  const borders = heights + (<usize>(end - first + 1) << 3);
  const places = borders + (<usize>(end - first + 2) << 3);
  const start = squares + <usize>first * stride;
  const count = end - first + 1;
  let last = -1;
  let from = start;
  for (let at = 0; at < count; at += 1, from += stride) {
    const square = load<f32>(from);
    if (square >= FAR_HELD) continue;
    const height = <f64>square * scale;
    store<f64>(heights + (<usize>at << 3), height);
    let border: f64 = -Infinity;
    while (last >= 0) {
      const place = load<i32>(places + (<usize>last << 2));
      border = ((height - load<f64>(heights + (<usize>place << 3))) / <f64>(at - place) + <f64>(at + first) + <f64>(place + first)) / 2;
      if (border > load<f64>(borders + (<usize>last << 3))) break;
      last -= 1;
      border = -Infinity;
    }
    last += 1;
    store<i32>(places + (<usize>last << 2), at);
    store<f64>(borders + (<usize>last << 3), border);
  }
  if (last < 0) return;
  store<f64>(borders + (<usize>(last + 1) << 3), Infinity);
  let part = 0;
  let to = start;
  for (let at = 0; at < count; at += 1, to += stride) {
    while (load<f64>(borders + (<usize>(part + 1) << 3)) <= <f64>(at + first)) part += 1;
    const place = load<i32>(places + (<usize>part << 2));
    const off = <f64>(at - place);
    store<f32>(to, <f32>((load<f64>(heights + (<usize>place << 3)) + off * off) / scale));
  }
}

/** Square roots of a line. */
export function roots(line: usize, length: i32): void {
  const end = line + (<usize>length << 2);
  for (; line + 16 <= end; line += 16) v128.store(line, f32x4.sqrt(v128.load(line)));
  for (; line < end; line += 4) store<f32>(line, sqrt(load<f32>(line)));
}
