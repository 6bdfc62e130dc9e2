import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import type { StudyAssessment } from '../../../src-main/dicom/assess-study.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { sliceAffine } from '../../../src-main/imaging/volume/slice-affine.ts';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { ctSlice } from '../../helpers/dicom-writer.ts';
import type { CtSliceOptions } from '../../helpers/dicom-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'geometry-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

async function assess(slices: readonly CtSliceOptions[]): Promise<StudyAssessment> {
  const files = await Promise.all(slices.map(async (options): Promise<InstanceFile> => {
    const path = join(folder, String(written += 1));
    // Two rows of two pixels, each slice with pixels of its own.
    writeFileSync(path, ctSlice({ rows: 2, columns: 2, pixels: Int16Array.of(written, written >> 16, 0, 0), ...options }));
    const inspection = await inspectFile(path);
    if (inspection.kind !== 'instance') throw new Error(JSON.stringify(inspection));
    return inspection.file;
  }));
  return assessStudy(files);
}

type Orientation = NonNullable<CtSliceOptions['orientation']>;

/** Slices at these positions along an axis, numbered from the last to the first. */
function along(positions: readonly number[], step: PatientPoint = [0, 0, 1], differing: CtSliceOptions = {}): readonly CtSliceOptions[] {
  return positions.map((distance, index) => ({
    position: [step[0] * distance, step[1] * distance, step[2] * distance] as const, instanceNumber: positions.length - index, ...differing,
  }));
}

const steps = (count: number, spacing: number): readonly number[] => Array.from({ length: count }, (_, index) => index * spacing);
const codes = ({ chosen, series }: StudyAssessment): unknown => chosen?.problems.map(({ code }) => code) ?? series.map(({ rejection }) => rejection?.code);
const positions = ({ chosen }: StudyAssessment): unknown => chosen?.slices.map(({ positionMm }) => Math.round(positionMm * 1000) / 1000);

const tilted = (degrees: number): Orientation => [1, 0, 0, 0, Math.cos((degrees * Math.PI) / 180), -Math.sin((degrees * Math.PI) / 180)];

describe('distances', () => {
  it.each<[string, readonly number[], number | undefined, readonly string[]]>([
    ['even', steps(12, 2.5), 2.5, []],
    ['overlapping, thicker than apart', steps(12, 1.25), 2.5, []],
    ['at half distances throughout', steps(24, 0.5), 1, []],
    ['one slice missing', steps(12, 2.5).filter((z) => z !== 10), 2.5, ['series-gap']],
    ['several slices missing', steps(20, 1).filter((z) => z < 6 || z > 9), 1, ['series-gap']],
    ['two slices at half distances', [...steps(12, 5), 12.5, 17.5], 5, ['spacing-uneven']],
    ['thin above thick', [...steps(10, 5), 46, 47, 48, 49], 5, ['spacing-uneven']],
    ['thinner than apart', steps(12, 10), 5, ['slices-apart']],
    ['rounded to a tenth', steps(20, 0.625).map((z) => Math.round(z * 10) / 10), 1.25, ['spacing-uneven']],
    ['rounded to a hundredth', steps(20, 0.625).map((z) => Math.round(z * 100) / 100), 1.25, []],
  ])('are judged: %s', async (_name, zs, sliceThickness, expected) => {
    const result = await assess(along(zs, [0, 0, 1], sliceThickness === undefined ? {} : { sliceThickness }));
    expect(codes(result)).toEqual(expected);
    expect(positions(result)).toEqual([...zs].sort((a, b) => a - b));
  });

  it('reads the lower instance number of two slices at one place', async () => {
    const result = await assess([...along(steps(10, 2)), { position: [0, 0, 8], instanceNumber: 99 }]);
    expect([codes(result), result.chosen?.slices[4]?.instanceNumber]).toEqual([['slice-conflict'], 6]);
  });
});

