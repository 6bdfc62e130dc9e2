import type { ReadingProfile } from '../../../src-shared/domain/reading-profile.ts';
import type { PlanForecast, PlanNote, PlannedRequest, ReadingMode } from '../../../src-shared/domain/request-plan.ts';
import type { PatientPoint } from '../../../src-shared/domain/units.ts';
import type { LungRegions } from '../../imaging/pictures/lung-regions.ts';
import type { PictureToDraw } from '../../imaging/pictures/panel-content.ts';
import type { VoxelBlock } from '../../imaging/pictures/picture.ts';
import type { TokenPrice } from '../../ledger/cost.ts';
import type { CatalogueModel } from '../../relay/model-catalogue.ts';

/** A volume without its voxels: all that a plan needs to know of an exam. */
export type ExamGeometry = Omit<VoxelBlock, 'voxels'>;

/** A place that the device found. */
export interface CandidateToVerify {
  /** By falling score, from 1. */
  readonly rank: number;
  readonly centreMm: PatientPoint;
  readonly diameterMm: number;
}

/** What a plan is made from. */
export interface PlanInput {
  readonly exam: ExamGeometry;
  readonly regions: LungRegions;
  /** Slices to read; slabs that hold none of them are left out. Default: all of the regions' extent. */
  readonly sliceIndices?: ReadonlySet<number>;
  /** Of kind 'volume', with a window in HU. */
  readonly profile: ReadingProfile;
  readonly mode: ReadingMode;
  readonly model: CatalogueModel;
  readonly candidates: readonly CandidateToVerify[];
  /** Most candidates to verify, best first; default 30. */
  readonly verifyMost?: number;
  /** Most that the expected cost may come to, micro-USD; null: no limit. */
  readonly budgetMicroUsd: number | null;
  /** Price in force for a request of so many input tokens; null where nobody knows it. */
  readonly priceFor: (inputTokens: number) => TokenPrice | null;
  /** Reported input tokens per forecast one, as learnt for this relay and model; default 1. */
  readonly correction?: number;
  /** All chance comes from here. */
  readonly seed: number;
  readonly mirrored: boolean;
  /** Most pictures in a request, from the settings. */
  readonly imagesPerRequest: number;
}

/** One request of a plan: where everything lies, what is drawn, what it may cost. */
export interface RequestOfPlan {
  readonly planned: PlannedRequest;
  /** One per picture of `planned`, in its order. */
  readonly pictures: readonly PictureToDraw[];
  readonly forecast: PlanForecast;
}

/** A plan. */
export interface ReadingPlanned {
  readonly requests: readonly RequestOfPlan[];
  /** Sum of the requests'. */
  readonly forecast: PlanForecast;
  readonly notes: readonly PlanNote[];
}
