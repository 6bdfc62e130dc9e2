import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { contactSheet } from './draw-place.ts';
import type { ColourPicture } from './draw-place.ts';
import type { BookPicture, PictureBook } from './picture-book.ts';

const picturesPerRow = 2;

/** A book with the title of its part of the page. */
export interface TitledBook {
  readonly title: string;
  readonly book: PictureBook;
}

/**
 * Writes pictures of misses and false positives: one PNG each, a contact sheet of each kind, and a page that shows them with captions.
 *
 * @param folder - Made where it is missing; files of an earlier run are written over.
 * @param books - One per finder and exam.
 */
export async function writeBooks(folder: string, books: readonly TitledBook[]): Promise<void> {
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  const parts: string[] = [];
  for (const [index, { title, book }] of books.entries()) {
    parts.push(`<h2>${escaped(title)}</h2>`);
    parts.push(await writeKind(folder, `${String(index + 1)}-misses`, 'Misses', book.misses));
    parts.push(await writeKind(folder, `${String(index + 1)}-false-positives`, 'False positives, best ranked first', book.falsePositives));
  }
  writeFileSync(join(folder, 'index.html'), page(parts.join('\n')));
}

async function writeKind(folder: string, name: string, heading: string, pictures: readonly BookPicture[]): Promise<string> {
  if (pictures.length === 0) return `<h3>${heading}: none</h3>`;
  await writePicture(join(folder, `${name}.png`), contactSheet(pictures.map(({ picture }) => picture), picturesPerRow));
  const figures = await Promise.all(pictures.map(async ({ picture, caption }, index) => {
    const file = `pictures/${name}-${String(index + 1)}.png`;
    await writePicture(join(folder, file), picture);
    return `<figure><img src="${file}" alt="axial, coronal and sagittal section" width="${String(picture.columns)}" height="${String(picture.rows)}"><figcaption>${String(index + 1)}. ${escaped(caption)}</figcaption></figure>`;
  }));
  return `<h3>${heading}</h3>\n${figures.join('\n')}`;
}

async function writePicture(path: string, { rgb, columns, rows }: ColourPicture): Promise<void> {
  await sharp(rgb, { raw: { width: columns, height: rows, channels: 3 } }).png().toFile(path);
}

function page(body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>LungDesk evaluation: misses and false positives</title>
<style>body { background: #111; color: #ddd; font: 14px sans-serif; margin: 2em } figure { display: inline-block; margin: 0 1em 1em 0 } figcaption { padding: .3em 0 }</style>
<h1>Misses and false positives</h1>
<p>Each place in three planes (axial, coronal, sagittal), 50 mm wide, lung window. Yellow ring: a nodule that was not found. Red ring: a candidate where no nodule is known.</p>
${body}
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
