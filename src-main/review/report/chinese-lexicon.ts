import { chineseNumberAt } from './number-words.ts';
import type { ReportLexicon, WordMeaning } from './sentence-token.ts';
import { entries, pauses } from './shared-words.ts';

/** Words without any claim of their own; there is none for negation, likelihood, time or comparison among them. */
const plainWords = [
  '肺', '肺内', '肺叶', '叶', '见', '可见', '显示', '示', '有', '存在', '位于', '位置', '在', '于', '的', '为', '呈', '均', '其', '该', '及', '和', '与', '内', '所示', '所见',
  '局灶性', '局灶', '平均', '大小', '密度', '测量', '测得', '自动', '设备', '本机', '标记', '标出', '估计', '区域', '序列', '图像',
];

const sides: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['右', '右肺', '右侧', '右侧肺'], { kind: 'side', side: 'right' }],
  [['左', '左肺', '左侧', '左侧肺'], { kind: 'side', side: 'left' }],
  [['双', '双肺', '双侧', '两肺', '两侧', '左右', '左右肺'], { kind: 'side', side: 'both' }],
];

const lobeWords: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['上叶', '上肺叶'], { kind: 'lobe', level: 'upper', side: null }],
  [['中叶', '中肺叶'], { kind: 'lobe', level: 'middle', side: null }],
  [['下叶', '下肺叶'], { kind: 'lobe', level: 'lower', side: null }],
  [['舌叶', '舌段', '尖段', '后段', '前段', '背段', '基底段', '肺尖', '肺底', '肺门', '胸膜下', '上肺', '中肺', '下肺'], { kind: 'lobe', level: 'part', side: null }],
];

const attenuationWords: readonly (readonly [readonly string[], WordMeaning])[] = [
  [['实性'], { kind: 'attenuation', attenuation: 'solid' }],
  [['部分实性', '半实性', '混合磨玻璃', '混合性磨玻璃'], { kind: 'attenuation', attenuation: 'part-solid' }],
  [['磨玻璃', '毛玻璃', '纯磨玻璃', '磨玻璃样', '非实性'], { kind: 'attenuation', attenuation: 'ground-glass' }],
  [['钙化', '钙化性'], { kind: 'attenuation', attenuation: 'calcified' }],
  [['亚实性', '部分钙化', '非钙化', '未钙化', '囊性', '空洞', '脂肪'], { kind: 'attenuation', attenuation: 'other' }],
];

/** The Chinese words of a report. */
export function chineseLexicon(): ReportLexicon {
  return {
    words: entries([
      ...pauses,
      [plainWords, { kind: 'word' }],
      [['结节', '结节影', '病灶', '灶', '局灶影', '影', '发现'], { kind: 'noun', plural: false }],
      [['直径', '径'], { kind: 'measure', of: 'diameter' }],
      [['体积'], { kind: 'measure', of: 'volume' }],
      [['层', '层面', '层图像'], { kind: 'slice' }],
      [['第'], { kind: 'ordinal' }],
      [['共', '总共', '共计'], { kind: 'total' }],
      [['枚', '个', '处', '颗'], { kind: 'counter' }],
      [['至', '到'], { kind: 'joiner' }],
      [['未测量', '未测得'], { kind: 'unmeasured' }],
      [['mm', '毫米'], { kind: 'unit', unit: 'mm' }],
      [['mm³', '立方毫米'], { kind: 'unit', unit: 'mm³' }],
      ...sides, ...lobeWords, ...attenuationWords,
    ]),
    numberAt: chineseNumberAt,
    countsAhead: false,
  };
}
