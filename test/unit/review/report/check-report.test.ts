import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkReport } from '../../../../src-main/review/report/check-report.ts';
import { parseReportDraft } from '../../../../src-main/review/report/parse-report-draft.ts';
import type { ReportFacts, ReportFinding } from '../../../../src-main/review/report/report-facts.ts';
import { templateDraft } from '../../../../src-main/review/report/report-template.ts';
import type { ReportDraft } from '../../../../src-shared/domain/report-draft.ts';
import { anyFacts, sampleFact, sampleFacts } from './report-fixture.ts';

/** Kinds of what is wrong with one sentence about a finding, read as a model's answer is. */
function faults(sentence: string, facts: ReportFacts): readonly string[] {
  const draft = parseReportDraft({ findings: [{ ref: 1, sentence }], impression: [] });
  if (draft === null) return ['unreadable'];
  const check = checkReport({ ...draft, impression: [{ ref: 1, sentence: facts.language === 'en' ? 'Finding.' : '病灶。' }] }, facts);
  return check.ok ? [] : check.mismatches.map(({ kind }) => kind);
}
const one = sampleFacts();
const zh = sampleFacts('zh-CN');
const tile = sampleFacts('en', [sampleFact({ located: 'tile', lobe: 'indeterminate', diameterMm: null, volumeMm3: null, slices: { from: 80, to: 92 } })]);
const whole = sampleFacts('en', [sampleFact({ diameterMm: '6.0', volumeMm3: 1234 })]);
const partSolid = sampleFacts('zh-CN', [sampleFact({ attenuation: 'part-solid' })]);
const glass = sampleFacts('en', [sampleFact({ attenuation: 'ground-glass', side: 'left', lobe: 'left-lower' })]);

