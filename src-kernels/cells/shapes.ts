/** Largest distance from a cell of a shape to a cell, mm. */
export function farthest(shape: usize, columns: i32, rows: i32, layers: i32, cell: i32, across: f64, down: f64, up: f64): f64 {
  let most: f64 = 0;
  let at = shape;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        if (load<u8>(at) == 1) most = max(most, distanceOf(column, row, layer, columns, rows, cell, across, down, up));
      }
    }
  }
  return most;
}

/** Takes the cells off a shape that are farther from a cell than that, mm. */
export function keepNear(shape: usize, columns: i32, rows: i32, layers: i32, cell: i32, across: f64, down: f64, up: f64, mostMm: f64): void {
  let at = shape;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1, at += 1) {
        if (load<u8>(at) == 1 && distanceOf(column, row, layer, columns, rows, cell, across, down, up) > mostMm) store<u8>(at, 0);
      }
    }
  }
}

@inline
function distanceOf(column: i32, row: i32, layer: i32, columns: i32, rows: i32, cell: i32, across: f64, down: f64, up: f64): f64 {
  const x = <f64>(column - cell % columns) * across;
  const y = <f64>(row - cell / columns % rows) * down;
  const z = <f64>(layer - cell / (columns * rows)) * up;
  return sqrt(x * x + y * y + z * z);
}

/** Box around a shape's cells, first and last along each axis; last before first where there are none. */
export let left: i32 = 0;
export let right: i32 = -1;
export let top: i32 = 0;
export let bottom: i32 = -1;
export let low: i32 = 0;
export let high: i32 = -1;

/** Finds that box, with cells more to every side where the grid has them. */
export function findBounds(shape: usize, columns: i32, rows: i32, layers: i32, across: i32, down: i32, up: i32): void {
  left = columns;
  right = -1;
  top = rows;
  bottom = -1;
  low = layers;
  high = -1;
  let line = shape;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let row = 0; row < rows; row += 1, line += columns) {
      let first = 0;
      while (first < columns && load<u8>(line + first) != 1) first += 1;
      if (first == columns) continue;
      let last = columns - 1;
      while (load<u8>(line + last) != 1) last -= 1;
      left = min(left, first);
      right = max(right, last);
      top = min(top, row);
      bottom = max(bottom, row);
      low = min(low, layer);
      high = layer;
    }
  }
  if (right < 0) return;
  left = max(0, left - across);
  right = min(columns - 1, right + across);
  top = max(0, top - down);
  bottom = min(rows - 1, bottom + down);
  low = max(0, low - up);
  high = min(layers - 1, high + up);
}
