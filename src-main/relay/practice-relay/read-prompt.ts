import { requestPurposes } from '../../../src-shared/domain/request-plan.ts';
import type { RequestPurpose } from '../../../src-shared/domain/request-plan.ts';
import { tileWords } from '../prompt.ts';

/** An attribute that is asked for, with the only words for it. */
export interface AskedAttribute {
  readonly name: string;
  readonly values: readonly string[];
}

/** What a label says of the picture after it: numbers in reading order, and the grid. */
export interface PictureLabel {
  readonly numbers: readonly number[];
  readonly across: number;
  readonly down: number;
}

const mostTiles = 400;

/**
 * Finds the code to be echoed.
 *
 * @param text - Words of a request.
 * @returns null when the words are not LungDesk's.
 */
export function codeInPrompt(text: string): string | null {
  return /repeat this code exactly: (\S{1,200})/.exec(text)?.[1] ?? null;
}

/**
 * Finds what a request asks about.
 *
 * @param text - Words of a request.
 * @returns null when the words are not LungDesk's.
 */
export function purposeInPrompt(text: string): RequestPurpose | null {
  return requestPurposes.find((purpose) => text.includes(tileWords[purpose])) ?? null;
}

/**
 * Finds the attributes that are asked for.
 *
 * @param text - Words of a request.
 */
export function attributesInPrompt(text: string): readonly AskedAttribute[] {
  return [...text.matchAll(/^"([a-z][a-z0-9-]*)" \(.*\): ([a-z0-9-]+(?:, [a-z0-9-]+)*)$/gm)].map(([, name = '', values = '']) => ({ name, values: values.split(', ') }));
}

/**
 * Reads a picture's label.
 *
 * @param text - One part of a request's words.
 * @returns null when it is none.
 */
export function pictureLabel(text: string): PictureLabel | null {
  const single = /^Picture \d{1,3}: tile (\d{1,4})$/.exec(text.trim())?.[1];
  if (single !== undefined) return { numbers: [Number(single)], across: 1, down: 1 };
  const found = /^Picture \d{1,3}: tiles (\d[\d, to]*), (\d{1,3}) across, (\d{1,3}) down$/.exec(text.trim());
  if (found === null) return null;
  const [, list = '', across, down] = found;
  const numbers = numbersOf(list);
  return numbers === null || numbers.length > Number(across) * Number(down) ? null : { numbers, across: Number(across), down: Number(down) };
}

function numbersOf(list: string): readonly number[] | null {
  const range = /^(\d{1,4}) to (\d{1,4})$/.exec(list);
  if (range === null) return /^\d{1,4}(, \d{1,4})*$/.test(list) ? list.split(', ').map(Number) : null;
  const [first, last] = [Number(range[1]), Number(range[2])];
  return last < first || last - first >= mostTiles ? null : Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