describe('checkReport', () => {
  it.each<readonly [string, ReportFacts]>([
    ['Solid nodule in the right upper lobe, mean diameter 6.2 mm, volume 123 mm³, on slice 84 of 312.', one],
    ['There is a 6.2-mm solid pulmonary nodule in the right upper lobe (slice 84 of 312 slices)', one],
    ['Finding 1: one solid nodule in the RUL measuring 6,2 millimetres.', one],
    ['A solid nodule of the right lung, 6.2 mm, 123 mm3.', one],
    ['Right: solid nodule, six mm, volume 1,234 mm³.', sampleFacts('en', [sampleFact({ diameterMm: '6.0', volumeMm3: 1234 })])],
    ['Solid nodule, right, 6 mm.', whole],
    ['Focal opacity in the right lung, on slices 80 to 92 of 312, not measured.', tile],
    ['Focal opacity on the right, slices 80-92.', tile],
    ['Non-solid nodule in the left lower lobe, 6.2 mm.', glass],
    ['右肺上叶见一枚实性结节，平均直径６．２ mm，体积123 mm³，位于第84层（共312层）。', zh],
    ['右上叶实性结节，六点二毫米，位于第八十四层。', zh],
    ['右肺上叶部分实性结节，6.2毫米', partSolid],
  ])('takes "%s"', (sentence, facts) => {
    expect(faults(sentence, facts)).toEqual([]);
  });

  it.each<readonly [string, ReportFacts, string]>([
    ['Solid nodule, right upper lobe, 6 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.20 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.3 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, six mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 6-7 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.2 x 5 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, -6.2 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.2 mm, slice 123.', one, 'number'],
    ['Solid nodule, right upper lobe, 84 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, volume 6.2 mm.', one, 'number'],
    ['右肺上叶实性结节，直径123 mm³，体积6.2 mm。', zh, 'number'],
    ['Solid nodule, right upper lobe, 6.2 mm, 123.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.2 mm, slice 84 of 311.', one, 'number'],
    ['Solid nodule, right upper lobe, 6.2 mm, slices 84 to 90.', one, 'number'],
    ['Finding 2: solid nodule, right upper lobe, 6.2 mm.', one, 'number'],
    ['Solid nodule, right upper lobe, 0.62 cm.', one, 'word-unknown'],
    ['Solid nodule, right upper lobe, about 6.2 mm.', one, 'word-unknown'],
    ['Solid nodule, right upper lobe, <6.2 mm.', one, 'word-unknown'],
    ['Solid nodule, right upper lobe, ٦٫٢ mm, 6.2 mm.', one, 'word-unknown'],
    ['Two solid nodules, right upper lobe, 6.2 mm.', one, 'count'],
    ['Solid nodules, right upper lobe, 6.2 mm.', one, 'count'],
    ['Solid nodule, left upper lobe, 6.2 mm.', one, 'side'],
    ['Solid nodule, right upper lobe, bilateral, 6.2 mm.', one, 'side'],
    ['Solid nodule, right lower lobe, 6.2 mm.', one, 'lobe'],
    ['Solid nodule, RLL, 6.2 mm.', one, 'lobe'],
    ['Solid apical nodule, right upper lobe, 6.2 mm.', one, 'lobe'],
    ['Part-solid nodule, right upper lobe, 6.2 mm.', one, 'attenuation'],
    ['Subsolid nodule, left lower lobe, 6.2 mm.', glass, 'attenuation'],
    ['Calcified solid nodule, right upper lobe, 6.2 mm.', one, 'attenuation'],
    ['Solid nodule, right upper lobe, 6.2 mm, not measured.', one, 'measured'],
    ['Solid nodule, right upper lobe.', one, 'fact-missing'],
    ['Solid nodule, 6.2 mm.', one, 'fact-missing'],
    ['Focal opacity on the right, slice 80.', tile, 'number'],
    ['Focal opacity on the right, 6.2 mm.', tile, 'number'],
    ['Solid nodule, right upper lobe, 6.2 mm. No pleural effusion.', one, 'sentence-form'],
    ['Spiculated solid nodule, right upper lobe, 6.2 mm.', one, 'word-unknown'],
    ['Solid nodule, not in the right upper lobe, 6.2 mm.', one, 'word-unknown'],
    ['Solid nodule, right upper lobe, 6.2 mm, suspicious for malignancy.', one, 'word-denied'],
    ['Solid nodule, right upper lobe, 6.2 mm; follow-up CT.', one, 'word-denied'],
    ['New solid nodule, right upper lobe, 6.2 mm.', one, 'word-denied'],
    ['右肺上叶实性结节，约6.2 mm。', zh, 'word-unknown'],
    ['右肺上叶实性结节，６．３ mm。', zh, 'number'],
    ['右肺上叶实性结节，六毫米。', zh, 'number'],
    ['右肺上叶两枚实性结节，6.2 mm。', zh, 'count'],
    ['左肺上叶实性结节，6.2 mm。', zh, 'side'],
    ['双肺上叶实性结节，6.2 mm。', zh, 'side'],
    ['右肺下叶实性结节，6.2 mm。', zh, 'lobe'],
    ['右肺上叶亚实性结节，6.2 mm。', partSolid, 'attenuation'],
    ['右肺上叶实性结节，6.2 mm。', partSolid, 'attenuation'],
    ['右肺上叶非实性结节，6.2 mm。', zh, 'attenuation'],
    ['右肺上叶不实性结节，6.2 mm。', zh, 'word-unknown'],
    ['右肺上叶实性结节，6.2 mm，建议随访。', zh, 'word-denied'],
    ['右肺上叶实性结节，6.2 mm，恶性可能。', zh, 'word-denied'],
    ['右肺上叶实性结节，6.2 mm，第83层。', zh, 'number'],
  ])('rejects "%s"', (sentence, facts, kind) => {
    expect(faults(sentence, facts)).toContain(kind);
  });

  it.each(['', ' ', 'nodule\u202e right', 'nodule\u0000', 'x'.repeat(401)])('does not read %j as a sentence', (sentence) => {
    expect(faults(sentence, one)).toEqual(['unreadable']);
  });

  it('wants every finding once, no other one, and an impression', () => {
    const facts = sampleFacts('en', [sampleFact(), sampleFact({ ref: 2, side: 'left', lobe: 'left-lower', diameterMm: '8.1' })]);
    const draft = templateDraft(facts);
    const [first, second] = draft.findings;
    const [all, ...each] = draft.impression;
    const kinds = (changed: ReportDraft): readonly string[] => {
      const check = checkReport(changed, facts);
      return check.ok ? [] : check.mismatches.map(({ kind, part, ref }) => `${kind} ${part} ${String(ref)}`);
    };
    expect(kinds(draft)).toEqual([]);
    expect(kinds({ ...draft, findings: [first!] })).toEqual(['finding-missing findings 2']);
    expect(kinds({ ...draft, findings: [first!, first!, second!] })).toEqual(['finding-repeated findings 1']);
    expect(kinds({ ...draft, findings: [first!, second!, { ref: 3, sentence: 'Nodule.' }] })).toEqual(['finding-unknown findings 3']);
    expect(kinds({ ...draft, findings: [{ ref: 0, sentence: 'Nodule.' }, ...draft.findings] })).toEqual(['finding-unknown findings 0']);
    expect(kinds({ ...draft, findings: [{ ref: 1, sentence: second!.sentence }, { ref: 2, sentence: first!.sentence }] }).length).toBeGreaterThan(3);
    expect(kinds({ ...draft, impression: [] })).toEqual(['impression-missing impression 0']);
    expect(kinds({ ...draft, impression: [{ ref: 0, sentence: '3 findings are marked.' }, ...each] })).toEqual(['count impression 0']);
    expect(kinds({ ...draft, impression: [{ ref: 0, sentence: '2 solid findings are marked.' }, ...each] })).toEqual(['attenuation impression 0']);
    expect(kinds({ ...draft, impression: [all!, all!] })).toEqual(['finding-repeated impression 0']);
  });

  it('takes nothing at all where there are no findings', () => {
    expect(checkReport({ findings: [], impression: [] }, sampleFacts('en', []))).toEqual({ ok: true });
    expect(checkReport({ findings: [], impression: [{ ref: 0, sentence: 'No finding.' }] }, sampleFacts('en', [])).ok).toBe(false);
  });

  it('tells what was said, shortened', () => {
    const check = checkReport({ findings: [{ ref: 1, sentence: `Right ${'x'.repeat(200)} 6.2 mm.` }], impression: [{ ref: 1, sentence: 'Nodule.' }] }, one);
    expect(check).toEqual({ ok: false, mismatches: [{ kind: 'word-unknown', part: 'findings', ref: 1, said: 'x'.repeat(60) }] });
  });
});

