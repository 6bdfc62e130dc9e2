import type { ReportLexicon, SentenceToken } from './sentence-token.ts';

/** A number token. */
export type NumberToken = Extract<SentenceToken, { readonly kind: 'number' }>;

/** What a number in a sentence is said to be; 'none': nothing that a report has a number for. */
export type NumberRole = 'diameter' | 'volume' | 'slice' | 'slice-end' | 'slice-total' | 'count' | 'ref' | 'none';

/** A number with its role. */
export interface PlacedNumber {
  readonly token: NumberToken;
  readonly role: NumberRole;
}

/** Words between a number and the noun that it counts ("3 solid pulmonary nodules"). */
const mostWordsBetween = 4;

/**
 * Decides by its neighbours what each number of a sentence is. Pure.
 *
 * @param tokens - From readSentence.
 * @param lexicon - Of the sentence's language.
 */
export function placeNumbers(tokens: readonly SentenceToken[], lexicon: Pick<ReportLexicon, 'countsAhead'>): readonly PlacedNumber[] {
  const placed = new Map<number, PlacedNumber>();
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'number') placed.set(at, { token, role: roleAt(tokens, at, placed, lexicon) });
  }
  return [...placed.values()];
}

/** Places of joiners that join no numbers: a minus, or a dash that takes the place of words. */
export function strayJoiners(tokens: readonly SentenceToken[]): readonly SentenceToken[] {
  return tokens.filter((token, at) => {
    if (token.kind !== 'joiner' || /^\p{L}/u.test(token.text)) return false;
    const next = tokens[at + 1]?.kind;
    return !(tokens[at - 1]?.kind === 'number' && (next === 'number' || next === 'unit'));
  });
}

function roleAt(tokens: readonly SentenceToken[], at: number, placed: ReadonlyMap<number, PlacedNumber>, { countsAhead }: Pick<ReportLexicon, 'countsAhead'>): NumberRole {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  const unit = after?.kind === 'joiner' && after.text === '-' ? tokens[at + 2] : after;
  if (unit?.kind === 'unit') {
    const role = unit.unit === 'mm' ? 'diameter' : 'volume';
    return (measureBefore(tokens, at) ?? role) === role ? role : 'none';
  }
  if (after?.kind === 'counter') return 'count';
  const earlier = earlierSlice(tokens, at, placed);
  if (before?.kind === 'slice' || before?.kind === 'ordinal') return earlier === 'joined' ? 'slice-end' : 'slice';
  if (earlier === 'joined') return 'slice-end';
  if (before?.kind === 'total' && (earlier === 'total' || after?.kind === 'slice')) return 'slice-total';
  if (before?.kind === 'noun') return 'ref';
  return countsAhead && countsNoun(tokens, at) ? 'count' : 'none';
}

/** What the words since the number before say that is measured. */
function measureBefore(tokens: readonly SentenceToken[], at: number): 'diameter' | 'volume' | null {
  const from = tokens.slice(0, at).findLastIndex(({ kind }) => kind === 'number');
  const named = tokens.slice(from + 1, at).findLast((token) => token.kind === 'measure');
  return named?.kind === 'measure' ? named.of : null;
}

/** How a number hangs together with the slice number before it: as the other end of a range, or as the number of all slices. */
function earlierSlice(tokens: readonly SentenceToken[], at: number, placed: ReadonlyMap<number, PlacedNumber>): 'joined' | 'total' | null {
  let link: 'joined' | 'total' | null = null;
  for (let index = at - 1; index >= Math.max(0, at - 5); index -= 1) {
    const token = tokens[index];
    if (token?.kind === 'number') {
      const role = placed.get(index)?.role;
      return role === 'slice' || (role === 'slice-end' && link === 'total') ? link : null;
    }
    if (token?.kind === 'joiner' || (token?.kind === 'word' && token.text.toLowerCase() === 'and')) link = 'joined';
    else if (token?.kind === 'total') link = 'total';
    else if (token?.kind !== 'slice' && token?.kind !== 'ordinal' && token?.kind !== 'pause') return null;
  }
  return null;
}

function countsNoun(tokens: readonly SentenceToken[], at: number): boolean {
  for (let index = at + 1; index <= at + 1 + mostWordsBetween; index += 1) {
    const kind = tokens[index]?.kind;
    if (kind === 'noun') return true;
    if (kind !== 'word' && kind !== 'attenuation' && kind !== 'side') return false;
  }
  return false;
}
