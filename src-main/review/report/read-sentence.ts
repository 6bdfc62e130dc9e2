import type { ReportLanguage } from '../../../src-shared/domain/report-draft.ts';
import { chineseLexicon } from './chinese-lexicon.ts';
import { englishLexicon } from './english-lexicon.ts';
import type { ReportLexicon, SentenceToken } from './sentence-token.ts';

const lexicons: Readonly<Record<ReportLanguage, ReportLexicon>> = { en: englishLexicon(), 'zh-CN': chineseLexicon() };
const longestWord = 40;

/** The words that a language's reports are made of. */
export function reportLexicon(language: ReportLanguage): ReportLexicon {
  return lexicons[language];
}

/**
 * Writes a sentence in one way: what is checked is what is shown.
 *
 * Full-width digits and letters become plain ones, signs for mm and mm³, spaces, hyphens and the minus one form each.
 *
 * @returns null where it holds characters that are not fit to be shown (control, bidi, private use, lone surrogates).
 */
export function normaliseSentence(sentence: string): string | null {
  const text = sentence.replace(/[\t\r\n]+/g, ' ');
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{M}\u2028\u2029]/u.test(text)) return null;
  return text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF0D\uFF0E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\u339C/g, 'mm')
    .replace(/\u33A3/g, 'mm³')
    .replace(/mm\^?3(?![0-9])/gi, 'mm³')
    .replace(/[\u2010\u2011\u2012\u2212]/g, '-')
    .replace(/[\p{Zs}]+/gu, ' ')
    .trim();
}

/**
 * Takes a sentence apart into the words of a report's vocabulary; what is none of them is an 'unknown' token. Pure.
 *
 * @param sentence - From normaliseSentence.
 * @param language - Of the sentence.
 */
export function readSentence(sentence: string, language: ReportLanguage): readonly SentenceToken[] {
  const lexicon = lexicons[language];
  const tokens: SentenceToken[] = [];
  for (let at = 0; at < sentence.length;) {
    if (sentence[at] === ' ') {
      at += 1;
      continue;
    }
    const token = tokenAt(sentence, at, lexicon);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(sentence: string, at: number, lexicon: ReportLexicon): SentenceToken {
  const rest = sentence.slice(at);
  const digits = /^[0-9]+(?:[.,][0-9]+)*/.exec(rest)?.[0];
  if (digits !== undefined) return numberToken(rest, digits, lexicon);
  const word = wordAt(rest, lexicon);
  if (word !== null) return word;
  const spelled = lexicon.numberAt(rest);
  if (spelled !== null) return { kind: 'number', ...spelled };
  return { kind: 'unknown', text: /^[\p{Script=Latin}\p{N}]+(?:[-'][\p{Script=Latin}\p{N}]+)*/u.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0) };
}

function numberToken(rest: string, text: string, lexicon: ReportLexicon): SentenceToken {
  const after = rest.slice(text.length);
  // "6a", "80th": a number runs on into nothing but a unit.
  if (/^[\p{Script=Latin}\p{No}]/u.test(after) && wordAt(after, lexicon)?.kind !== 'unit') {
    return { kind: 'unknown', text: /^[\p{Script=Latin}\p{N}.,]+/u.exec(rest)?.[0] ?? text };
  }
  return { kind: 'number', text, ...valueOf(text) };
}

/** A decimal point or comma, or commas between groups of three; both readings of "1,234" cannot be meant by a report with one decimal. */
function valueOf(text: string): { readonly value: number; readonly decimals: number } {
  if (/^(?:0|[1-9][0-9]*)$/.test(text)) return { value: Number(text), decimals: 0 };
  if (/^[1-9][0-9]{0,2}(?:,[0-9]{3})+$/.test(text)) return { value: Number(text.replaceAll(',', '')), decimals: 0 };
  const fraction = /^(?:0|[1-9][0-9]*)[.,]([0-9]+)$/.exec(text)?.[1];
  return fraction === undefined ? { value: Number.NaN, decimals: 0 } : { value: Number(text.replace(',', '.')), decimals: fraction.length };
}

/** The longest word of the vocabulary that the text begins with. */
function wordAt(rest: string, { words }: ReportLexicon): SentenceToken | null {
  for (let length = Math.min(longestWord, rest.length); length > 0; length -= 1) {
    const text = rest.slice(0, length);
    const meaning = words.get(text.toLowerCase());
    // A Latin word ends where its letters do, and where no hyphen makes another word of it.
    if (meaning !== undefined && !(/\p{Script=Latin}$/u.test(text) && /^(?:[\p{Script=Latin}\p{N}]|[-'’]\p{Script=Latin})/u.test(rest.slice(length)))) return { text, ...meaning };
  }
  return null;
}
