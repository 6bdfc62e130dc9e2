import sharp from 'sharp';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { DecodedSlice } from './decode-series.ts';

const edgePx = 160;
const directions = { axial: [[1, 0, 0], [0, 1, 0]], coronal: [[1, 0, 0], [0, 0, -1]], sagittal: [[0, 1, 0], [0, 0, -1]] } as const;

function hounsfieldAt(series: readonly DecodedSlice[], [x, y, z]: PatientPoint): number {
  const [first, second] = [series[0], series[1]];
  if (first === undefined || second === undefined) return -1024;
  const at = (z - first.origin[2]) / (second.origin[2] - first.origin[2]);
  const [below, share] = [Math.floor(at), at - Math.floor(at)];
  const [column, row] = [Math.round((x - first.origin[0]) / first.pixelSpacing[1]), Math.round((y - first.origin[1]) / first.pixelSpacing[0])];
  const value = (slice: number): number => series[slice]?.hounsfield[row * first.columns + column] ?? -1024;
  return value(below) * (1 - share) + value(below + 1) * share;
}

/** A square of the exam around a place in the lung window, as PNG. */
export async function candidatePng(series: readonly DecodedSlice[], plane: keyof typeof directions, [x, y, z]: PatientPoint, fieldMm: number): Promise<Buffer> {
  const [across, down] = directions[plane];
  const grey = new Uint8Array(edgePx * edgePx);
  for (let pixel = 0; pixel < grey.length; pixel += 1) {
    const [right, below] = [((pixel % edgePx) + 0.5 - edgePx / 2) * (fieldMm / edgePx), (Math.floor(pixel / edgePx) + 0.5 - edgePx / 2) * (fieldMm / edgePx)];
    const value = hounsfieldAt(series, [x + right * across[0] + below * down[0], y + right * across[1] + below * down[1], z + right * across[2] + below * down[2]]);
    grey[pixel] = Math.min(255, Math.max(0, Math.round(((value + 600.5) / 1499 + 0.5) * 255)));
  }
  return sharp(grey, { raw: { width: edgePx, height: edgePx, channels: 1 } }).png().toBuffer();
}
