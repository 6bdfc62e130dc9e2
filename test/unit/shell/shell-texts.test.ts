import { describe, expect, it } from 'vitest';
import { shellLanguage, shellTexts, trayTooltip } from '../../../src-main/shell/shell-texts.ts';

describe('shellLanguage', () => {
  it.each([
    ['system', 'zh-CN', 'zh-CN'], ['system', 'zh-Hans-SG', 'zh-CN'], ['system', 'ZH', 'zh-CN'], ['system', 'de-DE', 'en'], ['system', '', 'en'],
    ['en', 'zh-CN', 'en'], ['zh-CN', 'en-US', 'zh-CN'],
  ] as const)('of %s on a %s system is %s', (setting, locale, language) => {
    expect(shellLanguage(setting, locale)).toBe(language);
  });
});

describe('trayTooltip', () => {
  it('counts, in both languages, and says when nothing waits', () => {
    expect(trayTooltip('en', 0)).toBe('LungDesk: nothing waits for you');
    expect(trayTooltip('en', 1)).toBe('LungDesk: 1 exam in progress or waiting for you');
    expect(trayTooltip('en', 12)).toContain('12 exams');
    expect(trayTooltip('zh-CN', 12)).toContain('12');
  });
});

describe('shellTexts', () => {
  it('leaves no text untranslated', () => {
    const english = shellTexts('en');
    const chinese = shellTexts('zh-CN');
    expect(Object.entries(chinese).filter(([key, text]) => text === '' || text === english[key as keyof typeof english])).toEqual([]);
  });
});
