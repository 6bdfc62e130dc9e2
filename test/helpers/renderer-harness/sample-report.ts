import type { RequestOf } from '../../../src-shared/ipc/contract.ts';
import type { ReportResult } from '../../../src-shared/domain/report-draft.ts';

const text = {
  en: `CHEST CT – DRAFT REPORT

TECHNIQUE
Chest CT with 107 slices. Read by the device and by gpt-6-luna-2026-08.
All diameters were measured by the device.
All 107 slices of the lungs were read.

FINDINGS
1. Solid nodule in the left lower lobe, mean diameter 23.1 mm, slices 59 to 69.
   Marked by LungDesk finder and gpt-6-luna-2026-08.
2. Ground-glass nodule in the right lung, not measured, slices 49 to 52.
   Marked by gpt-6-luna-2026-08.

IMPRESSION
There are 2 findings.
1. Solid nodule in the left lower lobe, 23.1 mm.
2. Ground-glass nodule in the right lung.

NOTICE
Draft for research use. It restates what was found and was not reviewed by a physician.
`,
  'zh-CN': `胸部 CT – 报告草稿

检查方法
胸部 CT，共 107 层。由设备和 gpt-6-luna-2026-08 阅片。
所有径线均由设备测量。

所见
1. 左肺下叶实性结节，平均径 23.1 mm，第 59 至 69 层。
2. 右肺磨玻璃结节，未测量，第 49 至 52 层。

印象
共 2 个发现。

声明
草稿，仅供研究使用，未经医师审核。
`,
} as const;

/** What the main process answers to a request for a draft report. */
export function sampleReport({ language, byModel }: RequestOf<'draftReport'>, draft: 'written' | 'rejected' | 'never'): ReportResult | Promise<never> {
  const template = { text: text[language], source: 'template', model: null, rejected: null, because: { reason: 'not-asked', code: null } } as const;
  if (!byModel) return template;
  if (draft === 'never') return new Promise<never>(() => undefined);
  if (draft === 'written') return { ...template, source: 'model', model: 'gpt-6-nano', because: null };
  return {
    ...template, model: 'gpt-6-nano', because: { reason: 'draft-rejected', code: null },
    rejected: [{ kind: 'number', part: 'findings', ref: 2, said: '8.5 mm' }, { kind: 'side', part: 'impression', ref: 1, said: 'right' }, { kind: 'word-denied', part: 'impression', ref: 0, said: 'malignant' }],
  };
}
