/** A disc in a phantom slice: centre and radius in pixels, grey level. */
export interface PhantomDisc {
  readonly column: number;
  readonly row: number;
  readonly radius: number;
  readonly grey: number;
}

/**
 * Draws a crude chest slice in lung window: a body, two lungs, and whatever discs are put into them.
 *
 * @param size - Width and height, pixels.
 * @param discs - Drawn over it, in order.
 * @returns Grey levels, row-major.
 */
export function phantomSlice(size: number, discs: readonly PhantomDisc[] = []): Uint8Array {
  const grey = new Uint8Array(size * size).fill(60);
  drawEllipse(grey, size, 0.5, 0.5, 0.45, 0.36, 236);
  drawEllipse(grey, size, 0.3, 0.5, 0.15, 0.24, 88);
  drawEllipse(grey, size, 0.7, 0.5, 0.15, 0.24, 88);
  for (const disc of discs) drawEllipse(grey, size, disc.column / size, disc.row / size, disc.radius / size, disc.radius / size, disc.grey);
  return grey;
}

function drawEllipse(grey: Uint8Array, size: number, x: number, y: number, radiusX: number, radiusY: number, level: number): void {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (((column / size - x) / radiusX) ** 2 + ((row / size - y) / radiusY) ** 2 <= 1) grey[row * size + column] = level;
    }
  }
}
