import type { ReportLanguage, ReportMismatchKind } from '../../../src-shared/domain/report-draft.ts';
import { deniedWords } from './denied-words.ts';
import { placeNumbers, strayJoiners } from './place-numbers.ts';
import type { NumberRole, PlacedNumber } from './place-numbers.ts';
import { normaliseSentence, readSentence, reportLexicon } from './read-sentence.ts';
import type { ReportFinding } from './report-facts.ts';
import type { SentenceToken } from './sentence-token.ts';

/** What is wrong with a sentence, with the word at fault. */
export interface SentenceFault {
  readonly kind: ReportMismatchKind;
  readonly said: string;
}

/** What a sentence is checked by, besides its finding. */
export interface SentenceTerms {
  readonly language: ReportLanguage;
  readonly sliceCount: number | null;
  readonly findingCount: number;
  /** It has to state side and diameter where they are known. */
  readonly isWhole: boolean;
}

const longestSentence = 300;

/**
 * Checks one sentence against what it is about. Pure.
 *
 * @param sentence - As it will be shown: it has to be in the one form of normaliseSentence.
 * @param about - The finding; 'all' for a sentence about how many there are, which then has no other fact to state.
 * @param terms - Language and counts.
 */
export function checkSentence(sentence: string, about: ReportFinding | 'all', terms: SentenceTerms): readonly SentenceFault[] {
  if (sentence.length > longestSentence || sentence === '' || normaliseSentence(sentence) !== sentence) return [{ kind: 'sentence-form', said: '' }];
  const tokens = readSentence(sentence, terms.language);
  const numbers = placeNumbers(tokens, reportLexicon(terms.language));
  const stops = tokens.filter(({ kind }) => kind === 'stop').length;
  const isOneSentence = stops === 0 || (stops === 1 && tokens.at(-1)?.kind === 'stop');
  const denied = deniedWords(sentence, terms.language);
  return [
    ...(isOneSentence && tokens.length > stops ? [] : [{ kind: 'sentence-form', said: '' } as const]),
    ...denied.map((said): SentenceFault => ({ kind: 'word-denied', said })),
    ...tokens.flatMap((token): readonly SentenceFault[] => {
      const kind = faultOf(token, about, terms);
      return kind === null ? [] : [{ kind, said: token.text }];
    }),
    ...strayJoiners(tokens).map(({ text }): SentenceFault => ({ kind: 'number', said: text })),
    ...numbers.filter((number) => !agrees(number, about, terms)).map(({ token, role }): SentenceFault => ({ kind: role === 'count' ? 'count' : 'number', said: token.text })),
    ...halfRanges(numbers, about),
    ...(terms.isWhole && about !== 'all' ? missingFacts(tokens, numbers, about) : []),
  ];
}

function faultOf(token: SentenceToken, about: ReportFinding | 'all', { findingCount }: SentenceTerms): ReportMismatchKind | null {
  switch (token.kind) {
    case 'unknown': return 'word-unknown';
    case 'noun': return token.plural && (about !== 'all' || findingCount === 1) ? 'count' : null;
    case 'side': return about !== 'all' && token.side === about.side ? null : 'side';
    case 'lobe': return about !== 'all' && isLobe(token, about) ? null : 'lobe';
    case 'attenuation': return about !== 'all' && token.attenuation === about.attenuation ? null : 'attenuation';
    case 'unmeasured': return about !== 'all' && about.diameterMm === null ? null : 'measured';
    default: return null;
  }
}

function isLobe({ level, side }: Extract<SentenceToken, { readonly kind: 'lobe' }>, { lobe, side: own }: ReportFinding): boolean {
  return lobe === `${side ?? own}-${level}`;
}

function agrees({ token: { value, decimals }, role }: PlacedNumber, about: ReportFinding | 'all', { sliceCount, findingCount }: SentenceTerms): boolean {
  const fact = factFor(role, about, sliceCount, findingCount);
  return fact !== null && value === fact && decimals <= (role === 'diameter' ? 1 : 0);
}

function factFor(role: NumberRole, about: ReportFinding | 'all', sliceCount: number | null, findingCount: number): number | null {
  if (role === 'count') return about === 'all' ? findingCount : 1;
  if (about === 'all') return null;
  switch (role) {
    case 'diameter': return about.diameterMm === null ? null : Number(about.diameterMm);
    case 'volume': return about.volumeMm3;
    case 'slice': return about.slices?.from ?? null;
    case 'slice-end': return about.slices === null || about.slices.from === about.slices.to ? null : about.slices.to;
    case 'slice-total': return sliceCount;
    case 'ref': return about.ref;
    case 'none': return null;
  }
}

/** A finding that spans slices is not on the first of them alone. */
function halfRanges(numbers: readonly PlacedNumber[], about: ReportFinding | 'all'): readonly SentenceFault[] {
  if (about === 'all' || about.slices === null || about.slices.from === about.slices.to) return [];
  const begins = numbers.filter(({ role }) => role === 'slice');
  const ends = numbers.filter(({ role }) => role === 'slice-end');
  return begins.length === ends.length ? [] : begins.map(({ token }) => ({ kind: 'number', said: token.text }));
}

function missingFacts(tokens: readonly SentenceToken[], numbers: readonly PlacedNumber[], { side, diameterMm }: ReportFinding): readonly SentenceFault[] {
  const namesSide = tokens.some((token) => token.kind === 'side' || (token.kind === 'lobe' && token.side !== null));
  return [
    ...(side === 'indeterminate' || namesSide ? [] : [{ kind: 'fact-missing', said: '' } as const]),
    ...(diameterMm === null || numbers.some(({ role }) => role === 'diameter') ? [] : [{ kind: 'fact-missing', said: '' } as const]),
  ];
}
