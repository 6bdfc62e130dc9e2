import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportPrompt } from '../../../../src-main/review/report/report-prompt.ts';
import { renderReport, templateDraft, templateReport } from '../../../../src-main/review/report/report-template.ts';
import { anyFacts, sampleFact, sampleFacts } from './report-fixture.ts';

const two = [sampleFact(), sampleFact({ ref: 2, side: 'left', lobe: 'indeterminate', located: 'tile', diameterMm: null, volumeMm3: null, attenuation: 'indeterminate', slices: { from: 80, to: 92 }, sources: [{ kind: 'model', name: 'gpt-6-luna' }] })];
const gap = { isWhole: false, planned: 300, byModel: 290, byDevice: 5, unread: [{ fromSlice: 10, toSlice: 14, fromMm: -123.5, toMm: -113.5 }], outline: 'lungs', notes: ['cut-at-the-bottom'] } as const;

describe('templateReport', () => {
  it('writes a report in English', () => {
    expect(templateReport(sampleFacts('en', two, { openCandidates: 3, verification: { planned: 12, valid: 11 }, coverage: gap }))).toBe(`DRAFT REPORT: CT OF THE CHEST

TECHNIQUE
CT of the chest, 312 slices, numbered from the feet.
The lungs were searched for nodules on the device. Pictures of the exam were shown to the model gpt-6-luna.
Diameters and volumes were measured by the device. Lobes are estimates: fissures are not looked for.
Coverage is partial: 295 of 300 slices that were to be read were read (290 by a model, 5 by the device alone).
Not read: slices 10 to 14 (-123.5 to -113.5 mm).
The scan does not reach the bottom of the lungs.
Of 12 candidates that were shown to a model, 11 were answered.
The device marked 3 places that no finding confirms; they are not part of this report.

FINDINGS
1. Solid nodule in the right upper lobe, mean diameter 6.2 mm, volume 123 mm³, on slice 84 of 312.
   Marked by: the device, model gpt-6-luna.
2. Focal opacity in the left lung, not measured, on slices 80 to 92 of 312.
   Only the region is known: a model marked it, and no candidate of the device was confirmed there.
   Marked by: model gpt-6-luna.

IMPRESSION
2 findings are marked.
1. Solid nodule, 6.2 mm, right upper lobe.
2. Focal opacity, left lung.

NOTICE
Research use only. Not a medical device. This is a draft: a qualified reader checks it against the images and decides.
`);
  });

  it('writes a report in Chinese', () => {
    expect(templateReport(sampleFacts('zh-CN', two, { openCandidates: 3, coverage: gap }))).toBe(`胸部CT报告草稿

检查方法
胸部CT，共312层，层号自足侧起计。
本机在肺内搜索了结节。图像经中转服务交由以下模型阅读：gpt-6-luna。
直径和体积由本机测量。肺叶为估计值，未识别叶间裂。
覆盖不完整：应阅读300层，已阅读295层（模型290层，仅本机5层）。
未阅读：第10至14层（-123.5至-113.5 mm）。
扫描范围未达肺的下缘。
本机另标记了3处未经任何病灶确认的位置，不属于本报告内容。

影像所见
1. 右肺上叶实性结节，平均直径6.2 mm，体积123 mm³，位于第84层（共312层）。
   标记者：本机、模型 gpt-6-luna。
2. 左肺局灶影，未测量，位于第80至92层（共312层）。
   仅知所在区域：由模型标记，该处没有得到确认的本机候选。
   标记者：模型 gpt-6-luna。

印象
共标记2处病灶。
1. 右肺上叶实性结节，6.2 mm。
2. 左肺局灶影。

声明
仅供研究使用，非医疗器械。本文为草稿，须由有资质的医师对照影像核对并作出判断。
`);
  });

  it.each(['en', 'zh-CN'] as const)('never calls anything normal, advises nothing, and says what was not read (%s)', (language) => {
    fc.assert(fc.property(anyFacts, fc.boolean(), fc.boolean(), (facts, isEmpty, isWhole) => {
      const text = templateReport({ ...facts, language, findings: isEmpty ? [] : facts.findings, coverage: isWhole ? facts.coverage : gap });
      expect(text).not.toMatch(/\bnormal|unremarkable|\bclear\b|follow-up|recommend|biops|malign|正常|随访|建议|恶性|活检|未见异常/i);
      if (!isWhole) expect(text).toMatch(/slices 10 to 14|第10至14层/);
    }), { numRuns: 40 });
  });

  it('says of an exam without findings only that none was marked in what was read', () => {
    expect(templateReport(sampleFacts('en', []))).toContain('FINDINGS\nNo finding was marked in what was read.\n\nIMPRESSION\nNo finding was marked in what was read.\n');
    expect(templateReport(sampleFacts('en', [], { coverage: gap }))).toContain('No finding was marked in what was read. Nothing can be said about what was not read.');
    expect(templateReport(sampleFacts('zh-CN', [], { coverage: gap }))).toContain('在已阅读的范围内未标记病灶。未阅读的部分无法评价。');
  });

  it('says that nobody has confirmed anything where the device read alone', () => {
    const text = templateReport(sampleFacts('en', [], { plan: 'device-only', models: [], openCandidates: 1 }));
    expect(text).toContain('No model was asked.');
    expect(text).toContain('The device marked 1 place that no finding confirms; it is not part of this report.');
    expect(text).toContain('No reader has confirmed a finding.');
  });

  it('warns of practice answers', () => {
    expect(templateReport(sampleFacts('en', two, { practice: true }))).toContain('mean nothing for a patient');
  });

  it('names five findings in the impression and says where the others are', () => {
    const seven = Array.from({ length: 7 }, (_, index) => sampleFact({ ref: index + 1 }));
    const [, impression = ''] = templateReport(sampleFacts('en', seven)).split('IMPRESSION');
    expect(impression).toContain('5. Solid');
    expect(impression).not.toContain('6. Solid');
    expect(impression).toContain('The other findings are listed above.');
  });
});

describe('renderReport', () => {
  it('puts a model’s sentences into the template’s frame', () => {
    const facts = sampleFacts();
    const text = renderReport({ findings: [{ ref: 1, sentence: 'SENTENCE' }], impression: [{ ref: 1, sentence: 'SHORT' }] }, facts);
    const own = templateDraft(facts);
    expect(text).toBe(templateReport(facts).replace(own.findings[0]!.sentence, 'SENTENCE').replace(`${own.impression[0]!.sentence}\n`, '').replace(own.impression[1]!.sentence, 'SHORT'));
  });
});

describe('reportPrompt', () => {
  it('holds the facts of the findings and nobody’s name', () => {
    const prompt = reportPrompt(sampleFacts('zh-CN', two));
    expect(prompt).toContain(JSON.stringify({
      slices: 312,
      findings: [
        { ref: 1, what: 'nodule', side: 'right', lobe: 'right upper', attenuation: 'solid', mean_diameter_mm: '6.2', volume_mm3: 123, slice: 84 },
        { ref: 2, what: 'focal opacity', side: 'left', size: 'not measured', slices: [80, 92] },
      ],
    }));
    expect(prompt).toContain('Simplified Chinese');
    expect(prompt).not.toContain('gpt-6-luna');
    expect(prompt).toContain('磨玻璃');
    expect(prompt).not.toMatch(/亚实性|舌段|双肺/);
  });
});