/** All ways to change one number, side, lobe or attenuation of a sentence. */
function changesOf(sentence: string, by: number): readonly string[] {
  const changed: string[] = [];
  for (const match of sentence.matchAll(/[0-9]+(?:\.[0-9]+)?/g)) {
    const [text] = match;
    const other = text.includes('.') ? (Number(text) + by / 10).toFixed(1) : String(Number(text) + by);
    changed.push(sentence.slice(0, match.index) + other + sentence.slice(match.index + text.length));
    if (text.includes('.') && !text.endsWith('.0')) changed.push(sentence.slice(0, match.index) + text.replace(/\..*/, '') + sentence.slice(match.index + text.length));
  }
  const groups = [
    ['right', 'left'], ['Right', 'Left'], ['upper', 'middle', 'lower'], ['part-solid', 'ground-glass', 'calcified'], ['Part-solid', 'Ground-glass', 'Calcified', 'Solid'],
    ['右', '左'], ['上叶', '中叶', '下叶'], ['部分实性', '磨玻璃', '钙化'],
  ];
  for (const words of groups) {
    for (const word of words.filter((one) => sentence.includes(one))) {
      for (const other of words.filter((one) => one !== word)) changed.push(sentence.replace(word, other));
    }
  }
  return changed;
}

describe('checkReport and the template', () => {
  const isRejected = (draft: ReportDraft, facts: ReportFacts): boolean => !checkReport(draft, facts).ok;

  it('passes what the template writes', () => {
    fc.assert(fc.property(anyFacts, (facts) => {
      expect(checkReport(templateDraft(facts), facts)).toEqual({ ok: true });
      expect(parseReportDraft(templateDraft(facts))).toEqual(templateDraft(facts));
    }), { numRuns: 150 });
  });

  it('rejects it after any change of one number, side, lobe or attenuation', () => {
    fc.assert(fc.property(anyFacts, fc.integer({ min: 1, max: 2000 }), (facts, by) => {
      const draft = templateDraft(facts);
      for (const part of ['findings', 'impression'] as const) {
        for (const [index, entry] of draft[part].entries()) {
          for (const sentence of changesOf(entry.sentence, by)) {
            expect([sentence, isRejected({ ...draft, [part]: draft[part].with(index, { ...entry, sentence }) }, facts)]).toEqual([sentence, true]);
          }
        }
      }
    }), { numRuns: 60 });
  });

  it('rejects it with the facts of another finding, or with a sentence more that has a number', () => {
    fc.assert(fc.property(anyFacts, fc.nat(7), fc.nat(2000), (facts, at, number) => {
      const draft = templateDraft(facts);
      const index = at % draft.findings.length;
      const entry = draft.findings[index]!;
      const more = facts.language === 'en' ? ` A nodule measures ${String(number)} mm.` : `结节${String(number)} mm。`;
      expect(isRejected({ ...draft, findings: draft.findings.with(index, { ...entry, sentence: entry.sentence + more }) }, facts)).toBe(true);
      expect(isRejected({ ...draft, findings: [...draft.findings, { ref: entry.ref, sentence: more.trim() }] }, facts)).toBe(true);
      expect(isRejected({ ...draft, impression: [...draft.impression, { ref: 0, sentence: more.trim() }] }, facts)).toBe(true);
      const other = draft.findings[(index + 1) % draft.findings.length]!;
      if (sameFacts(facts.findings[index]!, facts.findings[(index + 1) % facts.findings.length]!)) return;
      expect(isRejected({ ...draft, findings: draft.findings.with(index, { ...entry, sentence: other.sentence }) }, facts)).toBe(true);
    }), { numRuns: 60 });
  });
});

/** Whether the first may be described in the second's sentence: that states no attenuation or lobe where it does not know it. */
function sameFacts(one: ReportFinding, other: ReportFinding): boolean {
  return other.slices?.from === one.slices?.from && other.slices?.to === one.slices?.to && other.diameterMm === one.diameterMm;
}
