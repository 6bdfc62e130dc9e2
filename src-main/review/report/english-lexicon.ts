import { englishNumberAt } from './number-words.ts';
import type { ReportLexicon, WordMeaning } from './sentence-token.ts';
import { entries, pauses } from './shared-words.ts';

/** Words without any claim of their own; there is none for negation, likelihood, time or comparison among them. */
const plainWords = [
  'a', 'an', 'the', 'there', 'it', 'this', 'which', 'that', 'its', 'is', 'are', 'was', 'were', 'has', 'have', 'been', 'in', 'on', 'at', 'with', 'within', 'by', 'as', 'and',
  'focal', 'pulmonary', 'lung', 'lungs', 'lobe', 'located', 'lies', 'lying', 'seen', 'shown', 'shows', 'marked', 'noted', 'visible', 'present',
  'measures', 'measuring', 'measured', 'measurement', 'mean', 'average', 'size', 'attenuation', 'density', 'estimated', 'automatically', 'device',
  'side', 'centred', 'centered', 'region', 'place', 'series', 'level', 'also', 'total',
];

const sides: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['right', 'right-sided', 'right sided'], { kind: 'side', side: 'right' }],
  [['left', 'left-sided', 'left sided'], { kind: 'side', side: 'left' }],
  [['both', 'bilateral', 'bilaterally', 'either side'], { kind: 'side', side: 'both' }],
];

const lobeWords: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['upper lobe', 'upper-lobe', 'upper pulmonary lobe'], { kind: 'lobe', level: 'upper', side: null }],
  [['middle lobe', 'middle-lobe', 'middle pulmonary lobe'], { kind: 'lobe', level: 'middle', side: null }],
  [['lower lobe', 'lower-lobe', 'lower pulmonary lobe'], { kind: 'lobe', level: 'lower', side: null }],
  [['rul'], { kind: 'lobe', level: 'upper', side: 'right' }],
  [['rml'], { kind: 'lobe', level: 'middle', side: 'right' }],
  [['rll'], { kind: 'lobe', level: 'lower', side: 'right' }],
  [['lul'], { kind: 'lobe', level: 'upper', side: 'left' }],
  [['lll'], { kind: 'lobe', level: 'lower', side: 'left' }],
  [['lingula', 'lingular', 'upper lobes', 'middle lobes', 'lower lobes', 'lobes', 'segment', 'apical', 'basal', 'apex', 'base', 'hilar', 'perihilar', 'central', 'peripheral', 'subpleural'], { kind: 'lobe', level: 'part', side: null }],
];

const attenuationWords: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['solid'], { kind: 'attenuation', attenuation: 'solid' }],
  [['part-solid', 'part solid', 'partly solid', 'partially solid', 'semi-solid', 'semisolid', 'mixed ground-glass', 'mixed ground glass'], { kind: 'attenuation', attenuation: 'part-solid' }],
  [['ground-glass', 'ground glass', 'pure ground-glass', 'pure ground glass', 'non-solid', 'nonsolid', 'non solid'], { kind: 'attenuation', attenuation: 'ground-glass' }],
  [['calcified'], { kind: 'attenuation', attenuation: 'calcified' }],
  [['subsolid', 'sub-solid', 'partly calcified', 'partially calcified', 'non-calcified', 'noncalcified', 'uncalcified', 'fatty', 'cystic', 'cavitary', 'cavitated'], { kind: 'attenuation', attenuation: 'other' }],
];

/** The English words of a report. */
export function englishLexicon(): ReportLexicon {
  return {
    words: entries([
      ...pauses,
      [plainWords, { kind: 'word' }],
      [['nodule', 'opacity', 'lesion', 'finding'], { kind: 'noun', plural: false }],
      [['nodules', 'opacities', 'lesions', 'findings'], { kind: 'noun', plural: true }],
      [['diameter'], { kind: 'measure', of: 'diameter' }],
      [['volume'], { kind: 'measure', of: 'volume' }],
      [['slice', 'slices'], { kind: 'slice' }],
      [['of'], { kind: 'total' }],
      [['to', 'through'], { kind: 'joiner' }],
      [['not measured', 'unmeasured', 'no measurement'], { kind: 'unmeasured' }],
      [['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'], { kind: 'unit', unit: 'mm' }],
      [['mm³', 'cubic mm', 'cubic millimetres', 'cubic millimeters'], { kind: 'unit', unit: 'mm³' }],
      ...sides, ...lobeWords, ...attenuationWords,
    ]),
    numberAt: englishNumberAt,
    countsAhead: true,
  };
}
