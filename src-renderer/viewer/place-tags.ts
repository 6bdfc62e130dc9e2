import type { Box } from './plane-transform.ts';

/** Something on the image that has words beside it. */
export interface TaggedBox {
  /** Around what is drawn, in px of the viewport. */
  readonly box: Box;
  /** What it is called, and what of that stands where there is little room. */
  readonly words: string;
  readonly short: string;
}

/** Words, and the start of their base line, px. */
export interface PlacedTag {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const [heightPx, ascentPx, gapPx] = [14, 11, 7];
/** Widths of letters in the tags' type, px; those of Chinese are square. */
const [letterPx, chinesePx] = [6.8, 12];

/**
 * Finds places for words beside what they name, so that no words lie on others.
 *
 * @param items - Most important first: they choose first.
 * @returns One for each, in their order: at the lower right where neither words nor outlines are, else at another corner, else the
 *   short form; where all that is taken, over an outline, and where words are everywhere the short form stands at the lower right all the same.
 */
export function placeTags(items: readonly TaggedBox[]): readonly PlacedTag[] {
  const taken: Box[] = [];
  return items.map(({ box, words, short }) => {
    const fallback = corners(box, short);
    const free = [...corners(box, words), ...fallback].filter(({ room }) => taken.every((other) => !overlap(room, other)));
    const chosen = free.find(({ room }) => items.every((other) => !overlap(room, other.box))) ?? free[0] ?? fallback[0];
    taken.push(chosen.room);
    return { text: chosen.text, x: chosen.room.x, y: chosen.room.y + ascentPx };
  });
}

interface Choice {
  readonly text: string;
  readonly room: Box;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e7f' ? chinesePx : letterPx), 0);
}

/** Numbers of findings stand at the upper right: that corner comes last. */
function corners({ x, y, width, height }: Box, text: string): readonly [Choice, Choice, Choice, Choice] {
  const wide = widthOf(text);
  const [right, left, below, above] = [x + width + gapPx, x - gapPx - wide, y + height, y - heightPx];
  const at = (atX: number, atY: number): Choice => ({ text, room: { x: atX, y: atY, width: wide, height: heightPx } });
  return [at(right, below), at(left, below), at(left, above), at(right, above)];
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
