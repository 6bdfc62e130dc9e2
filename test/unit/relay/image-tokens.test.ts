import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { imageTokens } from '../../../src-main/relay/image-tokens.ts';
import type { TokenRule } from '../../../src-main/relay/image-tokens.ts';

const gpt41: TokenRule = { family: 'tiles', base: 85, perTile: 170 };
const mini41: TokenRule = { family: 'patches', multiplier: 1.62, patchBudget: 6144, maxSide: 2048 };
const gpt6: TokenRule = { family: 'patches', multiplier: 1.2, patchBudget: 2500, maxSide: 2048 };
const claudeStandard: TokenRule = { family: 'claude', maxEdge: 1568, maxTokens: 1568 };
const claudeHigh: TokenRule = { family: 'claude', maxEdge: 2576, maxTokens: 4784 };
const gemini3: TokenRule = { family: 'fixed', tokens: 1120 };
const rules = [gpt41, mini41, gpt6, claudeStandard, claudeHigh, { family: 'gemini-tiles' }, gemini3, { family: 'deepseek' }, { family: 'qwen', maxTokens: 1280 }] as const;

// facts/relay.md 2.5: size, then tokens for each rule above.
const table = [
  [256, 256, [255, 104, 77, 100, 100, 258, 1120, 187, 66]],
  [336, 252, [255, 143, 106, 108, 108, 258, 1120, 209, 82]],
  [384, 384, [255, 234, 173, 196, 196, 258, 1120, 187, 146]],
  [504, 504, [255, 415, 308, 324, 324, 1032, 1120, 187, 258]],
  [512, 512, [255, 415, 308, 361, 361, 1032, 1120, 187, 258]],
  [1024, 512, [425, 830, 615, 703, 703, 2064, 1120, 343, 514]],
  [2048, 512, [765, 1659, 1229, 784, 1406, 3612, 1120, 655, 1026]],
  [1024, 1024, [765, 1659, 1229, 1369, 1369, 1032, 1120, 655, 1026]],
  [1536, 1536, [765, 3733, 2765, 1521, 3025, 1032, 1120, 997, 1227]],
  [2048, 2048, [765, 6636, 3000, 1521, 4761, null, 1120, 997, 1227]],
] as const;

describe('imageTokens', () => {
  for (const [columns, rows, expected] of table) {
    rules.forEach((rule, at) => {
      const tokens = expected[at];
      if (tokens === null || tokens === undefined) return;
      it(`counts ${String(tokens)} for ${rule.family} ${String(at)} at ${String(columns)}x${String(rows)}`, () => {
        expect(imageTokens(rule, columns, rows).expected).toBe(tokens);
      });
    });
  }

  it.each([[1075, 1520, claudeStandard, 1551], [1920, 1080, claudeStandard, 1560], [2000, 1500, claudeStandard, 1564], [3840, 2160, claudeHigh, 4784], [1920, 1080, claudeHigh, 2691]] as const)(
    'shrinks %ix%i for Claude',
    (columns, rows, rule, tokens) => {
      expect(imageTokens(rule, columns, rows).expected).toBe(tokens);
    },
  );

  it('demands only the lower of Gemini’s two rules', () => {
    expect(imageTokens({ family: 'gemini-tiles' }, 512, 512)).toEqual({ expected: 1032, least: 258 });
  });

  it('never gives less than one token and never demands more than it expects', () => {
    fc.assert(fc.property(fc.constantFrom<TokenRule>(...rules, { family: 'unknown' }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (rule, columns, rows) => {
      const { expected, least } = imageTokens(rule, columns, rows);
      return Number.isSafeInteger(expected) && least >= 1 && expected >= least;
    }));
  });
});
