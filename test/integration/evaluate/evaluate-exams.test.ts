import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { CtVolume } from '../../../src-main/imaging/volume/ct-volume.ts';
import { outlineLungs } from '../../../src-main/imaging/lungs/outline-lungs.ts';
import { voxelToPatient } from '../../../src-main/imaging/volume/ct-volume.ts';
import { evaluateExams } from '../../evaluate/evaluate-exams.ts';
import type { EvaluateParts } from '../../evaluate/evaluate-exams.ts';
import { listExams } from '../../evaluate/exams/list-exams.ts';
import { evaluateOptions } from '../../evaluate/options.ts';
import { writeBooks } from '../../evaluate/pictures/write-book.ts';
import { evaluationDocument } from '../../evaluate/report/evaluation-document.ts';
import type { Mark } from '../../evaluate/score/match-marks.ts';
import { readScoredReading } from '../../evaluate/score/reading-marks.ts';
import { summarise } from '../../evaluate/score/score-summary.ts';
import { distanceMm } from '../../evaluate/truth/exam-nodules.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import { temporaryFolder } from '../../helpers/fresh-database.ts';
import { lungPhantom } from '../../helpers/lung-phantom.ts';

const studyInstanceUid = '1.2.826.0.1.3680043.10.999.77';
const seriesInstanceUid = `${studyInstanceUid}.1`;
/** A ball of tissue in the right lung of the phantom. */
const ball = { centre: [-70, 10, 170] as const, radiusMm: 8, hu: 30 };
const wrongPlace = [75, 0, 180] as const;

/** Exams of a folder named after a patient, with truth of all of them beside it. */
function examsFolder(rows: readonly string[]): string {
  const folder = join(temporaryFolder(), 'collection');
  const exam = join(folder, 'Doe^Jane', 'series');
  mkdirSync(exam, { recursive: true });
  const { volume } = lungPhantom({ pixelMm: 2.4, columns: 160, rows: 120, balls: [ball], noiseHu: 12 });
  for (const [index, { affine }] of volume.slices.entries()) {
    const pixels = volume.voxels.slice(index * 160 * 120, (index + 1) * 160 * 120).map((hu) => hu + 1024);
    writeFileSync(join(exam, `${String(index)}.dcm`), ctSlice({
      studyInstanceUid, seriesInstanceUid, sopInstanceUid: `${seriesInstanceUid}.${String(index + 1)}`, instanceNumber: index + 1,
      rows: 120, columns: 160, pixels, position: affine.origin, pixelSpacing: [2.4, 2.4], sliceThickness: 3,
    }));
  }
  writeFileSync(join(folder, 'truth.csv'), ['exam,x_mm,y_mm,z_mm,diameter_mm,type', ...rows, ''].join('\n'));
  return folder;
}

/** Finds the ball, a wrong place, and whatever was changed in the volume since it first saw it. */
function changeFinder(): EvaluateParts['find'] {
  let first: Int16Array | null = null;
  return async (volume: CtVolume) => {
    first ??= Int16Array.from(volume.voxels);
    const marks: Mark[] = [];
    const size = volume.columns * volume.rows;
    for (let at = 0; at < volume.voxels.length; at += 1) {
      if (Math.abs((volume.voxels[at] ?? 0) - (first[at] ?? 0)) < 60) continue;
      const centreMm = voxelToPatient(volume, at % volume.columns, Math.floor((at % size) / volume.columns), Math.floor(at / size));
      if (marks.every((mark) => distanceMm(mark.centreMm, centreMm) > 2)) marks.push({ centreMm, score: 50 - marks.length / 1000, diameterMm: 5, size: null });
    }
    return [...marks, { centreMm: ball.centre, score: 99, diameterMm: 16, size: { meanDiameterMm: 15, volumeMm3: null, profile: 'solid' } }, { centreMm: wrongPlace, score: 1, diameterMm: 5, size: null }];
  };
}

function parts(find: EvaluateParts['find'], told: string[] = []): EvaluateParts {
  return { find, outline: async (volume) => outlineLungs(volume), readings: [], tell: (line) => told.push(line) };
}

