import type { Attenuation, Side } from '../../../src-shared/domain/finding.ts';

/** What a word of a report's vocabulary means, as far as it can be checked. */
export type WordMeaning =
  /** Says nothing that could be wrong. */
  | { readonly kind: 'word' }
  /** What a finding is called; `plural` where it says that there are several. */
  | { readonly kind: 'noun'; readonly plural: boolean }
  /** Names what the number after it measures. */
  | { readonly kind: 'measure'; readonly of: 'diameter' | 'volume' }
  | { readonly kind: 'slice' }
  /** Stands before the number of a slice (第). */
  | { readonly kind: 'ordinal' }
  /** Stands before the number of all slices (of, 共). */
  | { readonly kind: 'total' }
  /** Stands after a number of things (枚). */
  | { readonly kind: 'counter' }
  | { readonly kind: 'joiner' }
  | { readonly kind: 'unit'; readonly unit: 'mm' | 'mm³' }
  /** 'both': no finding is on both sides. */
  | { readonly kind: 'side'; readonly side: Exclude<Side, 'indeterminate'> | 'both' }
  /** `side` where the word names it too (RUL); 'part': narrower than any fact. */
  | { readonly kind: 'lobe'; readonly level: 'upper' | 'middle' | 'lower' | 'part'; readonly side: Exclude<Side, 'indeterminate'> | null }
  /** 'other': an attenuation that is none of the facts' own words. */
  | { readonly kind: 'attenuation'; readonly attenuation: Exclude<Attenuation, 'indeterminate'> | 'other' }
  /** It says that nothing was measured. */
  | { readonly kind: 'unmeasured' }
  | { readonly kind: 'pause' }
  /** End of a sentence. */
  | { readonly kind: 'stop' };

/** A piece of a sentence. */
export type SentenceToken = { readonly text: string } & (
  | WordMeaning
  /** `value` is NaN for what is written like no number that a report has. */
  | { readonly kind: 'number'; readonly value: number; readonly decimals: number }
  | { readonly kind: 'unknown' }
);

/** The words of a language that a report may use. */
export interface ReportLexicon {
  /** By its spelling: lower case, single spaces. */
  readonly words: ReadonlyMap<string, WordMeaning>;
  /** Number words at the beginning of a text; null where there are none. */
  readonly numberAt: (text: string) => { readonly text: string; readonly value: number; readonly decimals: number } | null;
  /** Whether a number counts the noun that follows it after some words ("3 solid nodules"). */
  readonly countsAhead: boolean;
}
