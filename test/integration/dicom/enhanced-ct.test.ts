import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import type { StudyAssessment } from '../../../src-main/dicom/assess-study.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { decodeInstanceFrame, readInstance } from '../../../src-main/dicom/read-instance.ts';
import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import { ctSlice, encapsulated } from '../../helpers/dicom-writer.ts';
import { enhancedCt } from '../../helpers/enhanced-ct.ts';
import type { EnhancedCtOptions, WrittenFrame } from '../../helpers/enhanced-ct.ts';

const folder = mkdtempSync(join(tmpdir(), 'enhanced-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

async function inspect(bytes: Uint8Array): ReturnType<typeof inspectFile> {
  const path = join(folder, String(written += 1));
  writeFileSync(path, bytes);
  return inspectFile(path);
}

async function fileOf(bytes: Uint8Array): Promise<InstanceFile> {
  const inspection = await inspect(bytes);
  if (inspection.kind !== 'instance') throw new Error(JSON.stringify(inspection));
  return inspection.file;
}

async function assess(...options: readonly EnhancedCtOptions[]): Promise<StudyAssessment> {
  return assessStudy(await Promise.all(options.map((one) => fileOf(enhancedCt(one)))));
}

/** Frames one above the other, 2 mm apart. */
function stack(count: number, differing: WrittenFrame = {}, fromZ = 0): readonly WrittenFrame[] {
  return Array.from({ length: count }, (_, index) => ({ position: [-2, -2, fromZ + index * 2], ...differing }));
}

const codes = ({ chosen }: StudyAssessment): unknown => chosen?.problems.map(({ code }) => code);

describe('an Enhanced CT', () => {
  it.each([[undefined], ['undefined'], ['UN']] as const)('tells where its frames lie, with sequences written as %s', async (sequences) => {
    const shared: WrittenFrame = {
      orientation: [1, 0, 0, 0, 1, 0], pixelSpacing: [0.6, 0.7], sliceThickness: 1.5, slope: 2, intercept: -1000, frameType: 'ORIGINAL\\PRIMARY\\AXIAL', stackId: 'A',
    };
    const own: WrittenFrame = {
      position: [1, 2, 3.5], orientation: [-1, 0, 0, 0, -1, 0], pixelSpacing: [1, 2], sliceThickness: 3, slope: 1, intercept: 0,
      frameType: 'DERIVED\\SECONDARY\\MPR', stackId: 'B', temporalPositionIndex: 70000,
    };
    const { header } = await fileOf(enhancedCt({ shared, frames: [{ position: [0, 0, 0] }, own], ...(sequences === undefined ? {} : { sequences }) }));
    expect(header.frames).toEqual([
      {
        imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'], imagePositionPatient: [0, 0, 0], imageOrientationPatient: [1, 0, 0, 0, 1, 0], pixelSpacing: [0.6, 0.7],
        sliceThickness: 1.5, rescaleSlope: 2, rescaleIntercept: -1000, stackId: 'A', temporalPositionIndex: null,
      },
      {
        imageType: ['DERIVED', 'SECONDARY', 'MPR'], imagePositionPatient: [1, 2, 3.5], imageOrientationPatient: [-1, 0, 0, 0, -1, 0], pixelSpacing: [1, 2],
        sliceThickness: 3, rescaleSlope: 1, rescaleIntercept: 0, stackId: 'B', temporalPositionIndex: 70000,
      },
    ]);
  });

  it('takes region and kernel from the functional groups', async () => {
    const region = { tag: 0x00209071, vr: 'SQ', value: [[{ tag: 0x00082218, vr: 'SQ', value: [[{ tag: 0x00080104, vr: 'LO', value: 'Head' }]] }]] };
    const kernel = { tag: 0x00189314, vr: 'SQ', value: [[{ tag: 0x00181210, vr: 'SH', value: 'B60f' }]] };
    const elements = new Map([[0x00180015, null], [0x52009229, { vr: 'SQ', value: [[kernel, region]] }]] as const);
    const { header } = await fileOf(enhancedCt({ frames: stack(2), elements }));
    expect([header.bodyPartExamined, header.convolutionKernel]).toEqual(['HEAD', 'B60f']);
  });

  it('becomes one slice per frame, from feet to head, each with its own place and scale', async () => {
    const frames = [4, 0, 2, 6, 8, 10, 12, 14].map((z): WrittenFrame => ({ position: [-2, -2, z], intercept: -1024 - z }));
    const { chosen } = await assess({ frames });
    expect(chosen?.slices.map(({ frameNumber }) => frameNumber)).toEqual([2, 3, 1, 4, 5, 6, 7, 8]);
    expect([chosen?.instanceCount, chosen?.spacingBetweenSlicesMm]).toEqual([8, 2]);
    expect(chosen?.slices[2]).toMatchObject({
      positionMm: 4, header: { imagePositionPatient: [-2, -2, 4], rescaleIntercept: -1028, pixelSpacing: [0.7, 0.7], frames: null },
    });
    expect(chosen?.problems.map(({ code }) => code)).toEqual(['scale-uneven']);
  });

  it.each([['1.2.840.10008.5.1.4.1.1.2.1'], ['1.2.840.10008.5.1.4.1.1.2.2'], ['1.2.840.10008.5.1.4.1.1.2']])('is read in SOP class %s', async (sopClass) => {
    expect((await assess({ frames: stack(9), elements: new Map([[0x00080016, { vr: 'UI', value: sopClass }]]) })).chosen?.slices).toHaveLength(9);
  });

  it('lays the frames of several files into one volume', async () => {
    const result = await assess({ frames: stack(6), instanceNumber: 1 }, { frames: stack(6, {}, 12), instanceNumber: 2 });
    expect(result.chosen?.slices.map(({ positionMm }) => positionMm)).toEqual(Array.from({ length: 12 }, (_, index) => index * 2));
    expect(codes(result)).toEqual([]);
  });

  it.each<[string, WrittenFrame, WrittenFrame]>([
    ['stacks', { stackId: '1' }, { stackId: '2' }],
    ['times', { temporalPositionIndex: 1 }, { temporalPositionIndex: 2 }],
    ['orientations', {}, { orientation: [1, 0, 0, 0, 0.97, 0.2431] }],
  ])('reads the largest of two %s and says so of the other frames', async (_name, first, second) => {
    const result = await assess({ frames: [...stack(8, first), ...stack(10, second)] });
    expect(result.chosen?.slices.map(({ frameNumber }) => frameNumber)).toEqual(Array.from({ length: 10 }, (_, index) => index + 9));
    expect(result.chosen?.problems.filter(({ code }) => code === 'instance-set-aside')).toHaveLength(8);
  });

  it('sets localizers and computed frames aside by their Frame Type', async () => {
    const localizer: WrittenFrame = { position: [0, 0, 0], orientation: [1, 0, 0, 0, 0, -1], frameType: 'ORIGINAL\\PRIMARY\\LOCALIZER\\NONE' };
    const average: WrittenFrame = { position: [0, 0, 99], frameType: 'DERIVED\\PRIMARY\\VOLUME\\AVERAGE' };
    const result = await assess({ frames: [localizer, ...stack(8), average] });
    expect(result.chosen?.slices.map(({ frameNumber }) => frameNumber)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(codes(result)).toEqual(['instance-set-aside']);
  });

  it('never takes two frames at one place for copies of each other', async () => {
    const result = await assess({ frames: [...stack(9), { position: [-2, -2, 8] }] });
    expect(result.chosen?.slices).toHaveLength(9);
    expect(codes(result)).toEqual(['slice-conflict']);
  });

  it('takes a copied file once and says nothing', async () => {
    const one = await fileOf(enhancedCt({ frames: stack(9) }));
    const { chosen } = assessStudy([one, { ...one, path: `${one.path} copy` }]);
    expect([chosen?.slices.length, chosen?.problems]).toEqual([9, []]);
  });

  it('is rejected without a position for its frames, and told apart from one without functional groups', async () => {
    const none = await assess({ frames: stack(9), elements: new Map([[0x52009229, null], [0x52009230, null]]) });
    expect(none.series[0]?.rejection).toEqual({ code: 'multi-frame', text: 'The series is a multi-frame file that does not say where its frames lie in the patient.' });
    const unplaced = await assess({ frames: Array.from({ length: 9 }, () => ({})), elements: new Map([[0x00200032, { vr: 'DS', value: '0\\0\\0' }]]) });
    expect(unplaced.series[0]?.rejection?.code).toBe('geometry-missing');
  });

  it.each([[9, 8], [7, 8]])('is refused when %d groups stand for %d frames', async (groups, numberOfFrames) => {
    expect(await inspect(enhancedCt({ frames: stack(groups), numberOfFrames }))).toMatchObject({
      kind: 'problem', problem: { code: 'dicom-malformed', message: 'the functional groups describe another number of frames than the image has' },
    });
  });

  it('gives the pixels of each slice, and none once the frame has moved', async () => {
    const frames = [...stack(8)].reverse();
    const { chosen } = await assess({ frames });
    const slices = chosen?.slices ?? [];
    const values = await Promise.all(slices.map(async (slice) => (await decodeInstanceFrame(await readInstance(slice.path, slice), slice.frameNumber - 1))[0]));
    expect(values).toEqual([7, 6, 5, 4, 3, 2, 1, 0]);
    const [slice] = slices;
    if (slice === undefined) throw new Error('no slice');
    writeFileSync(slice.path, enhancedCt({ frames: frames.map((frame, index) => (index === 7 ? { position: [0, 0, -9] } : frame)) }));
    await expect(readInstance(slice.path, slice)).rejects.toMatchObject({ code: 'file-changed' });
  });

  it('is another file when only its frames differ', async () => {
    const file = await fileOf(enhancedCt({ frames: stack(8) }));
    writeFileSync(file.path, enhancedCt({ frames: stack(8, { stackId: '2' }) }));
    await expect(readInstance(file.path, file)).rejects.toMatchObject({ code: 'file-changed' });
  });

  it('gives any of many encapsulated frames', async () => {
    const rle = (value: number): Uint8Array => {
      const header = new Uint8Array(new Uint32Array([2, 64, 68, ...Array.from({ length: 13 }, () => 0)]).buffer);
      // 64 bytes as one run: first all high bytes, then all low ones.
      return Buffer.concat([header, Uint8Array.of(193, 0, 128, 0, 193, value, 128, 0)]);
    };
    const count = 2000;
    const bytes = enhancedCt({
      frames: stack(count), transferSyntaxUid: '1.2.840.10008.1.2.5',
      elements: new Map([[0x7fe00010, { vr: 'OB', value: encapsulated(Array.from({ length: count }, (_, index) => rle(index % 200))), length: 'undefined' as const }]]),
    });
    const file = await fileOf(bytes);
    const instance = await readInstance(file.path, file);
    for (const frame of [0, 1, 199, 1999]) expect((await decodeInstanceFrame(instance, frame)).subarray(0, 4)).toEqual(Uint8Array.of(frame % 200, 0, frame % 200, 0));
    await expect(decodeInstanceFrame(instance, count)).rejects.toMatchObject({ code: 'pixel-data-truncated' });
  });
});

describe('a slice', () => {
  it('has no frames', async () => {
    expect((await fileOf(ctSlice())).header.frames).toBeNull();
  });
});
