import { encodeGreyPng } from '../imaging/pictures/encode-png.ts';
import { drawText } from '../imaging/pictures/glyphs.ts';
import { drawProbeSheet } from '../relay/diagnosis/draw-probe-sheet.ts';
import { probeLayout } from '../relay/diagnosis/probe-sheet.ts';
import type { ProbeSheet } from '../relay/diagnosis/probe-sheet.ts';
import type { RequestPicture } from '../relay/tile-request.ts';

const inkLevel = 255;

/**
 * Draws the picture of a diagnosis as a reading's sheets are drawn, with their font and their encoder.
 *
 * @param sheet - What it shows.
 */
export async function drawProbePicture(sheet: ProbeSheet): Promise<RequestPicture> {
  const { columns, rows, tiles } = sheet;
  const { strip, dotSize } = probeLayout;
  const grey = drawProbeSheet(sheet);
  for (const { number, left, top } of tiles) drawText({ grey, columns, rows }, String(number), { left, top: top - strip + dotSize, dotSize, level: inkLevel });
  return { bytes: await encodeGreyPng(grey, columns, rows), mediaType: 'image/png', columns, rows, tiles };
}
