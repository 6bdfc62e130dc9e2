import { describe, expect, it } from 'vitest';
import { formatDescription, formatLitres, formatMicroUsd, formatMm, formatMmNumber, formatMonth, formatPersonName, formatSeconds, formatShare, formatStudyDate } from '../../../src-renderer/i18n/format.ts';
import { languageFor } from '../../../src-renderer/i18n/start-i18n.ts';

describe('formatMicroUsd', () => {
  it.each([
    [0, '$0.00'], [1, '<$0.0001'], [99, '<$0.0001'], [100, '$0.0001'], [3_100, '$0.0031'], [250_000, '$0.25'], [999_999, '$1.00'], [1_000_000, '$1.00'],
    [12_400_000, '$12.40'], [1_234_567_890, '$1,234.57'],
  ])('writes %i micro-USD as %s', (amount, text) => {
    expect(formatMicroUsd(amount, 'en')).toBe(text);
  });

  it('says US dollars where a dollar sign alone would not', () => {
    expect(formatMicroUsd(12_400_000, 'zh-CN')).toBe('US$12.40');
  });
});

describe('formatLitres', () => {
  it.each([[0, '0.0 L'], [5_204, '5.2 L'], [5_250, '5.3 L'], [12_000, '12.0 L']])('writes %i ml as %s', (volumeMl, text) => {
    expect(formatLitres(volumeMl, 'en')).toBe(text);
  });
});

describe('formatShare', () => {
  it.each([[107, 107, '100%'], [106, 107, '99%'], [999, 1000, '99%'], [0, 107, '0%'], [0, 0, '0%']])('writes %i of %i as %s', (part, whole, text) => {
    expect(formatShare(part, whole, 'en')).toBe(text);
  });
});

describe('formatStudyDate', () => {
  it('reads a DICOM date whatever the time zone of the machine', () => {
    expect(formatStudyDate('20000101', 'en')).toBe('Jan 1, 2000');
    expect(formatStudyDate('20261231', 'zh-CN')).toBe('2026年12月31日');
  });
  it('shows anything else as it stands', () => {
    expect(formatStudyDate('unknown', 'en')).toBe('unknown');
  });
});

describe('formatPersonName', () => {
  it.each([['Sample^Anna', 'Sample, Anna'], ['Nakamura^Ken=中村^健', 'Nakamura, Ken · 中村, 健'], ['Solo', 'Solo'], ['^', ''], ['', ''], ['A^B^C^Dr', 'A, B C']])('writes %s as "%s"', (name, text) => {
    expect(formatPersonName(name)).toBe(text);
  });
});

describe('formatDescription', () => {
  it.each([['Thorax^AThoraxRoutine', 'Thorax AThoraxRoutine'], ['^CT^^CHEST ', 'CT CHEST'], ['胸部CT', '胸部CT'], ['^', '']])('writes %s as "%s"', (text, shown) => {
    expect(formatDescription(text)).toBe(shown);
  });
});

describe('small formats', () => {
  it('round seconds up and never below zero', () => {
    expect([formatSeconds(6_001, 'en'), formatSeconds(-5, 'en')]).toEqual(['7s', '0s']);
  });
  it('write millimetres with one decimal and no negative zero', () => {
    expect([formatMm(-117.5, 'en'), formatMm(-0.01, 'en'), formatMm(23.14, 'en')]).toEqual(['-117.5 mm', '0.0 mm', '23.1 mm']);
  });
  it('write millimetres without their unit', () => {
    expect([formatMmNumber(-112.5, 'en'), formatMmNumber(-0.01, 'en')]).toEqual(['-112.5', '0.0']);
  });
  it('write a month', () => {
    expect(formatMonth('2026-11', 'en')).toBe('November 2026');
  });
});

describe('languageFor', () => {
  it.each([['system', 'zh-Hans-CN', 'zh-CN'], ['system', 'de-DE', 'en'], ['en', 'zh-CN', 'en'], ['zh-CN', 'en-US', 'zh-CN']] as const)('turns %s on a %s system into %s', (wanted, locale, language) => {
    expect(languageFor(wanted, locale)).toBe(language);
  });
});
