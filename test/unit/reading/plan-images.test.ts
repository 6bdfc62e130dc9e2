import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelToPatient } from '../../../src-shared/domain/image-affine.ts';
import type { ImageAffine } from '../../../src-shared/domain/image-affine.ts';
import { planImages } from '../../../src-main/reading/plan-images.ts';
import type { ImagePlanInput, ImageToRead } from '../../../src-main/reading/plan-images.ts';
import { mostPngBytes } from '../../../src-main/reading/plan/sheet-choice.ts';
import { shippedProfiles } from '../../../src-main/reading/reading-profiles.ts';
import { isDownsampled } from '../../../src-main/relay/image-tokens.ts';
import { millionPrice, modelOf, modelsToPlanFor } from './plan/plan-fixture.ts';

const profiles = shippedProfiles();
const affine: ImageAffine = { origin: [-100, -120, 30], columnStep: [0.5, 0, 0], rowStep: [0, 0.5, 0] };

function imageOf(imageIndex: number, over: Partial<ImageToRead> = {}): ImageToRead {
  return { imageIndex, columns: 2500, rows: 3000, affine: null, sliceThicknessMm: null, ...over };
}

function inputOf(over: Partial<ImagePlanInput> = {}): ImagePlanInput {
  return {
    images: [imageOf(0), imageOf(1)], profile: profiles.find('chest-radiograph'), model: modelOf('gpt-6-luna'), priceFor: () => millionPrice,
    budgetMicroUsd: null, imagesPerRequest: 20, mirrored: false, ...over,
  };
}

describe('planImages', () => {
  it('shows every image once, whole, alone on its picture, as large as the model takes it unshrunk', () => {
    const sides = fc.record({ columns: fc.integer({ min: 60, max: 5000 }), rows: fc.integer({ min: 60, max: 5000 }) });
    const cases = fc.record({ sizes: fc.array(sides, { maxLength: 30 }), model: fc.constantFrom(...modelsToPlanFor), imagesPerRequest: fc.integer({ min: 1, max: 20 }), profile: fc.constantFrom('chest-radiograph', 'mammogram', 'brain-mr') });
    fc.assert(fc.property(cases, ({ sizes, model: id, imagesPerRequest, profile: profileId }) => {
      const [model, profile] = [modelOf(id), profiles.find(profileId)];
      const images = sizes.map((size, index) => imageOf(index * 3, size));
      const { requests, forecast } = planImages(inputOf({ images, model, profile, imagesPerRequest }));
      expect(requests.flatMap(({ pictures }) => pictures.map(({ imageIndex }) => imageIndex))).toEqual(images.map(({ imageIndex }) => imageIndex));
      expect(forecast.pictures).toBe(images.length);
      for (const { planned, pictures } of requests) {
        expect(planned.pictures).toEqual(pictures.map((picture) => picture.planned));
        expect(pictures.length).toBeLessThanOrEqual(Math.min(imagesPerRequest, model.limits.imagesPerRequest));
        expect(pictures.reduce((sum, { planned: size }) => sum + mostPngBytes(size), 0)).toBeLessThanOrEqual(model.limits.maxRequestBytes ?? Infinity);
        for (const [at, { imageIndex, planned: { columns, rows, tiles } }] of pictures.entries()) {
          const native = images.find((image) => image.imageIndex === imageIndex)!;
          expect(columns).toBeLessThanOrEqual(native.columns);
          expect(rows).toBeLessThanOrEqual(native.rows);
          expect(Math.max(columns, rows)).toBeLessThanOrEqual(profile.longestSide!);
          expect(Math.abs(columns / native.columns - rows / native.rows)).toBeLessThanOrEqual(1 / Math.min(native.columns, native.rows));
          expect(isDownsampled(model.tokenRule, columns, rows, model.parameters.imageDetail)).toBe(false);
          expect(tiles).toMatchObject([{ number: at + 1, role: 'image', sliceIndices: [imageIndex], side: null, candidateRank: null, panels: [{ left: 0, top: 0, columns, rows, affine: null }] }]);
        }
      }
    }), { numRuns: 60 });
  });

  it('is as long as the profile says where the model takes that', () => {
    const small = inputOf({ images: [imageOf(0), imageOf(1, { columns: 300, rows: 200 })], model: modelOf('gpt-6-luna') });
    const [large] = planImages(inputOf({ model: modelOf('claude-haiku-4.5') })).requests[0]!.planned.pictures;
    // Its provider shrinks what is longer than 1568 pixels, or takes more than its tokens.
    expect(large!.rows).toBeLessThan(1536);
    expect(planImages(small).requests[0]?.planned.pictures.map(({ columns, rows }) => [columns, rows])).toEqual([[1280, 1536], [300, 200]]);
  });

  it('says where the pixels lie in the patient, mirrored or not', () => {
    for (const mirrored of [false, true]) {
      const { requests } = planImages(inputOf({ mirrored, images: [imageOf(0, { columns: 1600, rows: 800, affine, sliceThicknessMm: 5 })], profile: profiles.find('brain-mr') }));
      const [picture] = requests[0]!.planned.pictures;
      const panel = picture!.tiles[0]!.panels[0]!;
      expect([requests[0]!.planned.mirrored, panel.plane, panel.thicknessMm]).toEqual([mirrored, 'axial', 5]);
      const corner = pixelToPatient(panel.affine!, mirrored ? picture!.columns - 0.5 : -0.5, -0.5);
      const native = pixelToPatient(affine, -0.5, -0.5);
      for (const axis of [0, 1, 2] as const) expect(corner[axis]).toBeCloseTo(native[axis], 6);
    }
  });

  it.each([
    [[1, 0, 0], [0, 1, 0], 'axial'], [[1, 0, 0], [0, 0, -1], 'coronal'], [[0, 1, 0], [0, 0, -1], 'sagittal'], [[0.9, 0.3, 0], [-0.3, 0.9, 0.2], 'axial'],
  ] as const)('columns along %s, rows along %s: %s', (columnStep, rowStep, plane) => {
    const { requests } = planImages(inputOf({ images: [imageOf(0, { affine: { ...affine, columnStep, rowStep } })] }));
    expect(requests[0]?.planned.pictures[0]?.tiles[0]?.panels[0]?.plane).toBe(plane);
  });

  it('hides no controls and plans nothing for no images', () => {
    const { requests, forecast } = planImages(inputOf());
    expect(requests.flatMap(({ planned }) => planned.pictures.flatMap(({ tiles }) => tiles.map(({ role }) => role)))).toEqual(['image', 'image']);
    expect(forecast).toMatchObject({ requests: 1, pictures: 2, tiles: 2 });
    expect(planImages(inputOf({ images: [] }))).toMatchObject({ requests: [], notes: [], forecast: { requests: 0 } });
  });

  it('says when nobody knows the price and when it is above the budget', () => {
    expect(planImages(inputOf({ priceFor: () => null })).notes).toEqual([{ kind: 'price-unknown' }]);
    const { forecast } = planImages(inputOf());
    expect(planImages(inputOf({ budgetMicroUsd: forecast.costMicroUsd!.expected })).notes).toEqual([]);
    expect(planImages(inputOf({ budgetMicroUsd: forecast.costMicroUsd!.expected - 1 })).notes).toEqual([{ kind: 'over-budget' }]);
  });

  it('refuses a profile for volumes', () => {
    expect(() => planImages(inputOf({ profile: profiles.find('chest-ct') }))).toThrow(RangeError);
  });
});
