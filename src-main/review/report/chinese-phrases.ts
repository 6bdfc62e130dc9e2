import type { Attenuation, Lobe } from '../../../src-shared/domain/finding.ts';
import type { LungMaskNote } from '../../../src-shared/domain/lungs.ts';
import type { ReportFacts, ReportFinding } from './report-facts.ts';
import type { ReportPhrases } from './report-phrases.ts';

const notes: Readonly<Record<LungMaskNote, string>> = {
  'one-lung-missing': '仅勾画出一侧肺。',
  'lungs-parted-by-midline': '左、右肺按身体中线划分。',
  'cut-at-the-top': '扫描范围未达肺的上缘。',
  'cut-at-the-bottom': '扫描范围未达肺的下缘。',
  'cut-at-the-sides': '视野在两侧截断了肺。',
  'slices-missing': '肺内有缺失的层面。',
};
const lobeNames: Readonly<Record<Exclude<Lobe, 'indeterminate'>, string>> = {
  'right-upper': '右肺上叶', 'right-middle': '右肺中叶', 'right-lower': '右肺下叶', 'left-upper': '左肺上叶', 'left-lower': '左肺下叶',
};
const attenuationNames: Readonly<Record<Attenuation, string>> = { solid: '实性', 'part-solid': '部分实性', 'ground-glass': '磨玻璃', calcified: '钙化', indeterminate: '' };
const sourceNames = { device: '本机', model: '模型', reader: '医师' } as const;

/** A report in Simplified Chinese. */
export function chinesePhrases(): ReportPhrases {
  return {
    title: '胸部CT报告草稿',
    technique: '检查方法', findings: '影像所见', impression: '印象', notice: '声明',
    noticeText: '仅供研究使用，非医疗器械。本文为草稿，须由有资质的医师对照影像核对并作出判断。',
    practiceText: '答案来自内置的练习中转服务，对患者没有任何意义。',
    finding(finding, sliceCount) {
      const { diameterMm, volumeMm3 } = finding;
      const size = diameterMm === null ? ['未测量'] : [`平均直径${diameterMm} mm`, ...(volumeMm3 === null ? [] : [`体积${String(volumeMm3)} mm³`])];
      return `${[named(finding), ...size, ...onSlices(finding, sliceCount)].join('，')}。`;
    },
    shortFinding: (finding) => `${[named(finding), ...(finding.diameterMm === null ? [] : [`${finding.diameterMm} mm`])].join('，')}。`,
    findingCount: (count) => `共标记${String(count)}处病灶。`,
    restAbove: '其余各处见上文“影像所见”。',
    noFindings: ({ plan, coverage }) => `${plan === 'device-only' ? '尚无经医师确认的病灶。' : '在已阅读的范围内未标记病灶。'}${coverage.isWhole ? '' : '未阅读的部分无法评价。'}`,
    exam: (sliceCount) => (sliceCount === null ? '胸部CT。' : `胸部CT，共${String(sliceCount)}层，层号自足侧起计。`),
    method({ plan, models, deviceSearched }) {
      const device = deviceSearched ? '本机在肺内搜索了结节。' : '本机未搜索肺部。';
      if (plan === 'device-only') return `${device}未询问任何模型。`;
      return models.length === 0 ? device : `${device}图像经中转服务交由以下模型阅读：${models.join('、')}。`;
    },
    measures: '直径和体积由本机测量。肺叶为估计值，未识别叶间裂。',
    openCandidates: (count) => `本机另标记了${String(count)}处未经任何病灶确认的位置，不属于本报告内容。`,
    coverage,
    stretches: (unread) => `未阅读：${unread.map(({ fromSlice, toSlice, fromMm, toMm }) =>
      `第${fromSlice === toSlice ? String(fromSlice) : `${String(fromSlice)}至${String(toSlice)}`}层（${fromMm.toFixed(1)}至${toMm.toFixed(1)} mm）`).join('；')}。`,
    verification: (asked, answered) => `交由模型判断的${String(asked)}处候选中，${String(answered)}处得到回答。`,
    note: (note) => notes[note],
    markedBy: (sources) => `标记者：${sources.map(({ kind, name }) => (kind === 'device' ? sourceNames.device : `${sourceNames[kind]} ${name}`)).join('、')}。`,
    onlyRegion: '仅知所在区域：由模型标记，该处没有得到确认的本机候选。',
  };
}

function named({ side, lobe, attenuation, located }: ReportFinding): string {
  const place = lobe !== 'indeterminate' ? lobeNames[lobe] : side === 'indeterminate' ? '肺内' : side === 'right' ? '右肺' : '左肺';
  return `${place}${attenuationNames[attenuation]}${located === 'place' ? '结节' : '局灶影'}`;
}

function onSlices({ slices }: ReportFinding, sliceCount: number | null): readonly string[] {
  if (slices === null) return [];
  const { from, to } = slices;
  return [`位于第${from === to ? String(from) : `${String(from)}至${String(to)}`}层${sliceCount === null ? '' : `（共${String(sliceCount)}层）`}`];
}

function coverage({ isWhole, planned, byModel, byDevice, outline }: ReportFacts['coverage']): string {
  const by = byModel > 0 && byDevice > 0 ? `（模型${String(byModel)}层，仅本机${String(byDevice)}层）` : byModel > 0 ? '（由模型阅读）' : byDevice > 0 ? '（仅由本机搜索）' : '';
  const read = `应阅读${String(planned)}层，已阅读${String(byModel + byDevice)}层${by}。`;
  const body = outline === 'body' ? '未能勾画肺，按整个身体区域阅读。' : outline === 'none' ? '未勾画肺。' : '';
  return isWhole ? `勾画出的肺已全部阅读：${read}` : `覆盖不完整：${read}${body}`;
}