describe('orientations', () => {
  it.each<[string, Orientation, PatientPoint, PatientPoint]>([
    ['head first, supine', [1, 0, 0, 0, 1, 0], [5, 0, 0], [0, 5, 0]],
    ['head first, prone', [-1, 0, 0, 0, -1, 0], [-5, 0, 0], [0, -5, 0]],
    ['feet first, supine, seen from above', [-1, 0, 0, 0, 1, 0], [-5, 0, 0], [0, 5, 0]],
    ['on the right side', [0, 1, 0, -1, 0, 0], [0, 5, 0], [-5, 0, 0]],
    ['on the left side', [0, -1, 0, 1, 0, 0], [0, -5, 0], [5, 0, 0]],
  ])('are read from feet to head: %s', async (_name, orientation, alongRow, alongColumn) => {
    const result = await assess(along(steps(10, 2.5), [0, 0, 1], { orientation }));
    expect([positions(result), codes(result)]).toEqual([steps(10, 2.5), []]);
    const [slice] = result.chosen?.slices ?? [];
    if (slice === undefined) throw new Error('no slice');
    const affine = sliceAffine(slice.header);
    expect([pixelToPatient(affine, 1, 0), pixelToPatient(affine, 0, 1)]).toEqual([alongRow, alongColumn]);
  });

  it('places an oblique block along its own normal, without calling it tilted', async () => {
    // Axial, turned by 15 degrees about the row axis; the slices follow the normal.
    const [sin, cos] = [Math.sin(Math.PI / 12), Math.cos(Math.PI / 12)];
    const result = await assess(along(steps(10, 2), [0, sin, cos], { orientation: tilted(15) }));
    expect([positions(result), codes(result)]).toEqual([steps(10, 2), []]);
  });

  it.each([[12], [-12], [20]])('notes a gantry that is tilted by %d degrees and keeps every slice in its place', async (degrees) => {
    // The table moves along z while the slices lean: their origins leave the normal.
    const result = await assess(along(steps(10, 5), [0, 0, 1], { orientation: tilted(degrees), sliceThickness: 5 }));
    expect(codes(result)).toEqual(['gantry-tilt']);
    expect(result.chosen?.problems[0]?.message).toContain(`${Math.abs(degrees).toFixed(1)} degrees`);
    expect(result.chosen?.spacingBetweenSlicesMm).toBeCloseTo(5 * Math.cos((degrees * Math.PI) / 180), 6);
    expect(result.chosen?.slices.map(({ header }) => sliceAffine(header).origin[2])).toEqual(steps(10, 5));
  });

  it('notes a shear along the rows', async () => {
    expect(codes(await assess(along(steps(10, 5), [0.2, 0, 1], { sliceThickness: 5 })))).toEqual(['gantry-tilt']);
  });

  it('does not take rounded positions for a tilt', async () => {
    const drifting = steps(60, 5).map((z, index): CtSliceOptions => ({ position: [-100 + (index % 2) * 0.1, 0, z], instanceNumber: index, sliceThickness: 5 }));
    expect(codes(await assess(drifting))).toEqual([]);
  });

  it.each<[string, Orientation]>([['sagittal', [0, 1, 0, 0, 0, -1]], ['coronal', [1, 0, 0, 0, 0, -1]]])('rejects a %s series', async (_name, orientation) => {
    expect(codes(await assess(along(steps(10, 2), [1, 1, 0], { orientation })))).toEqual(['not-axial']);
  });
});

describe('what lies together in one folder', () => {
  const elements = (tag: number, vr: string, value: string): NonNullable<CtSliceOptions['elements']> => new Map([[tag, { vr, value }]]);

  it('keeps two series apart', async () => {
    const { series, chosen } = await assess([
      ...along(steps(10, 5), [0, 0, 1], { seriesInstanceUid: '1.2.1' }), ...along(steps(40, 1.25), [0, 0, 1], { seriesInstanceUid: '1.2.2', sliceThickness: 1.25 }),
    ]);
    expect(series.map(({ slices }) => slices.length)).toEqual([10, 40]);
    expect(chosen?.seriesInstanceUid).toBe('1.2.2');
  });

  it('never puts two patients into one volume, whatever their series number says', async () => {
    const other = { elements: elements(0x00100020, 'LO', 'PHANTOM-2'), sopInstanceUid: undefined };
    const mixed = [...along(steps(12, 2)), ...along(steps(10, 2).map((z) => z + 1), [0, 0, 1], { elements: other.elements }).map((slice) => ({ ...slice, instanceNumber: 50 + (slice.instanceNumber ?? 0) }))];
    for (const files of [mixed, mixed.toReversed()]) {
      const result = await assess(files);
      expect(new Set(result.chosen?.slices.map(({ header }) => header.patientId))).toEqual(new Set(['PHANTOM-1']));
      expect([positions(result), codes(result)]).toEqual([steps(12, 2), ['patients-mixed']]);
      expect(result.chosen?.problems[0]?.message).toMatch(/: 10$/);
    }
  });

  it('says of a second patient in another series of the same study', async () => {
    const result = await assess([
      ...along(steps(12, 2), [0, 0, 1], { seriesInstanceUid: '1.2.1' }),
      ...along(steps(9, 2), [0, 0, 1], { seriesInstanceUid: '1.2.2', elements: elements(0x00100030, 'DA', '19000101') }),
      ...along(steps(9, 2), [0, 0, 1], { seriesInstanceUid: '1.2.3', elements: elements(0x00100020, 'LO', 'PHANTOM-2') }),
    ]);
    expect([result.chosen?.seriesInstanceUid, codes(result)]).toEqual(['1.2.1', ['patients-mixed']]);
  });

  it('sets a localizer and a dose sheet aside', async () => {
    const { series, chosen } = await assess([
      ...along(steps(10, 2), [0, 0, 1], { seriesInstanceUid: '1.2.1' }),
      { seriesInstanceUid: '1.2.2', orientation: [1, 0, 0, 0, 0, -1], elements: elements(0x00080008, 'CS', 'ORIGINAL\\PRIMARY\\LOCALIZER') },
      { seriesInstanceUid: '1.2.3', elements: elements(0x00080008, 'CS', 'DERIVED\\SECONDARY\\OTHER\\DOSE_INFO') },
      { seriesInstanceUid: '1.2.4', elements: elements(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7') },
    ]);
    expect(series.map(({ rejection }) => rejection?.code ?? null)).toEqual([null, 'localizer', 'derived', 'secondary-capture']);
    expect(chosen?.problems).toEqual([]);
  });
});
