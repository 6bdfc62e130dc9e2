import { describe, expect, it } from 'vitest';
import { joinReaders } from '../../../evaluate/truth/join-readers.ts';
import { outlinedNodule } from '../../../evaluate/truth/outlined-nodule.ts';
import type { SliceGrid } from '../../../evaluate/truth/outlined-nodule.ts';
import { looksLikeLidc, readLidcXml } from '../../../evaluate/truth/read-lidc-xml.ts';

type Pixel = readonly [column: number, row: number];

const grid: SliceGrid = {
  spacingMm: [0.5, 0.5, 2],
  slices: [0, 1, 2].map((index) => ({
    sopInstanceUid: `1.${String(index)}`, frameNumber: 1, positionMm: index * 2, sha256: '', problem: null,
    affine: { origin: [-10, -20, index * 2] as const, columnStep: [0.5, 0, 0] as const, rowStep: [0, 0.5, 0] as const },
  })),
};

/** The drawn line around width x height pixels from left, top on. */
function line(left: number, top: number, width: number, height: number): readonly Pixel[] {
  const points: Pixel[] = [];
  for (let column = left - 1; column <= left + width; column += 1) points.push([column, top - 1]);
  for (let row = top; row <= top + height; row += 1) points.push([left + width, row]);
  for (let column = left + width - 1; column >= left - 1; column -= 1) points.push([column, top + height]);
  for (let row = top + height - 1; row >= top; row -= 1) points.push([left - 1, row]);
  return points;
}

function roi(slice: number, points: readonly Pixel[], inclusion = 'TRUE'): string {
  return `<roi><imageZposition>${String(slice * 2)}.0 </imageZposition><imageSOP_UID>1.${String(slice)}</imageSOP_UID><inclusion>${inclusion}</inclusion>${points.map(([x, y]) => `<edgeMap><xCoord>${String(x)}</xCoord><yCoord>${String(y)}</yCoord></edgeMap>`).join('')}</roi>`;
}

function nodule(texture: number | null, ...rois: readonly string[]): string {
  const said = texture === null ? '' : `<characteristics><texture>${String(texture)}</texture><malignancy>4</malignancy></characteristics>`;
  return `<unblindedReadNodule><noduleID>7</noduleID>${said}${rois.join('')}</unblindedReadNodule>`;
}

function message(...sessions: readonly string[]): string {
  return `<?xml version="1.0"?><LidcReadMessage xmlns="http://www.nih.gov"><ResponseHeader><SeriesInstanceUid>1.2.3</SeriesInstanceUid></ResponseHeader>${sessions.map((marks) => `<readingSession><annotationVersion>3.12</annotationVersion>${marks}</readingSession>`).join('')}</LidcReadMessage>`;
}

const other = '<nonNodule><nonNoduleID>n</nonNoduleID><imageSOP_UID>1.0</imageSOP_UID><locus><xCoord>4</xCoord><yCoord>6</yCoord></locus></nonNodule>';

describe('readLidcXml', () => {
  it('reads outlines, points on small nodules and what is no nodule, reader by reader', () => {
    const readings = readLidcXml(message(nodule(5, roi(1, line(10, 10, 4, 4)), roi(1, line(11, 11, 1, 1), 'FALSE')) + other, nodule(null, roi(2, [[30, 31]]))));
    expect(readings.seriesInstanceUid).toBe('1.2.3');
    expect(readings.readers.map((marks) => marks.map(({ kind }) => kind))).toEqual([['outlined', 'non-nodule'], ['small']]);
    const [first] = readings.readers[0]!;
    expect(first).toMatchObject({ outlines: [{ sopInstanceUid: '1.1', isHole: false }, { isHole: true }], characteristics: { texture: 5, malignancy: 4, margin: null } });
    expect(readings.readers[1]![0]).toEqual({ kind: 'small', point: { sopInstanceUid: '1.2', column: 30, row: 31 } });
  });

  it.each([
    ['nothing', '', 'the XML is damaged'],
    ['no XML', 'Doe, Jane', 'the XML is damaged'],
    ['a file that breaks off', message(other).slice(0, 300), 'the XML is damaged'],
    ['another message', '<IdriReadMessage/>', 'the XML is no reading of a CT exam of LIDC'],
    ['no series', '<LidcReadMessage><ResponseHeader/></LidcReadMessage>', 'the XML does not tell which series was read'],
    ['a place that is no number', message('', other.replace('>4<', '>Doe<')), 'reader 2, mark 1: xCoord is not a number'],
    ['a nodule without outline', message(nodule(5)), 'reader 1, mark 1: no outline'],
  ])('refuses %s, and does not repeat what is in it', (_, text, said) => {
    expect(() => readLidcXml(text)).toThrow(expect.objectContaining({ name: 'TruthError', message: said }));
  });

  it('is asked only for files that begin like one', () => {
    expect(looksLikeLidc(message(other))).toBe(true);
    expect(looksLikeLidc('<annotation/>')).toBe(false);
  });
});

