import { describe, expect, it } from 'vitest';
import type { NoduleProfile } from '../../../../src-shared/domain/candidate.ts';
import type { ScoredList } from '../../../evaluate/score/froc.ts';
import { matchMarks } from '../../../evaluate/score/match-marks.ts';
import type { Mark, MarkSize } from '../../../evaluate/score/match-marks.ts';
import { noduleGroups, sensitivityTargets } from '../../../evaluate/score/nodule-groups.ts';
import { summarise } from '../../../evaluate/score/score-summary.ts';
import { sizeAgreement } from '../../../evaluate/score/size-agreement.ts';
import type { TrueNodule } from '../../../evaluate/truth/exam-nodules.ts';

function nodule(x: number, diameterMm: number, profile: NoduleProfile = 'solid', volumeMm3: number | null = null): TrueNodule {
  return { centreMm: [x, 0, 0], diameterMm, volumeMm3, profile, attachment: 'isolated', readers: null };
}

function mark(x: number, score: number, size: MarkSize | null = null): Mark {
  return { centreMm: [x, 0, 0], score, diameterMm: 5, size };
}

function scored(exam: number, marks: readonly Mark[], nodules: readonly TrueNodule[]): ScoredList {
  return { exam, matched: matchMarks(marks, nodules, []) };
}

describe('noduleGroups', () => {
  it.each([[2.9, 'below 3 mm'], [3, '3-4 mm'], [4, '4-6 mm'], [5.99, '4-6 mm'], [6, '6-8 mm'], [8, '8-15 mm'], [15, '15-30 mm'], [30, 'from 30 mm'], [80, 'from 30 mm']])('puts %d mm into "%s"', (diameterMm, band) => {
    expect(noduleGroups([nodule(0, diameterMm)]).map(({ name }) => name)).toEqual([band, 'solid', `solid ${band}`, 'isolated', 'solid isolated']);
  });
});

describe('sensitivityTargets', () => {
  it.each([[5.9, 'solid', [false, true, false]], [6, 'solid', [true, false, false]], [30, 'solid', [true, false, false]], [30.1, 'solid', [false, false, false]],
    [8, 'ground-glass', [false, false, true]], [7.9, 'ground-glass', [false, false, false]], [9, 'part-solid', [false, false, false]]] as const)('asks of %d mm %s as the issue does', (diameterMm, profile, chosen) => {
    expect(sensitivityTargets().map(({ isChosen }) => isChosen(nodule(0, diameterMm, profile)))).toEqual(chosen);
  });
});

describe('sizeAgreement', () => {
  it('compares measured nodules that were found', () => {
    const size = (meanDiameterMm: number, volumeMm3: number | null, profile = 'solid'): MarkSize => ({ meanDiameterMm, volumeMm3, profile });
    const { matched } = scored(0, [mark(0, 9, size(11, 550)), mark(100, 8, size(7, 90, 'part-solid')), mark(200, 7), mark(300, 6, size(5, null))],
      [nodule(0, 10, 'solid', 500), nodule(100, 8, 'solid', 100), nodule(200, 9), nodule(300, 6), nodule(400, 6)]);
    const agreement = sizeAgreement(matched.nodules);
    expect(agreement).toMatchObject({ found: 4, measured: 3, profileRight: 2 / 3 });
    expect(agreement.diameterMm.bias).toBeCloseTo((1 - 1 - 1) / 3, 12);
    // Standard deviation of 1, -1, -1 is 2 / sqrt(3).
    expect(agreement.diameterMm.high).toBeCloseTo(-1 / 3 + (1.96 * 2) / Math.sqrt(3), 12);
    expect(agreement.volume.bias).toBeCloseTo(0, 12);
    expect(agreement.medianVolumeOff).toBeCloseTo(0.1, 12);
  });
});

describe('summarise', () => {
  it('sums up one exam over its nodules', () => {
    const summary = summarise('device', [scored(0, [mark(0, 9), mark(500, 8), mark(100, 7)], [nodule(0, 10), nodule(100, 5), nodule(200, 5)])]);
    expect(summary).toMatchObject({ exams: 1, lists: 1, intervals: 'wilson-nodules', marksPerList: 3, falsePositivesPerList: 1, withinCounts: [] });
    expect(summary.all?.atRates.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3, 2 / 3]);
    expect(summary.average?.value).toBeCloseTo((3 * (1 / 3) + 4 * (2 / 3)) / 7, 12);
    expect(summary.average?.interval).toBeNull();
    expect(summary.groups.find(({ name }) => name === '4-6 mm')).toMatchObject({ nodules: 2, found: { share: 0.5 } });
  });

  it('draws exams where there are several, and takes all lists of an exam together', () => {
    // Found in every second exam, three lists of each: drawing lists would give a narrower interval than drawing exams.
    const lists = Array.from({ length: 30 }, (_, at) => scored(at % 10, [mark(at % 2 === 0 ? 0 : 500, 1)], [nodule(0, 10)]));
    const summary = summarise('device', lists);
    expect(summary).toMatchObject({ exams: 10, lists: 30, intervals: 'bootstrap-exams', all: { found: { share: 0.5, low: 0.2, high: 0.8 } } });
    expect(summary.average?.interval).not.toBeNull();
  });

  it('has no sensitivity where there are no nodules', () => {
    expect(summarise('device', [scored(0, [mark(0, 1)], [])])).toMatchObject({ all: null, average: null, groups: [], falsePositivesPerList: 1 });
  });
});
