import type { GridValues, LineSpans, SearchGrid } from './search-grid.ts';

/**
 * Takes a field's grid for a coarser one whose cells are two along the axes that are finer than wanted.
 *
 * @param field - Values and spans.
 * @param wantedMm - Axes with cells below three quarters of it are halved.
 * @returns A grid with its own memory; the same one where nothing is to be done.
 */
export function halveField(field: GridValues & { readonly spans: LineSpans }, wantedMm: number): GridValues & { readonly spans: LineSpans } {
  const { grid } = field;
  const isHalved = grid.cellMm.map((mm) => mm < 0.75 * wantedMm) as [boolean, boolean, boolean];
  if (!isHalved.includes(true)) return field;
  const [x, y, z] = isHalved.map((is) => (is ? 2 : 1)) as [number, number, number];
  const half: SearchGrid = {
    columns: Math.ceil(grid.columns / x), rows: Math.ceil(grid.rows / y), layers: Math.ceil(grid.layers / z),
    cellMm: [grid.cellMm[0] * x, grid.cellMm[1] * y, grid.cellMm[2] * z],
    firstColumn: grid.firstColumn + ((x - 1) / 2) * grid.columnStep, firstRow: grid.firstRow + ((y - 1) / 2) * grid.rowStep,
    columnStep: grid.columnStep * x, rowStep: grid.rowStep * y,
    firstMm: grid.firstMm + ((z - 1) / 2) * grid.cellMm[2],
    // Two cells averaged: half a cell of standard deviation.
    blurMm: [0, 1, 2].map((axis) => Math.hypot(grid.blurMm[axis] ?? 0, isHalved[axis] === true ? (grid.cellMm[axis] ?? 0) / 2 : 0)) as [number, number, number],
  };
  const values = new Float32Array(half.columns * half.rows * half.layers);
  const spans = new Int32Array(2 * half.rows * half.layers);
  const share = 1 / (x * y * z);
  for (let line = 0; line < half.rows * half.layers; line += 1) {
    const target = line * half.columns;
    let first = grid.columns;
    let last = 0;
    for (let part = 0; part < y * z; part += 1) {
      const row = (line % half.rows) * y + (part % y);
      const layer = Math.floor(line / half.rows) * z + Math.floor(part / y);
      // At an odd end the last line stands for both.
      const source = Math.min(layer, grid.layers - 1) * grid.rows + Math.min(row, grid.rows - 1);
      const [from, to] = [field.spans[2 * source] ?? 0, field.spans[2 * source + 1] ?? 0];
      if (from >= to) continue;
      if (from < first) first = from;
      if (to > last) last = to;
      const start = source * grid.columns;
      if (x === 2) for (let at = from; at < to; at += 1) values[target + (at >> 1)] = (values[target + (at >> 1)] ?? 0) + share * (field.values[start + at] ?? 0);
      else for (let at = from; at < to; at += 1) values[target + at] = (values[target + at] ?? 0) + share * (field.values[start + at] ?? 0);
    }
    if (last === 0) continue;
    spans[2 * line] = Math.floor(first / x);
    spans[2 * line + 1] = Math.ceil(last / x);
  }
  return { grid: half, values, spans };
}
