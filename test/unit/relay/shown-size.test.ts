import { describe, expect, it } from 'vitest';
import { shippedCatalogue } from '../../../src-main/relay/catalogue.ts';
import { shownSize } from '../../../src-main/relay/shown-size.ts';

const catalogue = shippedCatalogue();

describe('shownSize', () => {
  it.each([
    ['claude-sonnet-4.5', 1075, 1520, null, 924, 1307], ['claude-sonnet-4.5', 1920, 1080, null, 1456, 819], ['claude-sonnet-4.5', 2000, 1500, null, 1269, 952],
    ['claude-sonnet-5.5', 3840, 2160, null, 2576, 1449], ['claude-sonnet-5.5', 1920, 1080, null, 1920, 1080],
    ['gpt-4.1', 1024, 1024, 'high', 768, 768], ['gpt-4.1', 2048, 512, 'high', 2048, 512], ['gpt-4.1', 4096, 1024, 'high', 2048, 512], ['gpt-4.1', 1024, 512, 'low', 512, 256],
    ['gpt-5.6-luna', 2048, 2048, 'high', 1600, 1600], ['gpt-5.5', 4032, 3024, 'original', 3669, 2752], ['gpt-5.6-luna', 2560, 1440, 'high', 2048, 1152],
    ['gpt-5.6-luna', 3000, 3000, 'high', 1600, 1600], ['deepseek-flash', 273, 273, null, 546, 546], ['deepseek-flash', 2604, 2604, null, 1302, 1302],
    ['qwen3-vl-plus', 2048, 2048, null, 1120, 1120], ['gemini-3.8-flash', 4000, 4000, null, 4000, 4000],
  ] as const)('is for %s %ix%i at %s: %ix%i', (model, columns, rows, detail, shownColumns, shownRows) => {
    const shown = shownSize(catalogue.modelOrUnknown(model).tokenRule, { columns, rows }, detail);
    expect(shown).toEqual({ columns: shownColumns, rows: shownRows });
  });
});
