import type { Settings } from '../../src-shared/domain/settings.ts';
import type { Clock } from '../platform/clock.ts';
import type { PlanningChoice } from '../reading/reading-desk.ts';
import type { ReadingProfiles } from '../reading/reading-profiles.ts';
import type { ModelCatalogue } from '../relay/catalogue.ts';
import { learnCorrection } from '../relay/token-correction.ts';
import type { Database } from '../store/open-database.ts';
import type { StoredReading } from '../store/reading-table.ts';
import type { ReaderOrdinal } from '../store/request-table.ts';
import { listTokenSamples } from '../store/token-sample-table.ts';
import type { RelayDesk } from './relay-desk.ts';

/** What deciding with what to plan needs. */
export interface PlanningDeskParts {
  readonly database: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly catalogue: ModelCatalogue;
  readonly profiles: ReadingProfiles;
  readonly settings: () => Promise<Settings>;
  readonly relays: Pick<RelayDesk, 'isPractice' | 'models'>;
  /** Whether a reading has answers: then it stays with the kind of relay that gave them. */
  readonly hasAnswers: (readingId: string) => Promise<boolean>;
}

/** The one profile of volumes; exams of single images choose theirs by modality. */
const volumeProfile = 'chest-ct';

/**
 * Decides with what a reading is planned: the model that it is meant for, whether its relay can be reached now or not, at the price
 * in force and with what its reported usage has taught.
 */
export function createPlanningDesk(parts: PlanningDeskParts): (reading: StoredReading, reader: ReaderOrdinal) => Promise<PlanningChoice | null> {
  const { clock, catalogue } = parts;

  async function firstModel(reading: StoredReading, practice: boolean): Promise<string> {
    const { standard, accurate } = await parts.relays.models(practice);
    return reading.modelOverride ?? (reading.highPriority ? accurate : standard);
  }
  async function modelOf(reading: StoredReading, reader: ReaderOrdinal, practice: boolean): Promise<string | null> {
    const { secondReader, thirdReaderModel } = await parts.settings();
    if (reader === 0) return firstModel(reading, practice);
    // The practice relay has no second mind: it is shown everything again, mirrored, or nothing.
    if (reader === 1) return secondReader.kind === 'none' ? null : secondReader.kind === 'mirrored' || practice ? firstModel(reading, practice) : secondReader.model;
    return practice ? (thirdReaderModel === null ? null : firstModel(reading, practice)) : thirdReaderModel;
  }

  return async (reading, reader) => {
    const practice = (reading.practice && (await parts.hasAnswers(reading.id))) || (await parts.relays.isPractice());
    const modelName = await modelOf(reading, reader, practice);
    if (modelName === null) return null;
    const { relays: [relay], imagesPerRequest, secondReader } = await parts.settings();
    const relayId = practice || relay === undefined ? 'practice' : relay.id;
    const known = practice || relay === undefined ? catalogue : catalogue.forRelay(relay.id, []);
    const percent = practice || relay === undefined ? 100 : relay.priceMultiplierPercent;
    const now = clock.now();
    const model = known.modelOrUnknown(modelName);
    const correction = learnCorrection(await listTokenSamples(parts.database, { relayId, model: model.id }), now);
    return {
      modelName,
      model,
      profile: parts.profiles.find(volumeProfile),
      mirrored: reader === 1 && (practice || secondReader.kind === 'mirrored'),
      imagesPerRequest,
      budgetMicroUsd: null,
      correction: correction?.factor ?? 1,
      priceFor(inputTokens) {
        const price = known.priceAt(modelName, now, inputTokens, percent);
        return price === null ? null : {
          inputMicroUsdPerMillion: price.input, cachedInputMicroUsdPerMillion: price.cachedInput,
          cacheWriteMicroUsdPerMillion: price.cacheWrite, outputMicroUsdPerMillion: price.output,
        };
      },
    };
  };
}
