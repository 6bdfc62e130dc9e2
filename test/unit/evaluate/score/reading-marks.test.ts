import { describe, expect, it } from 'vitest';
import { readingMarks, readScoredReading } from '../../../evaluate/score/reading-marks.ts';

type Kind = 'device' | 'model' | 'reader';

function finding(x: number, diameterMm: number | null, ...sources: readonly (readonly [kind: Kind, confidence: number | null])[]) {
  return { centreMm: [x, 0, 0], diameterMm, lobe: 'indeterminate', sources: sources.map(([kind, confidence]) => ({ kind, name: 'n', confidence })) };
}

function reading(...findings: readonly ReturnType<typeof finding>[]) {
  return readScoredReading(JSON.stringify({ schema: 'lungdesk.reading/1', status: 'complete', studyInstanceUid: '1.2', findings, more: true }));
}

describe('readingMarks', () => {
  it('takes the findings of a kind of source, and all of them combined', () => {
    const read = reading(finding(1, 6.5, ['device', 0.2], ['model', 0.9]), finding(2, null, ['model', 0.4]), finding(3, 4, ['device', 0.7]), finding(4, 4, ['reader', null]));
    expect(readingMarks(read, 'device').map(({ centreMm, score }) => [centreMm[0], score])).toEqual([[1, 0.2], [3, 0.7]]);
    expect(readingMarks(read, 'model').map(({ centreMm, score }) => [centreMm[0], score])).toEqual([[1, 0.9], [2, 0.4]]);
    expect(readingMarks(read, 'combined').map(({ centreMm, score }) => [centreMm[0], score])).toEqual([[1, 0.9], [2, 0.4], [3, 0.7]]);
    expect(readingMarks(read, 'model').map(({ size }) => size?.meanDiameterMm ?? null)).toEqual([6.5, null]);
  });

  it('goes by the order of the findings where one has no confidence', () => {
    const marks = readingMarks(reading(finding(1, null, ['model', 0.1]), finding(2, null, ['model', null]), finding(3, null, ['model', 0.9])), 'model');
    expect(marks.toSorted((a, b) => b.score - a.score).map(({ centreMm }) => centreMm[0])).toEqual([1, 2, 3]);
  });
});

describe('readScoredReading', () => {
  it.each([['no JSON', '{"schema"', 'a reading is not JSON'], ['another document', '{"schema":"lungdesk.reading/9"}', 'a reading is not of the schema lungdesk.reading/1: schema']])('refuses %s', (_, text, message) => {
    expect(() => readScoredReading(text)).toThrow(expect.objectContaining({ name: 'TruthError', message }));
  });
});
