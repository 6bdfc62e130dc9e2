import type { ReportLanguage } from '../../../src-shared/domain/report-draft.ts';
import { reportLexicon } from './read-sentence.ts';
import type { ReportFacts, ReportFinding } from './report-facts.ts';

/** Changes with every change of a word of the prompt. */
export const reportPromptVersion = 1;

/** Findings that one request asks about; beyond it the template writes the report. */
export const mostDraftedFindings = 40;

const languageNames: Readonly<Record<ReportLanguage, string>> = { en: 'English', 'zh-CN': 'Simplified Chinese' };
const examples: Readonly<Record<ReportLanguage, string>> = { en: '"slice 84 of 312", "slices 80 to 92"', 'zh-CN': '"第84层（共312层）", "第80至92层"' };

/**
 * The words that ask a text model for the sentences of a draft report. Pure.
 *
 * The facts in them are those that a sentence may restate: no name, id, UID, date, model or relay.
 *
 * @param facts - From reportFacts; at most mostDraftedFindings findings.
 */
export function reportPrompt({ findings, sliceCount, language }: Pick<ReportFacts, 'findings' | 'sliceCount' | 'language'>): string {
  const facts = JSON.stringify({ ...(sliceCount === null ? {} : { slices: sliceCount }), findings: findings.map(promptFact) });
  return `Put the facts below into sentences for a research report. Restate them and add nothing: no cause, likelihood, comparison, advice, or opinion of what is usual.
Language of the sentences: ${languageNames[language]}.
Facts: ${facts}

"findings": for each finding, in this order, one sentence with all of its facts; "ref" is its number.
"impression": at most one short sentence for each finding, most important facts only, and at most one with "ref" 0 that says only how many findings there are.
Numbers in digits exactly as they stand in the facts, with mm or mm³; places like ${examples[language]}. A field that a finding does not have is not mentioned.
Use no other words than these: ${vocabulary(language)}

Answer with one json object and nothing else:
{"findings":[{"ref":NUMBER,"sentence":"TEXT"}],"impression":[{"ref":NUMBER,"sentence":"TEXT"}]}`;
}

/** JSON Schema of the answer in the strictest subset that every provider enforces (facts/relay.md 4.1). */
export function reportDraftJsonSchema(): Record<string, unknown> {
  const sentences = { type: 'array', items: closedObject({ ref: { type: 'integer' }, sentence: { type: 'string' } }) };
  return closedObject({ findings: sentences, impression: sentences });
}

function closedObject(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function promptFact({ ref, side, lobe, diameterMm, volumeMm3, attenuation, slices, located }: ReportFinding): Record<string, unknown> {
  return {
    ref,
    what: located === 'place' ? 'nodule' : 'focal opacity',
    ...(side === 'indeterminate' ? {} : { side }),
    ...(lobe === 'indeterminate' ? {} : { lobe: lobe.replace('-', ' ') }),
    ...(attenuation === 'indeterminate' ? {} : { attenuation }),
    ...(diameterMm === null ? { size: 'not measured' } : { mean_diameter_mm: diameterMm }),
    ...(volumeMm3 === null ? {} : { volume_mm3: volumeMm3 }),
    ...(slices === null ? {} : slices.from === slices.to ? { slice: slices.from } : { slices: [slices.from, slices.to] }),
  };
}

/** What can be used without contradicting any fact: words that are only there to be found out are left out. */
function vocabulary(language: ReportLanguage): string {
  const words = [...reportLexicon(language).words].filter(([, meaning]) => {
    switch (meaning.kind) {
      case 'pause': case 'stop': return false;
      case 'lobe': return meaning.level !== 'part';
      case 'side': return meaning.side !== 'both';
      case 'attenuation': return meaning.attenuation !== 'other';
      default: return true;
    }
  });
  return words.map(([word]) => word).join(language === 'en' ? ', ' : '、');
}
