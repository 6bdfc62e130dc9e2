import fc from 'fast-check';
import type { PlannedPanel, PlannedTile } from '../../../../src-shared/domain/request-plan.ts';
import type { PatientPoint } from '../../../../src-shared/domain/units.ts';
import type { LungRegions } from '../../../../src-main/imaging/pictures/lung-regions.ts';
import { voxelToPatient } from '../../../../src-main/imaging/volume/ct-volume.ts';
import type { CandidateToVerify, ExamGeometry, PlanInput, ReadingPlanned } from '../../../../src-main/reading/plan/plan-input.ts';
import { shippedCatalogue } from '../../../../src-main/relay/catalogue.ts';
import type { CatalogueModel } from '../../../../src-main/relay/model-catalogue.ts';
import { chestCtProfile } from '../../../helpers/chest-ct-profile.ts';
import { blockLies, writtenBlock } from '../../imaging/lungs/block-phantom.ts';

const catalogue = shippedCatalogue();

/** One model of every way of counting and every set of limits that matters to packing. */
export const modelsToPlanFor = [
  'gpt-6-luna', 'gpt-5.4-mini', 'gpt-4.1', 'gpt-4.1-mini', 'claude-haiku-5.5', 'claude-haiku-4.5', 'gemini-3.8-flash', 'gemini-2.5-flash',
  'deepseek-flash', 'qwen3-vl-plus', 'nobody-knows-this-one',
] as const;

export function modelOf(id: string): CatalogueModel {
  return catalogue.modelOrUnknown(id);
}

export const millionPrice = { inputMicroUsdPerMillion: 1_000_000, cachedInputMicroUsdPerMillion: 100_000, outputMicroUsdPerMillion: 5_000_000 };

interface ExamOptions {
  readonly slices?: number;
  readonly distanceMm?: number;
  readonly pixelMm?: number;
  readonly lie?: (typeof blockLies)[number];
  readonly undecoded?: readonly number[];
}

/** An exam of 512 x 512 pixels without voxels. */
export function examOf({ slices = 60, distanceMm = 2.5, pixelMm = 0.7, lie = 'straight', undecoded = [] }: ExamOptions = {}): ExamGeometry {
  const positions = Array.from({ length: slices }, (_, index) => index * distanceMm);
  const { voxels, ...block } = writtenBlock(() => voxels.length, { columns: 0, rows: 0, positions, spacing: [pixelMm, pixelMm], lie, undecoded });
  return { ...block, columns: 512, rows: 512 };
}

export function regionsOf(exam: ExamGeometry, extent: readonly [number, number] = [2, exam.slices.length - 3]): LungRegions {
  return {
    extent, crop: { left: 60, top: 100, columns: 390, rows: 290 },
    lungs: [{ side: 'right', crop: { left: 60, top: 100, columns: 190, rows: 280 } }, { side: 'left', crop: { left: 255, top: 105, columns: 195, rows: 285 } }],
  };
}

/** Places spread over the lungs. */
export function candidatesIn(exam: ExamGeometry, count: number): readonly CandidateToVerify[] {
  return Array.from({ length: count }, (_, index) => ({
    rank: index + 1,
    centreMm: voxelToPatient(exam, 120 + ((index * 37) % 250), 150 + ((index * 53) % 200), 3 + ((index * 7) % (exam.slices.length - 6))),
    diameterMm: 4 + ((index * 11) % 40),
  }));
}

export function inputOf(over: Partial<PlanInput> = {}): PlanInput {
  const exam = over.exam ?? examOf();
  return {
    exam, regions: regionsOf(exam), profile: chestCtProfile(), mode: 'sweep-and-verify', model: modelOf('gpt-6-luna'), candidates: candidatesIn(exam, 40),
    budgetMicroUsd: null, priceFor: () => millionPrice, seed: 1, mirrored: false, imagesPerRequest: 20, ...over,
  };
}

/** Plans of all modes, models and geometries. */
export const anyInput: fc.Arbitrary<PlanInput> = fc.record({
  exam: fc.record({
    slices: fc.integer({ min: 8, max: 90 }), distanceMm: fc.constantFrom(0.8, 1.25, 2.5, 3, 5, 8), pixelMm: fc.constantFrom(0.5, 0.6, 0.7, 0.85, 0.98, 1.1),
    lie: fc.constantFrom(...blockLies), undecoded: fc.constantFrom([], [5], [4, 5, 6]),
  }),
  mode: fc.constantFrom('sweep', 'slices', 'verify', 'sweep-and-verify'),
  model: fc.constantFrom(...modelsToPlanFor),
  count: fc.integer({ min: 0, max: 45 }),
  seed: fc.nat(),
  mirrored: fc.boolean(),
  imagesPerRequest: fc.constantFrom(2, 5, 20),
  isWhole: fc.boolean(),
}).map(({ exam: options, model, count, isWhole, ...rest }) => {
  const exam = examOf(options);
  const crop = { left: 0, top: 0, columns: 512, rows: 512 };
  const regions: LungRegions = isWhole ? { extent: [0, exam.slices.length - 1], crop, lungs: [{ side: null, crop }] } : regionsOf(exam);
  return inputOf({ exam, regions, candidates: candidatesIn(exam, count), model: modelOf(model), ...rest });
});

/** All tiles of a plan. */
export function tilesOf({ requests }: ReadingPlanned): readonly PlannedTile[] {
  return requests.flatMap(({ planned }) => planned.pictures.flatMap(({ tiles }) => tiles));
}

export function isControl({ role }: Pick<PlannedTile, 'role'>): boolean {
  return role === 'blank-control' || role === 'nodule-control';
}

/** Middle of a panel on its picture. */
export function middleOf({ left, top, columns, rows }: PlannedPanel): readonly [column: number, row: number] {
  return [left + (columns - 1) / 2, top + (rows - 1) / 2];
}

export function distance(a: PatientPoint, b: PatientPoint): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
