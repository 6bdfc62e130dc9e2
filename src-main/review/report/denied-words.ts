import type { ReportLanguage } from '../../../src-shared/domain/report-draft.ts';

/** Stems of diagnoses, likelihoods, comparisons and advice: nothing of it can come out of restating measurements. */
const englishStems = [
  'cancer', 'malignan', 'benign', 'carcinom', 'adenocarcin', 'tumou?r', 'metasta', 'neoplas', 'lymphom', 'sarcom', 'granulom', 'hamartom', 'infect', 'inflam', 'pneumon', 'tubercul',
  'fibros', 'emphysem', 'diagnos', 'patholog', 'suspicio', 'suspect', 'concern', 'worrisome', 'likely', 'unlikely', 'probab', 'possib', 'suggest', 'consistent with', 'compatible with',
  'indicat', 'represent', 'normal', 'abnormal', 'unremarkable', 'clear lungs?', 'exclud', 'rule[sd]? out', 'no evidence', 'without', 'new', 'stable', 'unchanged', 'increas', 'decreas', 'grow',
  'interval', 'prior', 'previous', 'biops', 'follow[- ]?up', 'follow', 'pet', 'surveillance', 'recommend', 'advis', 'should', 'consider', 'refer(?:ral)?', 'correlat', 'treat', 'therap', 'surg',
  'resect', 'lung[- ]?rads', 'fleischner', 'category', 'risk', 'urgent', 'staging', 'stage', 'screening', 'repeat', 'monitor',
];

const chineseWords = [
  '恶性', '良性', '癌', '肿瘤', '瘤', '转移', '淋巴瘤', '炎', '结核', '感染', '肉芽肿', '纤维化', '肺气肿', '诊断', '病理', '可疑', '怀疑', '考虑', '提示', '符合', '倾向', '可能', '疑似', '正常', '异常',
  '未见', '排除', '除外', '无明显', '新发', '稳定', '增大', '缩小', '变化', '既往', '前片', '对比', '较前', '活检', '穿刺', '随访', '复查', '随诊', 'PET', '建议', '推荐', '需要', '进一步', '治疗', '手术', '切除',
  '分期', '分级', '风险', '紧急', '筛查', '检查', '会诊',
];

/**
 * Words of a sentence that no report of LungDesk may hold, in the order in which they stand.
 *
 * @param sentence - From normaliseSentence.
 * @param language - English stems are looked for in both languages.
 */
export function deniedWords(sentence: string, language: ReportLanguage): readonly string[] {
  const english = new RegExp(`\\b(?:${englishStems.join('|')})[a-z]*`, 'gi');
  const found = [...sentence.matchAll(english)];
  if (language === 'zh-CN') found.push(...sentence.matchAll(new RegExp(chineseWords.join('|'), 'gi')));
  return found.sort((a, b) => a.index - b.index).map(([word]) => word);
}
