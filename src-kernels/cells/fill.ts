let waiting: usize = 0;
let count: i32 = 0;
let most: f32 = 0;

/**
 * Collects the cells that are deeper than that and hang together with a start cell, by their sides.
 *
 * @param depth - 32-bit floats.
 * @param shape - Where the shape goes.
 * @param work - Room for 4 bytes for each cell and each row.
 * @returns The largest depth in it.
 */
export function fillDeep(depth: usize, shape: usize, columns: i32, rows: i32, layers: i32, start: i32, deeperThan: f64, work: usize): f32 {
  const size = columns * rows;
  memory.fill(shape, 0, size * layers);
  waiting = work;
  count = 0;
  most = 0;
  if (isDeep(depth, start, deeperThan)) push(start);
  // Whole runs along a row are taken at once; from each, the rows beside, above and below are entered.
  while (count > 0) {
    count -= 1;
    const at = load<i32>(waiting + (<usize>count << 2));
    if (load<u8>(shape + at) == 1) continue;
    const line = at / columns;
    const lineStart = line * columns;
    let left = at;
    while (left > lineStart && isDeep(depth, left - 1, deeperThan)) left -= 1;
    let right = at;
    while (right + 1 < lineStart + columns && isDeep(depth, right + 1, deeperThan)) right += 1;
    for (let cell = left; cell <= right; cell += 1) {
      store<u8>(shape + cell, 1);
      most = max(most, load<f32>(depth + (<usize>cell << 2)));
    }
    const row = line % rows;
    const layer = line / rows;
    if (row > 0) enter(depth, shape, left - columns, right - columns, deeperThan);
    if (row + 1 < rows) enter(depth, shape, left + columns, right + columns, deeperThan);
    if (layer > 0) enter(depth, shape, left - size, right - size, deeperThan);
    if (layer + 1 < layers) enter(depth, shape, left + size, right + size, deeperThan);
  }
  return most;
}

function enter(depth: usize, shape: usize, from: i32, to: i32, deeperThan: f64): void {
  let wasOpen = false;
  for (let at = from; at <= to; at += 1) {
    const isOpen = isDeep(depth, at, deeperThan) && load<u8>(shape + at) == 0;
    if (isOpen && !wasOpen) push(at);
    wasOpen = isOpen;
  }
}

@inline
function isDeep(depth: usize, at: i32, deeperThan: f64): bool {
  return <f64>load<f32>(depth + (<usize>at << 2)) > deeperThan;
}

function push(at: i32): void {
  store<i32>(waiting + (<usize>count << 2), at);
  count += 1;
}
