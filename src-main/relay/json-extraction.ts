/** How deep an answer may nest; LungDesk's own form needs three levels. */
const deepestNesting = 32;
/** Brackets that are followed at all. */
const deepestStack = 1000;
const mostStarts = 40;

/** What was found of JSON objects in a text. */
export interface JsonObjects {
  /** Balanced top-level objects, in order. */
  readonly objects: readonly string[];
  /** An object begins and never ends: the text was cut. One whose brackets do not match is none. */
  readonly unfinished: boolean;
}

/**
 * Strips what models wrap around an answer: byte order mark, thinking, white space.
 *
 * @param text - A model's words.
 */
export function unwrapped(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/<think>[\s\S]*?(<\/think>|$)/gi, '').trim();
}

/**
 * Finds the balanced {...} objects of a text, whatever prose or code fences stand around them.
 *
 * @param text - At most 1 MB; the search is linear in it for each of a bounded number of starts.
 */
export function findJsonObjects(text: string): JsonObjects {
  const objects: string[] = [];
  let unfinished = false;
  let from = text.indexOf('{');
  for (let starts = 0; from !== -1 && starts < mostStarts; starts += 1) {
    const end = endOfObject(text, from);
    if (typeof end === 'number') objects.push(text.slice(from, end));
    else if (end === 'unfinished') unfinished = true;
    from = text.indexOf('{', typeof end === 'number' ? end : from + 1);
  }
  return { objects, unfinished };
}

function endOfObject(text: string, start: number): number | 'unfinished' | 'mismatched' {
  const closers: string[] = [];
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (closers.push(character === '{' ? '}' : ']') > deepestStack) return 'mismatched';
    } else if (character === '}' || character === ']') {
      if (closers.pop() !== character) return 'mismatched';
      if (closers.length === 0) return index + 1;
    }
  }
  return 'unfinished';
}

/**
 * Whether valid JSON says something twice or nests absurdly: `JSON.parse` would silently keep the last word.
 *
 * @param json - Text that JSON.parse accepts.
 */
export function isAmbiguousJson(json: string): boolean {
  const keysByDepth: (Set<string> | null)[] = [];
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '{' || character === '[') {
      keysByDepth.push(character === '{' ? new Set() : null);
      if (keysByDepth.length > deepestNesting) return true;
    } else if (character === '}' || character === ']') keysByDepth.pop();
    else if (character === '"') {
      const end = endOfString(json, index);
      const keys = keysByDepth.at(-1);
      if (keys !== null && keys !== undefined && isBeforeColon(json, end)) {
        const key = JSON.parse(json.slice(index, end)) as string;
        if (keys.has(key)) return true;
        keys.add(key);
      }
      index = end - 1;
    }
  }
  return false;
}

function isBeforeColon(json: string, from: number): boolean {
  let at = from;
  while (' \t\n\r'.includes(json[at] ?? 'x')) at += 1;
  return json[at] === ':';
}

function endOfString(json: string, start: number): number {
  for (let index = start + 1; index < json.length; index += 1) {
    if (json[index] === '\\') index += 1;
    else if (json[index] === '"') return index + 1;
  }
  return json.length;
}
