/** Marks cells from a level on, and what is not dense or lies beyond the wall. */
export function markDense(values: usize, fromWall: usize, dense: usize, outside: usize, cells: i32, level: f64): void {
  for (let at: usize = 0; at < <usize>cells; at += 1) {
    const isDense = <f64>load<f32>(values + (at << 2)) >= level;
    store<u8>(dense + at, <u8>isDense);
    store<u8>(outside + at, <u8>!(isDense && load<f32>(fromWall + (at << 2)) > 0));
  }
}

/**
 * Marks the cells around a core, and a crust of them where dense tissue ends.
 *
 * @param outside - Never marked.
 * @param toCore - Distance from the core, mm.
 * @param own - Where the marks go.
 * @param reachMm - Of the cells around the core; cells up to crustMm beyond are marked where the nodule does not go on.
 * @param furtherMm - What goes on has a neighbour at least so much farther from the core.
 */
export function markOwn(
  outside: usize, toCore: usize, own: usize, columns: i32, rows: i32, layers: i32, reachMm: f64, crustMm: f64, furtherMm: f64,
): void {
  const size = columns * rows;
  const cells = size * layers;
  memory.fill(own, 0, cells);
  for (let at = 0; at < cells; at += 1) {
    const offMm = <f64>load<f32>(toCore + (<usize>at << 2)) - reachMm;
    if (offMm > crustMm || load<u8>(outside + at) == 1) continue;
    if (offMm <= 0 || isCrust(outside, toCore, at, columns, size, cells, furtherMm)) store<u8>(own + at, 1);
  }
}

/** Whether dense tissue ends at a cell: what goes on outwards is a vessel and stays cut off. */
function isCrust(outside: usize, toCore: usize, at: i32, columns: i32, size: i32, cells: i32, furtherMm: f64): bool {
  const limitMm = <f64>load<f32>(toCore + (<usize>at << 2)) + furtherMm;
  for (let layer = -size; layer <= size; layer += size) {
    for (let row = -columns; row <= columns; row += columns) {
      for (let column = -1; column <= 1; column += 1) {
        const next = at + layer + row + column;
        if (next < 0 || next >= cells || load<u8>(outside + next) != 0) continue;
        if (<f64>load<f32>(toCore + (<usize>next << 2)) > limitMm) return false;
      }
    }
  }
  return true;
}

/** Marks what is dense and not the nodule's own. */
export function markOthers(dense: usize, own: usize, others: usize, cells: i32): void {
  for (let at: usize = 0; at < <usize>cells; at += 1) store<u8>(others + at, load<u8>(dense + at) & ~load<u8>(own + at));
}

let surface: i32 = 0;
let cut: i32 = 0;
let wall: i32 = 0;

/** Counts the sides of a nodule's cells that are its surface, of these those on dense tissue, and of these those on the wall. */
export function countSides(own: usize, dense: usize, outside: usize, columns: i32, rows: i32, layers: i32, counts: usize): void {
  const size = columns * rows;
  surface = 0;
  cut = 0;
  wall = 0;
  // A nodule never lies on the box's faces but at the volume's edge.
  for (let at = size, end = size * (layers - 1); at < end; at += 1) {
    if (load<u8>(own + at) != 1) continue;
    countSide(own, dense, outside, at - 1);
    countSide(own, dense, outside, at + 1);
    countSide(own, dense, outside, at - columns);
    countSide(own, dense, outside, at + columns);
    countSide(own, dense, outside, at - size);
    countSide(own, dense, outside, at + size);
  }
  store<i32>(counts, surface);
  store<i32>(counts + 4, cut);
  store<i32>(counts + 8, wall);
}

@inline
function countSide(own: usize, dense: usize, outside: usize, next: i32): void {
  const isSurface = load<u8>(own + next) ^ 1;
  const isCut = isSurface & load<u8>(dense + next);
  surface += isSurface;
  cut += isCut;
  wall += isCut & load<u8>(outside + next);
}