describe('outlinedNodule', () => {
  it('counts the pixels inside of the drawn ones', () => {
    const found = outlinedNodule([{ sopInstanceUid: '1.0', isHole: false, points: line(20, 30, 8, 6) }, { sopInstanceUid: '1.1', isHole: false, points: line(20, 30, 4, 6) }], grid)!;
    // 48 and 24 pixels of 0.5 x 0.5 x 2 mm.
    expect(found.volumeMm3).toBeCloseTo(36, 9);
    expect(found.pixels.size).toBe(72);
    // The middle of 48 pixels at column 23.5 and 24 at 21.5: 22.83.
    expect(found.centreMm[0]).toBeCloseTo(-10 + 0.5 * (23.5 * 48 + 21.5 * 24) / 72, 9);
    expect(found.centreMm[1]).toBeCloseTo(-20 + 0.5 * 32.5, 9);
    expect(found.centreMm[2]).toBeCloseTo((2 * 24) / 72, 9);
    // 8 x 6 pixels with cut corners: long axis near the diagonal of 4 x 3 mm.
    expect(found.meanDiameterMm).toBeGreaterThan(3.3);
    expect(found.meanDiameterMm).toBeLessThan(5);
  });

  it('takes holes out, and the line itself where nothing is inside', () => {
    const hole = { sopInstanceUid: '1.0', isHole: true, points: line(22, 32, 2, 2) };
    expect(outlinedNodule([{ sopInstanceUid: '1.0', isHole: false, points: line(20, 30, 6, 6) }, hole], grid)!.pixels.size).toBe(32);
    expect(outlinedNodule([{ sopInstanceUid: '1.0', isHole: false, points: [[5, 5], [6, 5], [6, 6]] }], grid)!.pixels.size).toBe(3);
  });

  it('is nothing where the exam does not have the slice', () => {
    expect(outlinedNodule([{ sopInstanceUid: '1.9', isHole: false, points: line(20, 30, 6, 6) }], grid)).toBeNull();
  });
});

describe('joinReaders', () => {
  const same = (left: number, texture = 5): string => nodule(texture, roi(1, line(left, 10, 10, 10)));

  it('joins what readers drew over each other and asks for enough readers', () => {
    const readings = readLidcXml(message(same(10), same(11, 1), same(12, 1), nodule(5, roi(1, line(40, 40, 10, 10))) + other, nodule(null, roi(2, [[30, 31]]))));
    const truth = joinReaders(readings, grid, 3);
    expect(truth.nodules).toHaveLength(1);
    expect(truth.nodules[0]).toMatchObject({ readers: 3, volumeMm3: 50, profile: 'part-solid', attachment: null });
    expect(truth.nodules[0]!.centreMm[0]).toBeCloseTo(-10 + 0.5 * 15.5, 9);
    expect(truth.irrelevant.map(({ why }) => why).toSorted()).toEqual(['few-readers', 'non-nodule', 'small']);
    expect(joinReaders(readings, grid, 4).nodules).toEqual([]);
    expect(joinReaders(readings, grid, 1).nodules).toHaveLength(2);
  });

  it('joins two of one reader only through what another drew over both', () => {
    const [left, right, over] = [nodule(5, roi(0, line(10, 10, 4, 4))), nodule(5, roi(0, line(16, 10, 4, 4))), nodule(5, roi(0, line(10, 10, 10, 4)))];
    expect(joinReaders(readLidcXml(message(left + right)), grid, 1).nodules).toHaveLength(2);
    const joined = joinReaders(readLidcXml(message(left + right, over)), grid, 1);
    expect(joined.nodules).toMatchObject([{ readers: 2 }]);
  });

  it('does not depend on the order of the readers', () => {
    const marks = [same(10), same(14), same(18), nodule(3, roi(1, line(60, 60, 4, 4)))];
    const forward = joinReaders(readLidcXml(message(...marks)), grid, 2);
    const backward = joinReaders(readLidcXml(message(...marks.toReversed())), grid, 2);
    expect(forward.nodules.map(({ readers }) => readers)).toEqual([3]);
    expect(backward.nodules[0]!.centreMm[0]).toBeCloseTo(forward.nodules[0]!.centreMm[0], 9);
    expect(backward.irrelevant).toEqual(forward.irrelevant);
  });
});
