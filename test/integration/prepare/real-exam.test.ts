import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import { assessStudy } from '../../../src-main/dicom/assess-study.ts';
import { inspectFile } from '../../../src-main/dicom/inspect-file.ts';
import { createImagingPool } from '../../../src-main/workers/imaging-pool.ts';
import type { InstanceFile } from '../../../src-shared/domain/study.ts';
import type { PreparedPlace } from '../../../src-main/prepare/manifest.ts';
import { filesIn, prepared } from '../../helpers/prepare-desk.ts';
import { sharedData } from '../../helpers/shared-data.ts';

const exam = sharedData('dev-ct-lidc-0001');
/** Centre of the annotated nodule, truth/nodules_4_readers.csv. */
const nodule: PatientPoint = [56.4, 86.4, -115.8];

/** Pixel under a point of the patient, from the affine alone. */
function pixelOf({ origin, columnStep, rowStep }: ImageAffine, point: PatientPoint): readonly [number, number] {
  const along = (step: PatientPoint): number => step.reduce((sum, part, axis) => sum + part * ((point[axis as 0]) - (origin[axis as 0])), 0) / step.reduce((sum, part) => sum + part * part, 0);
  return [Math.round(along(columnStep)), Math.round(along(rowStep))];
}

/** Mean grey of 7 x 7 pixels of a picture around a point of the patient. */
async function greyAt(path: string, place: Pick<PreparedPlace, 'affine'>, point: PatientPoint): Promise<number> {
  const [column, row] = pixelOf(place.affine, point);
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  let sum = 0;
  for (let index = 0; index < 49; index += 1) sum += data[((row + Math.floor(index / 7) - 3) * info.width + column + (index % 7) - 3) * info.channels] ?? 0;
  return sum / 49;
}

function nearest<Item extends { readonly positionMm: number | null }>(places: readonly Item[]): Item {
  return places.toSorted((a, b) => Math.abs((a.positionMm ?? Infinity) - nodule[2]) - Math.abs((b.positionMm ?? Infinity) - nodule[2]))[0]!;
}

/** Header values that identify, from the list beside the data; short ones occur anywhere. */
function identifyingValues(folder: string): readonly string[] {
  const [, ...lines] = readFileSync(join(folder, 'identification.csv'), 'utf8').trim().split('\n');
  return [...new Set(lines.flatMap((line) => line.split(',').slice(1)))].filter((value) => value.length >= 6);
}

describe.skipIf(exam === null)('prepareFolder on LIDC-IDRI-0001', () => {
  it('shows the annotated nodule where the affine of its slab says', async () => {
    const { out, pictures } = await prepared(exam ?? '', { mode: 'slabs' });
    const places = pictures.flatMap(({ file, place }) => (place === null ? [] : [{ file, ...place }]));
    const slab = nearest(places);
    expect(Math.abs((slab.positionMm ?? 0) - nodule[2])).toBeLessThanOrEqual(2.5);
    expect(await greyAt(join(out, slab.file), slab, nodule)).toBeGreaterThan(200);
    // Lung 25 mm above and 30 mm to the front of it is dark in the slab that shows it.
    expect(await greyAt(join(out, slab.file), slab, [nodule[0], nodule[1] - 30, nodule[2]])).toBeLessThan(150);
    const covered = new Set(places.flatMap(({ sliceIndices }) => sliceIndices));
    expect(covered.size).toBe(Math.max(...covered) - Math.min(...covered) + 1);
  });

  it('shows it on the sheets, marked and unmarked, where the affine of the tile says', async () => {
    const { out, pictures } = await prepared(exam ?? '', { mode: 'sheets' });
    expect(pictures.every(({ columns, rows }) => columns <= 1092 && rows <= 1092)).toBe(true);
    const tiles = pictures.filter(({ role }) => role === 'sheet').flatMap(({ file, twin, tiles: own }) => (own ?? []).map((tile) => ({ file, twin: twin ?? '', ...tile })));
    expect(tiles.map(({ number }) => number)).toEqual(tiles.map((_, index) => index + 1));
    const tile = nearest(tiles);
    for (const file of [tile.file, tile.twin]) expect(await greyAt(join(out, file), tile, nodule)).toBeGreaterThan(200);
  });

  it('writes each slice of the lungs as the exam itself is windowed', async () => {
    const { pictures, manifest } = await prepared(exam ?? '', { mode: 'slices' });
    const [first, last] = manifest.exams[0]?.ct?.lungs.extent ?? [0, -1];
    expect(pictures.map(({ place }) => place?.sliceIndices)).toEqual(Array.from({ length: last - first + 1 }, (_, index) => [first + index]));
    const files: InstanceFile[] = [];
    for (const name of filesIn(join(exam ?? '', 'series'))) {
      const inspection = await inspectFile(join(exam ?? '', 'series', name));
      if (inspection.kind === 'instance') files.push(inspection.file);
    }
    const slice = assessStudy(files).chosen?.slices[first + 20];
    const pool = createImagingPool({ size: 1 });
    onTestFinished(() => pool.close());
    expect((await pool.run('prepare', slice!)).sha256).toBe(pictures[20]?.sha256);
  });

  it('tells nothing that identifies, in names or in the manifest', async () => {
    const { files, out } = await prepared(exam ?? '', { mode: 'slabs' });
    const text = `${files.join('\n')}\n${readFileSync(join(out, 'manifest.json'), 'utf8')}`;
    const values = identifyingValues(exam ?? '');
    expect(values).toContain('LIDC-IDRI-0001');
    for (const value of [...values, '1.3.6.1.4.1.14519', exam ?? '', '.dcm']) expect(text).not.toContain(value);
  });
});
