/* Draws the PNG icons from assets/icons/lungdesk.svg; run after a change of the drawing and commit the result. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const folder = fileURLToPath(new URL('../assets/icons/', import.meta.url));
const drawing = await readFile(`${folder}lungdesk.svg`);
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  await sharp(drawing, { density: (72 * size) / 512 * 4 }).resize(size, size).png({ compressionLevel: 9 }).toFile(`${folder}lungdesk-${size}.png`);
}
