import { describe, expect, it } from 'vitest';
import { missingLines, preparedLines } from '../../src-main/cli-text.ts';
import type { PreparedCt, PreparedExam, PreparedManifest, PreparedPicture } from '../../src-main/prepare/manifest.ts';

const leftOut = [{ code: 'localizer', text: 'The images are localizers (scout views).', images: 2 }] as const;
const lungs: PreparedCt['lungs'] = { kind: 'lungs', reason: null, notes: [], rightMm3: 2_100_000, leftMm3: 1_900_000, extent: [0, 3] };
const ct: PreparedCt = {
  columns: 4, rows: 4, spacingMm: [1, 1, 1], slicePositionsMm: [0, 1, 2, 3], contentSha256: '', lungs, crop: null, projection: null, undecodedSlices: [], gaps: [],
};
const picture: PreparedPicture = { file: 'slab-0001.png', sha256: '', sizeBytes: 1, columns: 4, rows: 4, role: 'slab', window: null, place: null };

function manifest(exam: Partial<PreparedExam>): PreparedManifest {
  const exams = [{ exam: 1, complete: true, ct, pictures: [picture], leftOut, problems: [], ...exam }];
  return { schema: 'lungdesk.prepared/1', notice: '', mode: 'slabs', format: 'png', complete: true, exams };
}

describe('missingLines', () => {
  it('tells gaps and keeps quiet about what leaves none', () => {
    const problems = [
      { code: 'series-gap', message: 'a gap of 5.0 mm', leavesGap: true }, { code: 'gantry-tilt', message: 'tilted', leavesGap: false },
    ] as const;
    expect(missingLines(manifest({ problems }))).toEqual(['exam 1: series-gap: a gap of 5.0 mm']);
  });

  it('says why series were left out where nothing was prepared', () => {
    expect(missingLines(manifest({}))).toEqual([]);
    expect(missingLines(manifest({ ct: null, pictures: [] }))).toEqual(['exam 1: localizer: The images are localizers (scout views). (2 images)']);
  });
});

describe('preparedLines', () => {
  it('tells each exam in a line', () => {
    expect(preparedLines(manifest({}))).toEqual(['exam 1: 1 picture of 4 slices, lungs of 4.0 litres']);
    expect(preparedLines(manifest({ ct: null, pictures: [picture, picture] }))).toEqual(['exam 1: 2 pictures']);
    const body = { ...ct, lungs: { ...lungs, kind: 'body', reason: 'too-few-slices' } } as const;
    expect(preparedLines(manifest({ ct: body }))[0]).toContain('the whole body, since the lungs could not be outlined (too-few-slices)');
  });
});
