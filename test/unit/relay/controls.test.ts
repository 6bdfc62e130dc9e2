import { describe, expect, it } from 'vitest';
import type { TileAnswer } from '../../../src-shared/domain/tile-answer.ts';
import { checkControls } from '../../../src-main/relay/controls.ts';

const nothing: TileAnswer = { state: 'valid', regions: [] };
const something: TileAnswer = { state: 'valid', regions: [{ attributes: { attenuation: 'solid' }, certainty: 'low' }] };
const refused: TileAnswer = { state: 'refused', code: 'answer-refused' };
const failed: TileAnswer = { state: 'failed', code: 'answer-invalid' };
const controls = { blanks: [2], nodules: [5] };

describe('checkControls', () => {
  it.each([
    ['a model that sees', nothing, something, { ok: true, blanksRead: 1, nodulesRead: 1, blankCalledPositive: 0, noduleMissed: 0 }],
    ['one that misses the nodule', nothing, nothing, { ok: true, blanksRead: 1, nodulesRead: 1, blankCalledPositive: 0, noduleMissed: 1 }],
    ['one that calls everything positive', something, something, { ok: false, blanksRead: 1, nodulesRead: 1, blankCalledPositive: 1, noduleMissed: 0 }],
    ['one that declines the blank', refused, something, { ok: true, blanksRead: 0, nodulesRead: 1, blankCalledPositive: 0, noduleMissed: 0 }],
    ['one whose controls failed', failed, failed, { ok: true, blanksRead: 0, nodulesRead: 0, blankCalledPositive: 0, noduleMissed: 0 }],
  ] as const)('judges %s', (_, blank, nodule, check) => {
    expect(checkControls(new Map([[1, something], [2, blank], [5, nodule]]), controls)).toEqual(check);
  });
  it('counts every control', () => {
    const answers = new Map([[1, something], [2, nothing], [3, something], [4, nothing]]);
    expect(checkControls(answers, { blanks: [1, 2, 3], nodules: [4, 9] })).toEqual({ ok: false, blanksRead: 3, nodulesRead: 1, blankCalledPositive: 2, noduleMissed: 1 });
  });
  it('has nothing against a request without controls', () => {
    expect(checkControls(new Map([[1, something]]), { blanks: [], nodules: [] }).ok).toBe(true);
  });
});