describe('evaluateExams', () => {
  it('scores exams as they are and with simulated nodules, and leaves nothing of the patient in what it writes', async () => {
    const folder = examsFolder([`Doe^Jane,${ball.centre.join()},16,solid`, 'Somebody else,0,0,0,5,']);
    const options = evaluateOptions([folder, '--simulate', '14', '--together', '2', '--pictures', '3']);
    const evaluation = await evaluateExams(listExams(folder), options, parts(changeFinder()));
    expect(evaluation.exams).toMatchObject([{ label: 'exam 1', truth: 'csv', nodules: 1 }]);
    const [own, simulated] = evaluation.kinds;
    expect(own).toMatchObject({ kind: 'exams as they are', isSimulated: false, lists: [{ matched: { nodules: [{ hit: { rank: 1 } }], falsePositives: [{ rank: 2 }] } }] });
    const nodules = simulated!.lists.flatMap(({ matched }) => matched.nodules);
    expect(nodules.length).toBeGreaterThanOrEqual(4);
    expect(nodules.length + evaluation.exams[0]!.seedsWithoutPlace.length).toBe(7);
    expect(simulated!.lists.length).toBeLessThan(nodules.length);
    // What is put in is there, at its place, when it is looked for, and gone afterwards; the ball is no false positive.
    expect(nodules.every(({ hit }) => hit !== null)).toBe(true);
    for (const { matched } of simulated!.lists) {
      expect(matched.uncounted.some(({ score }) => score === 99)).toBe(true);
      expect(matched.falsePositives.some(({ score }) => score === 99)).toBe(false);
    }

    const out = join(temporaryFolder(), 'out');
    await writeBooks(out, evaluation.books);
    const document = evaluationDocument(evaluation, evaluation.kinds.map(({ kind, lists }) => summarise(kind, lists)), options, { lungdesk: '1', node: '24' });
    expect(document.nodules.map(({ seed }) => seed).toSorted()).toEqual([...nodules.map(({ nodule }) => ('seed' in nodule ? nodule.seed : null)), null].toSorted());
    const texts = `${JSON.stringify(document)}${readFileSync(join(out, 'index.html'), 'utf8')}${readdirSync(out, { recursive: true }).join('\n')}`;
    for (const identity of ['Doe', studyInstanceUid, 'collection', 'Phantom']) expect(texts).not.toContain(identity);
    const { data, info } = await sharp(join(out, '1-false-positives.png')).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([660, 220, 3]);
    // Three rings around 5 mm and 2 mm on either side: 9 mm of 50 are 40 of 220 pixels, so that their circles have about 125 each.
    const ring = Array.from({ length: 660 * 220 }, (_, at) => at).filter((at) => data[3 * at] === 255 && data[3 * at + 1] === 90 && data[3 * at + 2] === 80);
    expect(ring.length).toBeGreaterThan(3 * 125);
    expect(ring.every((at) => Math.abs(Math.hypot((at % 660) % 220 - 109.5, Math.floor(at / 660) - 109.5) - 19.8) < 1)).toBe(true);
  }, 120_000);

  it('finds the same nodules whatever is put in together, and with the lungs outlined anew', async () => {
    const folder = examsFolder([]);
    const places = async (...args: readonly string[]) => {
      const { kinds } = await evaluateExams(listExams(folder), evaluateOptions([folder, '--simulate', '8', '--half', 'tune', ...args]), parts(changeFinder()));
      return kinds.find(({ isSimulated }) => isSimulated)!.lists.flatMap(({ matched }) => matched.nodules.map(({ nodule }) => nodule.centreMm)).toSorted();
    };
    const alone = await places('--together', '1');
    expect(alone.length).toBeGreaterThanOrEqual(2);
    expect(await places('--together', '4', '--remask')).toEqual(alone);
  }, 120_000);

  it('puts the voxels back when a search fails', async () => {
    const folder = examsFolder([]);
    let seen: CtVolume | null = null;
    let before: Int16Array | null = null;
    const failing: EvaluateParts['find'] = async (volume) => {
      if (before === null) {
        [seen, before] = [volume, Int16Array.from(volume.voxels)];
        return [];
      }
      expect(volume.voxels.some((hu, at) => hu !== before![at])).toBe(true);
      throw new Error('broken');
    };
    await expect(evaluateExams(listExams(folder), evaluateOptions([folder, '--simulate', '8']), parts(failing))).rejects.toThrow('broken');
    expect((seen as CtVolume | null)!.voxels.every((hu, at) => hu === before![at])).toBe(true);
  }, 120_000);

  it('scores readings by who points at the finding, and leaves out those that failed', async () => {
    const folder = examsFolder([`,${ball.centre.join()},16,solid`]);
    const finding = (centreMm: readonly number[], kind: string, confidence: number | null) => ({ centreMm, diameterMm: null, sources: [{ kind, name: 'n', confidence }] });
    const reading = (status: string, uid: string) => readScoredReading(JSON.stringify({
      schema: 'lungdesk.reading/1', status, studyInstanceUid: uid, findings: [finding(ball.centre, 'model', 0.8), finding(wrongPlace, 'device', null)],
    }));
    const told: string[] = [];
    const evaluation = await evaluateExams(listExams(folder), evaluateOptions([folder, '--reading', 'a']), {
      ...parts(async () => { throw new Error('the device was not asked'); }, told), readings: [reading('incomplete', studyInstanceUid), reading('failed', studyInstanceUid), reading('complete', '1.2')],
    });
    expect(evaluation.kinds.map(({ kind, lists }) => [kind, lists.length, lists[0]!.matched.nodules[0]!.hit !== null, lists[0]!.matched.falsePositives.length])).toEqual([
      ['findings, device', 1, false, 1], ['findings, model', 1, true, 0], ['findings, combined', 1, true, 1],
    ]);
    expect(told).toEqual(['exam 1: opening', 'exam 1: a reading is incomplete; what nobody read counts as not found', 'exam 1: a reading is failed, left out']);
  }, 120_000);

  it('names the row of truth that it cannot read', async () => {
    const folder = examsFolder([`Doe^Jane,${ball.centre.join()},16,solid`, 'Doe^Jane,1,2,left,4,']);
    await expect(evaluateExams(listExams(folder), evaluateOptions([folder]), parts(async () => []))).rejects.toThrow(expect.objectContaining({ name: 'TruthError', message: 'row 3: z_mm is not a number', row: 3 }));
  }, 120_000);
});
